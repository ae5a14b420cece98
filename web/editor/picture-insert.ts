/** Commands that put a figure in and say what is seen on its picture. As in prosemirror: without `dispatch` they say whether they
 *  could. */
import type { Node } from 'prosemirror-model';
import type { Command } from 'prosemirror-state';
import { schema } from '#core/article/schema.ts';
import { cleanLine } from '#core/formats/clean-text.ts';
import { insertWhole } from '#web/editor/insert-whole.ts';

/** Puts a figure in; as a suggestion of `by`, unless that is null. */
export function insertPicture(
  picture: { src: string; alt: string; caption: string },
  by: string | null,
): Command {
  const words = cleanLine(picture.caption).trim();
  const alt = cleanLine(picture.alt).trim();
  const content = words === '' ? [] : [schema.text(words)];
  return insertWhole([schema.node('figure', { src: picture.src, alt }, content)], by);
}

/** Says what is seen on the picture of a figure. `was` is the figure as it stood at `pos` when the words were asked for: others may
 *  have moved it since. False when it is not there any more. */
export const describePicture =
  (pos: number, was: Node, words: string): Command =>
  (state, dispatch) => {
    const alt = cleanLine(words).trim();
    const isIt = (node: Node | null): boolean =>
      node?.type.name === 'figure' &&
      node.attrs['src'] === was.attrs['src'] &&
      node.attrs['alt'] === was.attrs['alt'];
    let at = pos <= state.doc.content.size && isIt(state.doc.nodeAt(pos)) ? pos : -1;
    if (at < 0)
      state.doc.forEach((node, offset) => {
        if (at < 0 && isIt(node)) at = offset;
      });
    if (at < 0) return false;
    dispatch?.(state.tr.setNodeAttribute(at, 'alt', alt));
    return true;
  };
