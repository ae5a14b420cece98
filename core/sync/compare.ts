/** Two versions of a text beside each other: blocks in order, and in the changed ones the words that stayed, went and came.
 *  For reading only; positions play no part in it. */
import type { Mark, Node } from 'prosemirror-model';
import type { CellShape, CellStart, ListAttr } from '#core/article/schema.ts';
import { accepted, original } from '#core/suggest/project.ts';
import { alignBlocks } from '#core/sync/align-blocks.ts';
import { wordsOf, type Word } from '#core/sync/inline-words.ts';
import { diffLists } from '#core/sync/list-diff.ts';

/** Which text of a revision is compared: without what was pending in it (as filed), or with it taken in (as edited). */
export const comparedTexts = ['original', 'accepted'] as const;
export type ComparedText = (typeof comparedTexts)[number];

/** A stretch of a block. `note` is a reference to a footnote; its `text` is empty. */
export interface Run {
  kind: 'kept' | 'inserted' | 'deleted';
  text: string;
  em?: true;
  strong?: true;
  link?: string;
  note?: true;
}

/** What a block is: the name of its type, or for a body block its style. */
export interface BlockLook {
  role: string;
  list: ListAttr | null;
  /** The form of a table cell. */
  cell?: { starts: CellStart; header: boolean; span: number };
  /** What is seen on the picture of a figure. */
  picture?: string;
}

/** One line of the comparison. A changed block whose look is another one than before has `was`. */
export interface ComparedBlock {
  change: 'kept' | 'changed' | 'inserted' | 'deleted';
  look: BlockLook;
  was?: BlockLook;
  runs: Run[];
}

export interface Comparison {
  blocks: ComparedBlock[];
  /** Words that came and went, for a line in words. */
  inserted: number;
  deleted: number;
}

function lookOf({ type, attrs }: Node): BlockLook {
  if (type.name === 'block')
    return { role: attrs['style'] as string, list: attrs['list'] as ListAttr | null };
  const look = { role: type.name, list: null };
  if (type.name === 'figure') return { ...look, picture: attrs['alt'] as string };
  if (type.name !== 'cell') return look;
  const { starts, header, span } = attrs as CellShape;
  return { ...look, cell: { starts, header, span } };
}

const sameLook = (a: BlockLook, b: BlockLook): boolean =>
  a.role === b.role && JSON.stringify(a.list) === JSON.stringify(b.list);

function marksOf(marks: readonly Mark[]): Pick<Run, 'em' | 'strong' | 'link'> {
  const out: Pick<Run, 'em' | 'strong' | 'link'> = {};
  for (const mark of marks) {
    if (mark.type.name === 'em') out.em = true;
    if (mark.type.name === 'strong') out.strong = true;
    if (mark.type.name === 'link') out.link = mark.attrs['href'] as string;
  }
  return out;
}

const runOf = (kind: Run['kind'], word: Word): Run => {
  if (word.text !== '') return { kind, text: word.text, ...marksOf(word.marks) };
  const isBreak = word.key.startsWith('["lineBreak"');
  return isBreak ? { kind, text: '\n' } : { kind, text: '', note: true };
};

const alike = (a: Run, b: Run): boolean =>
  a.kind === b.kind &&
  !a.note &&
  !b.note &&
  a.em === b.em &&
  a.strong === b.strong &&
  a.link === b.link;

/** Runs of one kind and look are one. */
function joined(runs: readonly Run[]): Run[] {
  const out: Run[] = [];
  for (const run of runs) {
    const last = out.at(-1);
    if (last && alike(last, run)) last.text += run.text;
    else out.push({ ...run });
  }
  return out;
}

const hasLetters = (words: readonly Word[]): boolean =>
  words.some(({ text, key }) => /[\p{L}\p{N}]/u.test(text) || (text === '' && key !== ''));

/** The words of two versions of a block. Changes with nothing but spaces and signs between them are told as one. */
function runsOf(before: Node, after: Node): Run[] {
  const [a, b] = [wordsOf(before), wordsOf(after)];
  const changes = diffLists(
    a.map(({ key }) => key),
    b.map(({ key }) => key),
  );
  const told: typeof changes = [];
  for (const change of changes) {
    const last = told.at(-1);
    if (last && !hasLetters(a.slice(last.to, change.from))) {
      last.to = change.to;
      last.newTo = change.newTo;
    } else told.push({ ...change });
  }
  const runs: Run[] = [];
  const put = (kind: Run['kind'], words: readonly Word[]): void => {
    for (const word of words) runs.push(runOf(kind, word));
  };
  let at = 0;
  for (const { from, to, newFrom, newTo } of told) {
    put('kept', a.slice(at, from));
    put('deleted', a.slice(from, to));
    put('inserted', b.slice(newFrom, newTo));
    at = to;
  }
  put('kept', a.slice(at));
  return joined(runs);
}

const whole = (node: Node, kind: Run['kind']): Run[] =>
  joined(wordsOf(node).map((word) => runOf(kind, word)));

const countWords = (blocks: readonly ComparedBlock[], kind: Run['kind']): number =>
  blocks
    .flatMap(({ runs }) => runs)
    .filter((run) => run.kind === kind)
    .reduce((sum, { text }) => sum + [...text.matchAll(/[\p{L}\p{N}][^\s]*/gu)].length, 0);

/** Compares the text of two documents, each as it reads without or with what is pending in it. */
export function compareTexts(before: Node, after: Node, text: ComparedText): Comparison {
  const read = text === 'original' ? original : accepted;
  const [a, b] = [read(before).content.content, read(after).content.content];
  const blocks: ComparedBlock[] = [];
  for (const line of alignBlocks(a, b)) {
    const old = line.before === null ? undefined : a[line.before];
    const now = line.after === null ? undefined : b[line.after];
    if (old && now) {
      const [was, look] = [lookOf(old), lookOf(now)];
      const runs = line.equal ? whole(now, 'kept') : runsOf(old, now);
      const same = sameLook(was, look);
      const change = same && runs.every(({ kind }) => kind === 'kept') ? 'kept' : 'changed';
      blocks.push({ change, look, ...(same ? {} : { was }), runs });
    } else if (old)
      blocks.push({ change: 'deleted', look: lookOf(old), runs: whole(old, 'deleted') });
    else if (now)
      blocks.push({ change: 'inserted', look: lookOf(now), runs: whole(now, 'inserted') });
  }
  return {
    blocks,
    inserted: countWords(blocks, 'inserted'),
    deleted: countWords(blocks, 'deleted'),
  };
}
