/** A review of one real article with every kind of note on it, for the tests of the formats. */
import { readFileSync } from 'node:fs';
import { Fragment, type Node } from 'prosemirror-model';
import type { Anchor } from '#core/annotate/anchor.ts';
import type { Comment, Occurrence, Person, SuggestionRow } from '#core/annotate/annotation.ts';
import { quoteAt } from '#core/annotate/quote.ts';
import { schema } from '#core/article/schema.ts';
import { readText } from '#core/formats/read-text.ts';
import { newReview, type Review } from '#core/sync/review.ts';

export const people: Person[] = [
  { id: 'ada', name: 'Ada Lim', role: 'reviewer', color: 1 },
  { id: 'ben', name: 'Ben <b>Ito</b>', role: 'editor', color: 2 },
  { id: 'cleo', name: 'Cleo O’Hara', role: 'fact-checker', color: 3 },
];

/** Where a text stands in a document; throws if it does not stand there once. */
export function find(doc: Node, words: string): { from: number; to: number } {
  const found: number[] = [];
  doc.descendants((node, pos) => {
    if (!node.isTextblock) return;
    const text = node.textBetween(0, node.content.size, '', '\ufffc');
    for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1))
      found.push(pos + 1 + at);
  });
  const [from] = found;
  if (from === undefined || found.length !== 1) throw new Error(`${words}: ${found.length} times`);
  return { from, to: from + words.length };
}

/** The document with one replacement suggested: `words` struck, `by` inserted behind them. */
export function suggest(doc: Node, id: string, words: string, put: string): Node {
  const { from, to } = find(doc, words);
  const mark = { id, by: 'ada' };
  const index = doc.resolve(from).index(0);
  const block = doc.child(index);
  const start = doc.resolve(from).start();
  const struck: Node[] = [];
  block.nodesBetween(from - start, to - start, (node, pos) => {
    const part = node.cut(
      Math.max(0, from - start - pos),
      Math.min(node.nodeSize, to - start - pos),
    );
    struck.push(part.mark(schema.mark('deletion', mark).addToSet(part.marks)));
  });
  const inserted = put === '' ? [] : [schema.text(put, [schema.mark('insertion', mark)])];
  const content = block.content
    .cut(0, from - start)
    .append(Fragment.from([...struck, ...inserted]))
    .append(block.content.cut(to - start));
  return doc.copy(doc.content.replaceChild(index, block.copy(content)));
}

const at = (minute: number): string => `2026-11-20T10:${String(minute).padStart(2, '0')}:07.000Z`;

export function comment(id: string, more: Partial<Comment> = {}): Comment {
  return {
    id,
    by: 'ben',
    at: at(1),
    text: `Text of ${id}`,
    audience: 'all',
    status: 'open',
    replies: [],
    ...more,
  };
}

export function anchor(
  doc: Node,
  id: string,
  range: { from: number; to: number },
  kind: Anchor['kind'] = 'comment',
): Anchor {
  return {
    id,
    kind,
    ...range,
    state: 'attached',
    good: { rev: 1, ...range },
    ...quoteAt(doc, range.from, range.to),
  };
}

export function row(id: string, more: Partial<SuggestionRow> = {}): SuggestionRow {
  return {
    id,
    by: 'ada',
    at: at(0),
    last: at(0),
    reason: '',
    category: '',
    audience: 'all',
    status: 'pending',
    deleted: '',
    inserted: '',
    replies: [],
    ...more,
  };
}

const byId = <T extends { id: string }>(list: readonly T[]): Map<string, T> =>
  new Map(list.map((one) => [one.id, one]));

/** The second article: "safe heaven" corrected, two comments (one resolved), one detached, a fact, a decided suggestion. */
export function sampleReview(): Review {
  const url = new URL('../../content/articles/001_467324d51fb2e055.txt', import.meta.url);
  const filed = readText(readFileSync(url, 'utf8')).doc;
  const doc = suggest(filed, 's1', 'heaven', 'haven');
  const comments = [
    comment('c1', {
      replies: [{ id: 'r1', by: 'ada', at: at(3), text: 'A reply\nin two lines' }],
    }),
    comment('c2', { status: 'resolved', statusBy: 'cleo', statusAt: at(4) }),
    comment('c3', { text: 'On words that are gone' }),
    comment('c4', { status: 'deleted', statusBy: 'ben', statusAt: at(5) }),
  ];
  const occurrence: Occurrence = {
    id: 'o1',
    claimId: 'claim1',
    by: 'cleo',
    at: at(6),
    audience: 'desk',
    status: 'open',
    replies: [],
  };
  const { from } = find(doc, 'safe heaven');
  const gone: Anchor = {
    ...anchor(doc, 'c3', { from: 1, to: 4 }),
    from: 1,
    to: 1,
    state: 'detached',
    exact: 'words that are gone',
  };
  return {
    ...newReview({ id: 'a1', language: 'en', stage: 'desk', source: '001.txt' }, people, doc),
    rev: 41,
    comments: byId(comments),
    occurrences: byId([occurrence]),
    claims: byId([
      {
        id: 'claim1',
        type: 'money',
        text: 'already received $550 million',
        check: 'Which year?',
        by: 'cleo',
        at: at(6),
        version: 1,
      },
    ]),
    suggestions: byId([
      row('s1', {
        reason: 'Typing error',
        replies: [{ id: 'r2', by: 'ben', at: at(7), text: 'Yes.' }],
      }),
      row('s2', {
        status: 'rejected',
        decidedBy: 'ben',
        decidedAt: at(8),
        deleted: 'US',
        inserted: 'U.S.',
      }),
    ]),
    anchors: {
      byId: byId([
        anchor(doc, 'c1', { from, to: from + 4 }),
        anchor(doc, 'c2', find(doc, 'Pakistan’s rebuttal')),
        gone,
        anchor(doc, 'c4', find(doc, 'off balance')),
        anchor(doc, 'o1', find(doc, 'already received $550 million'), 'occurrence'),
      ]),
      graves: [{ id: 'c3', at: 1, tokens: ['g', 'o'], edges: [{ edge: 'from', k: 0 }] }],
    },
  };
}
