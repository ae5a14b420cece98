/** Commands for the style of words and blocks. As in prosemirror: without `dispatch` they say whether they could. */
import { toggleMark } from 'prosemirror-commands';
import type { Command } from 'prosemirror-state';
import { allowedHref } from '#core/article/href.ts';
import { schema, type BlockStyle, type ListAttr } from '#core/article/schema.ts';

const deepest = 8;

/** Sets attributes on every body block of the selection, one attribute at a time, so that notes and suggestions on it live. */
function onBlocks(
  change: (shape: {
    style: BlockStyle;
    list: ListAttr | null;
  }) => Partial<{ style: BlockStyle; list: ListAttr | null }>,
): Command {
  return (state, dispatch) => {
    const { from, to } = state.selection;
    const { tr } = state;
    state.doc.nodesBetween(from, to, (node, pos, parent) => {
      if (parent !== state.doc || node.type.name !== 'block') return false;
      const shape = {
        style: node.attrs['style'] as BlockStyle,
        list: node.attrs['list'] as ListAttr | null,
      };
      for (const [name, value] of Object.entries(change(shape)))
        if (JSON.stringify(value) !== JSON.stringify(node.attrs[name]))
          tr.setNodeAttribute(pos, name, value);
      return false;
    });
    if (tr.steps.length === 0) return false;
    dispatch?.(tr.scrollIntoView());
    return true;
  };
}

/** Makes the selected blocks paragraphs, headings, quotations and so on; a list item becomes a plain block. */
export const setStyle = (style: BlockStyle): Command => onBlocks(() => ({ style, list: null }));

/** Makes the selected blocks items of a list, or plain paragraphs when they are all that already. */
export const toggleList =
  (kind: ListAttr['kind']): Command =>
  (state, dispatch) => {
    let all = true;
    state.doc.nodesBetween(state.selection.from, state.selection.to, (node) => {
      const list = node.attrs['list'] as ListAttr | null | undefined;
      if (node.type.name === 'block' && list?.kind !== kind) all = false;
      return node.type.name === 'doc';
    });
    const make = onBlocks(({ list }) => ({
      style: 'paragraph',
      list: all ? null : { kind, level: list?.level ?? 0, start: 1 },
    }));
    return make(state, dispatch);
  };

/** Moves list items one level in (1) or out (-1). */
export const indent = (by: 1 | -1): Command =>
  onBlocks(({ list }) => {
    if (!list) return {};
    const level = Math.min(deepest, Math.max(0, list.level + by));
    return { list: { ...list, level } };
  });

const mark = (name: 'strong' | 'em' | 'link') => schema.marks[name] ?? schema.mark(name).type;

export const toggleStrong: Command = toggleMark(mark('strong'));
export const toggleEm: Command = toggleMark(mark('em'));

/** Links the selected words, or takes their links away when `href` is empty. An address that is not allowed changes nothing. */
export const setLink =
  (href: string): Command =>
  (state, dispatch) => {
    const { from, to, empty } = state.selection;
    if (empty || (href !== '' && !allowedHref(href))) return false;
    const { tr } = state;
    tr.removeMark(from, to, mark('link'));
    if (href !== '') tr.addMark(from, to, mark('link').create({ href }));
    if (!tr.docChanged) return false;
    dispatch?.(tr);
    return true;
  };
