/** Commands that put figures and tables into the text as wholes, and one for what is seen on a picture. As in prosemirror: without
 *  `dispatch` they say whether they could. */
import type { Node } from 'prosemirror-model';
import { TextSelection, type Command, type EditorState } from 'prosemirror-state';
import { schema } from '#core/article/schema.ts';
import { tableRuns } from '#core/article/table.ts';
import { cleanLine } from '#core/formats/clean-text.ts';
import { isMasthead } from '#core/suggest/entries.ts';

const isText = (node: Node | null): boolean => node?.type.name === 'block';

/** Between which children of the document wholes go, seen from the selection: after the paragraph, figure or table it ends in, or
 *  before a paragraph at whose start it stands; out of the masthead to the start of the body, out of the footnotes to its end. */
function placeFor({ doc, selection }: EditorState): number {
  const { $to, empty } = selection;
  const index = Math.min($to.index(0), doc.childCount - 1);
  const node = doc.child(index);
  const children = doc.content.content;
  const first = children.findIndex((one) => !isMasthead(one));
  if (isMasthead(node)) return first;
  if (node.type.name === 'footnote')
    return children.findIndex((one) => one.type.name === 'footnote');
  if (node.type.name === 'cell')
    return tableRuns(children).find(({ from, to }) => from <= index && index < to)?.to ?? index + 1;
  const atStart = empty && $to.parentOffset === 0 && node.content.size > 0;
  return isText(node) && atStart ? index : index + 1;
}

/** Puts blocks in as they are. An empty paragraph at the caret gives its place to them; where no text follows, an empty paragraph
 *  does, so that the caret finds a place behind them. The caret is in the first of them. */
export const insertWhole =
  (blocks: readonly Node[]): Command =>
  (state, dispatch) => {
    const { doc, tr } = state;
    const [first] = blocks;
    if (!first) return false;
    const place = placeFor(state);
    const next = doc.maybeChild(place);
    const all = isText(next) ? blocks : [...blocks, schema.node('block')];
    let at = 0;
    for (let i = 0; i < place; i += 1) at += doc.child(i).nodeSize;
    const before = place > 0 ? doc.child(place - 1) : null;
    const gives =
      before !== null &&
      isText(before) &&
      before.content.size === 0 &&
      before.attrs['list'] === null &&
      (before.attrs['sugg'] as readonly unknown[]).length === 0 &&
      state.selection.$to.index(0) === place - 1;
    const from = gives ? at - before.nodeSize : at;
    if (gives) tr.replaceWith(from, at, [...all]);
    else tr.insert(at, [...all]);
    const inside = from + 1 + first.content.size;
    dispatch?.(tr.setSelection(TextSelection.create(tr.doc, inside)).scrollIntoView());
    return true;
  };

/** Puts a figure in. */
export function insertPicture(picture: { src: string; alt: string; caption: string }): Command {
  const words = cleanLine(picture.caption).trim();
  const alt = cleanLine(picture.alt).trim();
  const content = words === '' ? [] : [schema.text(words)];
  return insertWhole([schema.node('figure', { src: picture.src, alt }, content)]);
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
