/** The suggestions in a document, each with its parts, so that a card can say: replace "heaven" with "haven". */
import type { Mark, Node } from 'prosemirror-model';
import type { BlockShape, CellStart } from '#core/article/schema.ts';
import { restylings } from '#core/suggest/block-op.ts';
import {
  authored,
  entriesOf,
  isDeletion,
  isFormat,
  isInsertion,
  isMasthead,
  isSuggestion,
  isWhole,
} from '#core/suggest/entries.ts';
import type { MarkJson } from '#core/suggest/format-stack.ts';
import { isCell, tableAt } from '#core/suggest/whole.ts';

/** A stretch of a suggestion in the text. A boundary is the place between two blocks, shown at the start of the second. */
export interface SuggestionRange {
  from: number;
  to: number;
  kind: 'insertion' | 'deletion' | 'format' | 'block';
}

/** What comes or goes as a whole: a picture with its caption, so many rows, or a table. */
export interface WholeChange {
  what: 'figure' | 'row' | 'table';
  rows: number;
  goes: boolean;
}

/** One suggestion as it stands in the text. Boundaries count as line ends in `deleted` and `inserted`, those between cells of
 *  a row as ` | `. */
export interface SuggestionInText {
  id: string;
  by: string;
  from: number;
  to: number;
  deleted: string;
  inserted: string;
  /** `move`: the very words it strikes are put in at another place. `footnote`: a note with its mark comes or goes, and its
   *  text is all there is in `inserted` or `deleted`. `whole`: a figure, rows or a table come or go. */
  kind:
    | 'whole'
    | 'insert'
    | 'delete'
    | 'replace'
    | 'move'
    | 'footnote'
    | 'split'
    | 'join'
    | 'block'
    | 'format';
  ranges: SuggestionRange[];
  /** Formatting that is added and removed, for `format`. */
  formats: { add: string[]; remove: string[] };
  /** The style before and after, for `block`. */
  styles: { before: BlockShape; after: BlockShape } | null;
  /** For `whole`. */
  whole: WholeChange | null;
}

const textOf = (node: Node): string =>
  node.isText ? (node.text ?? '') : node.type.name === 'lineBreak' ? '\n' : '\ufffc';

/** The text of the footnote when a suggestion is about a note and its mark alone. */
function footnoteIn({
  deleted,
  inserted,
}: SuggestionInText): Pick<SuggestionInText, 'deleted' | 'inserted'> | null {
  const begin = '\ufffc\n';
  if (deleted === '' && inserted.startsWith(begin))
    return { deleted, inserted: inserted.slice(begin.length) };
  if (inserted === '' && deleted.startsWith(begin))
    return { deleted: deleted.slice(begin.length), inserted };
  return null;
}

/** True when words are struck and put in at one place. */
function beside(ranges: readonly SuggestionRange[]): boolean {
  return ranges.some(
    (one, i) =>
      one.kind === 'deletion' &&
      ranges.some((other, j) => {
        if (other.kind !== 'insertion' || Math.abs(i - j) !== 1) return false;
        return one.to === other.from || other.to === one.from;
      }),
  );
}

function kindOf({
  deleted,
  inserted,
  formats,
  styles,
  ranges,
}: SuggestionInText): SuggestionInText['kind'] {
  if (deleted && inserted) return deleted === inserted && !beside(ranges) ? 'move' : 'replace';
  if (inserted) return inserted === '\n' ? 'split' : 'insert';
  if (deleted) return deleted === '\n' ? 'join' : 'delete';
  return styles && formats.add.length + formats.remove.length === 0 ? 'block' : 'format';
}

/** What one suggestion says of figures and cells, while the text is read. */
interface Forms {
  figures: number;
  alt: string;
  cells: { index: number; starts: CellStart }[];
  /** It has parts elsewhere too. */
  more: boolean;
}

/** Rows put in begin with cells that begin rows, also those above the first row, whose words stand in its cell. */
function wholeOf(doc: Node, { figures, cells, more }: Forms, goes: boolean): WholeChange | null {
  const [first] = cells;
  if (more || (figures > 0 ? cells.length > 0 || figures > 1 : !first)) return null;
  if (!first) return { what: 'figure', rows: 0, goes };
  const rows = cells.filter(({ starts }) => starts !== null).length;
  const { from, to } = tableAt(doc, first.index);
  const all = cells.length === to - from || (!goes && first.starts === 'table');
  return { what: all ? 'table' : 'row', rows, goes };
}

