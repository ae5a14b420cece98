/** What must be the same when a copy that Galley wrote is read again: the words with their formatting, block by block,
 *  as filed and as edited, and the notes with their authors, words and replies. */
import type { Node } from 'prosemirror-model';
import type { ListAttr } from '#core/article/schema.ts';
import { formOf, tableOf, tableRuns } from '#core/article/table.ts';
import { cleanLine } from '#core/formats/clean-text.ts';
import { numberFootnotes } from '#core/formats/footnote-numbers.ts';
import type { ImportContext } from '#core/formats/import/imported.ts';
import type { View } from '#core/formats/view.ts';
import { docOf } from '#core/formats/view.ts';
import { listSuggestions } from '#core/suggest/list.ts';
import type { Review } from '#core/sync/review.ts';

/** A context with counted ids and a hash that is good enough for tests. */
export function testContext(more: Partial<ImportContext> = {}): ImportContext {
  let made = 0;
  return {
    id: () => `id-${(made += 1)}`,
    now: '2026-01-01T00:00:00.000Z',
    hash: (text) => {
      let sum = 7;
      for (const char of text) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 0xffff_ffff_ffff;
      return sum.toString(16).padStart(12, '0').repeat(2);
    },
    ...more,
  };
}

interface Part {
  text: string;
  marks: string;
}

/** A block as plain data: its kind, its list, and runs of words with their formatting. */
export interface PlainBlock {
  kind: string;
  list: string;
  parts: Part[];
}

/** What a format may change without a word: see each test. */
export interface Leeway {
  /** The kind of a block, by what the format cannot tell apart. */
  kind: (block: Node) => string;
  /** White space at the edges of lines, and formatting of white space. */
  edges: boolean;
  /** Blocks without words. */
  empty: boolean;
  /** True if figures and tables are kept with all their form; else only their words count. */
  forms?: boolean;
}

function partsOf(block: Node, numbers: ReadonlyMap<string, number>, edges: boolean): Part[] {
  const parts: Part[] = [];
  const add = (text: string, marks: string): void => {
    const last = parts.at(-1);
    if (last?.marks === marks) last.text += text;
    else if (text !== '') parts.push({ text, marks });
  };
  block.forEach((node) => {
    const marks = node.marks
      .filter((one) => ['em', 'strong', 'link'].includes(one.type.name))
      .map((one) => (one.type.name === 'link' ? String(one.attrs['href']) : one.type.name))
      .toSorted()
      .join(' ');
    if (node.isText) {
      const text = cleanLine(node.text ?? '');
      // Formatting of white space shows nowhere and is not kept by every format.
      if (edges) add(text, marks);
      else for (const [run] of text.matchAll(/\s+|\S+/gu)) add(run, /\s/u.test(run) ? '' : marks);
    } else if (node.type.name === 'lineBreak') add('\n', '');
    else {
      const number = numbers.get(node.attrs['id'] as string);
      if (number === undefined) add('[?]', edges ? marks : '');
      else add(`[^${number}]`, '');
    }
  });
  return parts;
}

/** The form of every figure and table cell, by its index: what is seen of it, whatever it says of itself. */
export function formsIn(doc: Node): Map<number, string> {
  const forms = new Map<number, string>();
  const nodes = doc.content.content;
  for (const { from, to } of tableRuns(nodes)) {
    const { rows } = tableOf(nodes.slice(from, to).map(formOf));
    rows.forEach((row, r) =>
      row.forEach(({ at, span, header, joined }, i) => {
        const starts = i > 0 ? '' : r === 0 ? 'table ' : 'row ';
        const look = `${header ? 'header ' : ''}${joined ? 'joined ' : ''}${span}`;
        forms.set(from + at, `cell ${starts}${look}`);
      }),
    );
  }
  nodes.forEach((node, i) => {
    const { src, alt } = node.attrs as { src: string; alt: string };
    if (node.type.name === 'figure')
      forms.set(i, `figure ${cleanLine(src)} ${cleanLine(alt).replace(/\s+/gu, ' ').trim()}`);
  });
  return forms;
}

/** A document as plain data, its footnotes in the order of their numbers. */
export function plain(doc: Node, leeway: Leeway): PlainBlock[] {
  const { numbers, indexes } = numberFootnotes(doc);
  const forms = leeway.forms ? formsIn(doc) : new Map<number, string>();
  const order: number[] = [];
  doc.forEach((node, _offset, index) => {
    if (node.type.name !== 'footnote') order.push(index);
  });
  return [...order, ...indexes].flatMap((index) => {
    const node = doc.child(index);
    const form = forms.get(index);
    const list = node.attrs['list'] as ListAttr | null | undefined;
    const parts = partsOf(node, numbers, leeway.edges);
    if (leeway.empty && parts.length === 0 && form === undefined) return [];
    const kind = form ?? leeway.kind(node);
    return [{ kind, list: list ? `${list.kind} ${list.level}` : '', parts }];
  });
}

/** The words of a document as they are read in a view, without any white space. */
export function wordsIn(doc: Node, view: View): string {
  return plain(docOf(doc, view), { kind: () => '', edges: false, empty: true })
    .map((block) => block.parts.map((part) => part.text).join(''))
    .join('')
    .replace(/[\s\u0085]+/gu, '');
}

interface PlainThread {
  author: string;
  text: string;
  quote: string;
  replies: { author: string; text: string }[];
  closed: boolean;
}

const squeezed = (text: string): string => cleanLine(text).replace(/[\s\u0085]+/gu, '');

/** The comments of a review with names for ids. */
export function commentsOf(review: Review): PlainThread[] {
  const name = (id: string): string => squeezed(review.people.get(id)?.name ?? id);
  return [...review.comments.values()]
    .filter((one) => one.status !== 'deleted')
    .map((one) => ({
      author: name(one.by),
      text: squeezed(one.text),
      quote: squeezed(review.anchors.byId.get(one.id)?.exact ?? ''),
      replies: one.replies.map(({ by, text }) => ({ author: name(by), text: squeezed(text) })),
      closed: one.status === 'resolved',
    }))
    .toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
}

/** True if a note begins or ends within a character: a file marks the whole of it. */
export function splitsCharacters(review: Review): boolean {
  return [...review.anchors.byId.values()].some(({ exact }) => /\p{Surrogate}/u.test(exact));
}

/** True if the footnotes stand in the order of their numbers; written copies put them in it. */
export function isNumbered(review: Review): boolean {
  return numberFootnotes(review.doc).indexes.every(
    (at, i, all) => i === 0 || at > (all[i - 1] ?? 0),
  );
}

/** The changes of words that are pending, with names for ids. */
export function changesOf(review: Review): string[] {
  return listSuggestions(review.doc)
    .filter((one) => one.deleted + one.inserted !== '')
    .map((one) => {
      const name = review.people.get(one.by)?.name ?? one.by;
      const reason = review.suggestions.get(one.id)?.reason ?? '';
      return [name, reason, one.deleted, one.inserted].map(squeezed).join(' / ');
    })
    .toSorted();
}
