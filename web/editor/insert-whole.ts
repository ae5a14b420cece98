/** Putting figures and tables into the text as wholes: where they go, what stays around them, and where the caret is. As in
 *  prosemirror, a command without `dispatch` says whether it could. */
import type { Node } from 'prosemirror-model';
import { TextSelection, type Command, type Transaction } from 'prosemirror-state';
import { schema } from '#core/article/schema.ts';
import { tableRuns } from '#core/article/table.ts';
import { entriesOf, insertionOf, isMasthead } from '#core/suggest/entries.ts';
import { apart } from '#web/session/own-whole.ts';

const isText = (node: Node | null): node is Node => node?.type.name === 'block';

/** True for a paragraph whose words run on in the block before it when somebody's suggestion is decided. What is put in between
 *  would take them into its caption or its last cell. */
function runsBack(node: Node | null): boolean {
  if (!isText(node)) return false;
  const entries = entriesOf(node);
  if (entries.some(({ k }) => k === 'del')) return true;
  const put = entries.find(({ k }) => k === 'ins');
  return (
    put !== undefined && node.content.content.some((one) => insertionOf(one.marks)?.id !== put.id)
  );
}

/** Between which children of the document wholes go, seen from the selection: after the paragraph, figure or table it ends in, or
 *  before a paragraph at whose start it stands; out of the masthead to the start of the body, out of the footnotes to its end.
 *  Nothing is suggested in front of the body's first block: there it goes behind it. */
function placeFor({ doc, selection }: Transaction, suggests: boolean): number {
  const { $to, empty } = selection;
  const index = Math.min($to.index(0), doc.childCount - 1);
  const node = doc.child(index);
  const children = doc.content.content;
  const first = children.findIndex((one) => !isMasthead(one));
  const behind = (at: number): number =>
    tableRuns(children).find(({ from, to }) => from <= at && at < to)?.to ?? at + 1;
  const wanted = (): number => {
    if (isMasthead(node)) return first;
    if (node.type.name === 'footnote')
      return children.findIndex((one) => one.type.name === 'footnote');
    const atStart = empty && $to.parentOffset === 0 && node.content.size > 0;
    return isText(node) && atStart ? index : behind(index);
  };
  let place = wanted();
  if (suggests && place === first) place = behind(first);
  while (place > first && runsBack(doc.maybeChild(place))) place += 1;
  return place;
}

/** True for an empty paragraph that gives its place to what is put in at it: in Suggest mode only an own new one. */
function gives(node: Node, by: string | null): boolean {
  if (!isText(node) || node.content.size > 0 || node.attrs['list'] !== null) return false;
  const entries = entriesOf(node);
  if (by === null) return entries.length === 0;
  return entries.length === 1 && entries.every((one) => one.k === 'ins' && one.by === by);
}

/** Puts blocks in as they are. An empty paragraph at the caret gives its place to them; where no text follows, an empty paragraph
 *  does, so that the caret finds a place behind them. The caret is at the end of the first of them, or of the last. `by` is who
 *  suggests it; null for who edits. */
export function putWholes(
  tr: Transaction,
  blocks: readonly Node[],
  { by, caret }: { by: string | null; caret: 'first' | 'last' },
): Transaction {
  const { doc } = tr;
  const place = placeFor(tr, by !== null);
  const next = doc.maybeChild(place);
  // A table runs into one that does not begin as one; a suggestion brings no more with it than it must.
  const goesOn = next?.type.name === 'cell' && next.attrs['starts'] !== 'table';
  const ends = next === null || next.type.name === 'footnote' || goesOn;
  const needs = by === null ? !isText(next) : ends;
  const all = needs ? [...blocks, schema.node('block')] : [...blocks];
  let at = 0;
  for (let i = 0; i < place; i += 1) at += doc.child(i).nodeSize;
  const before = place > 0 ? doc.child(place - 1) : null;
  const given = before !== null && tr.selection.$to.index(0) === place - 1 && gives(before, by);
  const from = given ? at - before.nodeSize : at;
  if (given) tr.replaceWith(from, at, all);
  else tr.insert(at, all);
  const count = caret === 'first' ? 1 : blocks.length;
  const size = blocks.slice(0, count).reduce((sum, { nodeSize }) => sum + nodeSize, 0);
  return tr.setSelection(TextSelection.create(tr.doc, from + size - 1)).setMeta(apart, true);
}

/** The command that puts blocks in, with the caret in the first of them. */
export const insertWhole =
  (blocks: readonly Node[], by: string | null): Command =>
  ({ tr }, dispatch) => {
    if (blocks.length === 0) return false;
    dispatch?.(putWholes(tr, blocks, { by, caret: 'first' }).scrollIntoView());
    return true;
  };