const boundaryText = (node: Node): string =>
  isCell(node) && node.attrs['starts'] === null ? ' | ' : '\n';

/** All suggestions that have a part in `doc`, in the order of their first part. */
export function listSuggestions(doc: Node): SuggestionInText[] {
  const forms = new Map<string, Forms>();
  const formsOf = (id: string): Forms => {
    const one = forms.get(id) ?? { figures: 0, alt: '', cells: [], more: false };
    forms.set(id, one);
    return one;
  };
  const found = new Map<string, SuggestionInText>();
  const part = (
    { id, by }: { id: string; by: string },
    from: number,
    to: number,
    kind: SuggestionRange['kind'],
  ): SuggestionInText => {
    let one = found.get(id);
    if (!one) {
      one = {
        id,
        by,
        from,
        to,
        deleted: '',
        inserted: '',
        kind: 'insert',
        ranges: [],
        formats: { add: [], remove: [] },
        styles: null,
        whole: null,
      };
      found.set(id, one);
    }
    one.to = Math.max(one.to, to);
    const last = one.ranges.at(-1);
    if (last?.kind === kind && last.to === from) last.to = to;
    else one.ranges.push({ from, to, kind });
    return one;
  };
  const mark = (node: Node, from: number, given: Mark) => {
    const to = from + node.nodeSize;
    const who = authored(given);
    if (isInsertion(given)) part(who, from, to, 'insertion').inserted += textOf(node);
    else if (isDeletion(given)) part(who, from, to, 'deletion').deleted += textOf(node);
    else if (isFormat(given)) {
      const { formats } = part(who, from, to, 'format');
      for (const side of ['add', 'remove'] as const)
        for (const { type } of given.attrs[side] as MarkJson[])
          if (!formats[side].includes(type)) formats[side].push(type);
    }
  };
  doc.forEach((block, offset, index) => {
    const whole = new Set<string>();
    if (!isMasthead(block)) {
      const sign = boundaryText(block);
      for (const entry of entriesOf(block)) {
        if (entry.k === 'ins') part(entry, offset + 1, offset + 1, 'insertion').inserted += sign;
        if (entry.k === 'del') part(entry, offset + 1, offset + 1, 'deletion').deleted += sign;
        if (!isWhole(block)) {
          // An empty paragraph that comes along is the place to write behind a table.
          if (entry.k !== 'ins' || block.content.size > 0) formsOf(entry.id).more = true;
        } else if (block.type.name === 'cell')
          formsOf(entry.id).cells.push({ index, starts: block.attrs['starts'] as CellStart });
        else {
          formsOf(entry.id).figures += 1;
          formsOf(entry.id).alt = block.attrs['alt'] as string;
        }
        whole.add(entry.id);
      }
      for (const { entry, target } of restylings(block))
        part(entry, offset + 1, offset + 1 + block.content.size, 'block').styles ??= {
          before: entry.before,
          after: target,
        };
    }
    block.forEach((node, at) => {
      for (const given of node.marks) {
        mark(node, offset + 1 + at, given);
        if (isSuggestion(given) && !isCell(block) && !whole.has(authored(given).id))
          formsOf(authored(given).id).more = true;
      }
    });
  });
  for (const one of found.values()) {
    const note = footnoteIn(one);
    if (note) Object.assign(one, note);
    one.kind = note ? 'footnote' : kindOf(one);
    const given = forms.get(one.id);
    const goes = one.deleted !== '';
    if (given && goes !== (one.inserted !== '')) one.whole = wholeOf(doc, given, goes);
    if (!given || !one.whole) continue;
    one.kind = 'whole';
    // A line end alone would read as a join or a split when the row is all that is left of it.
    const words = (text: string): string => text.replace(/^\n|\n$/gu, '') || given.alt || '▦';
    if (goes) one.deleted = words(one.deleted);
    else one.inserted = words(one.inserted);
  }
  return [...found.values()].toSorted((a, b) => a.from - b.from || a.to - b.to);
}
