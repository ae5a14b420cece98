/** The suggestions in a document, each with its parts, so that a card can say: replace "heaven" with "haven". */
import type { Mark, Node } from 'prosemirror-model';
import type { BlockShape } from '#core/article/schema.ts';
import { restylings } from '#core/suggest/block-op.ts';
import {
  authored,
  entriesOf,
  isDeletion,
  isFormat,
  isInsertion,
  isMasthead,
} from '#core/suggest/entries.ts';
import type { MarkJson } from '#core/suggest/format-stack.ts';

/** A stretch of a suggestion in the text. A boundary is the place between two blocks, shown at the start of the second. */
export interface SuggestionRange {
  from: number;
  to: number;
  kind: 'insertion' | 'deletion' | 'format' | 'block';
}

/** One suggestion as it stands in the text. Boundaries count as line ends in `deleted` and `inserted`. */
export interface SuggestionInText {
  id: string;
  by: string;
  from: number;
  to: number;
  deleted: string;
  inserted: string;
  /** `move`: the very words it strikes are put in at another place. `footnote`: a note with its mark comes or goes, and its
   *  text is all there is in `inserted` or `deleted`. */
  kind:
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

/** All suggestions that have a part in `doc`, in the order of their first part. */
export function listSuggestions(doc: Node): SuggestionInText[] {
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
  doc.forEach((block, offset) => {
    if (!isMasthead(block)) {
      for (const entry of entriesOf(block)) {
        if (entry.k === 'ins') part(entry, offset + 1, offset + 1, 'insertion').inserted += '\n';
        if (entry.k === 'del') part(entry, offset + 1, offset + 1, 'deletion').deleted += '\n';
      }
      for (const { entry, target } of restylings(block))
        part(entry, offset + 1, offset + 1 + block.content.size, 'block').styles ??= {
          before: entry.before,
          after: target,
        };
    }
    block.forEach((node, at) => {
      for (const given of node.marks) mark(node, offset + 1 + at, given);
    });
  });
  for (const one of found.values()) {
    const note = footnoteIn(one);
    if (note) Object.assign(one, note);
    one.kind = note ? 'footnote' : kindOf(one);
  }
  return [...found.values()].toSorted((a, b) => a.from - b.from || a.to - b.to);
}
