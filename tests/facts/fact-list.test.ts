/** The list of an article's facts: its lines, filters, orders, and the sentence around a fact. */
import { expect, it } from 'vitest';
import type { Claim, Occurrence } from '#core/annotate/annotation.ts';
import type { Anchor } from '#core/annotate/anchor.ts';
import { schema } from '#core/article/schema.ts';
import type { Check, ClaimFile } from '#core/facts/claim-file.ts';
import { factGroups, filterFacts, inGroup, sortFacts } from '#core/facts/fact-filter.ts';
import { factLines, placeAt, type MarkedFacts } from '#core/facts/fact-list.ts';
import { factsInWords } from '#core/facts/fact-state.ts';
import { checkedWords, wordsInSentence } from '#core/facts/sentence.ts';
import type { Verdict } from '#core/facts/verdict.ts';

const block = (text: string, style = 'paragraph'): ReturnType<typeof schema.node> =>
  schema.node('block', { style, list: null, sugg: [] }, text === '' ? [] : [schema.text(text)]);

const doc = schema.node('doc', null, [
  schema.node('headline', null, [schema.text('Aid of $900m')]),
  block('They got $550m. It was 2016. Mr. Mattis said so.'),
  block(''),
  block('A heading of 3', 'heading2'),
  block('The fund paid $50m twice and $50m once.'),
  schema.node('footnote', { id: 'n1' }, [schema.text('See page 7.')]),
]);

/** Where the nth occurrence of words stands. */
function find(words: string, nth = 0): { from: number; to: number } {
  const found: number[] = [];
  doc.descendants((node, pos) => {
    if (!node.isText) return;
    const text = node.text ?? '';
    for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1))
      found.push(pos + at);
  });
  const from = found[nth];
  if (from === undefined) throw new Error(words);
  return { from, to: from + words.length };
}

interface Given {
  words: string;
  nth?: number;
  verdict?: Verdict;
  by?: string;
  at?: string;
  stale?: boolean;
  gone?: boolean;
  type?: Claim['type'];
  status?: Occurrence['status'];
}

function article(facts: readonly Given[]): { marked: MarkedFacts; files: Map<string, ClaimFile> } {
  const rows = facts.map((given, i) => {
    const id = `o${i}`;
    const { words, nth, verdict, by = 'sana', at = `2026-01-0${i + 1}`, type = 'money' } = given;
    const range = find(words, nth);
    const claim: Claim = { id: `k${i}`, type, text: words, check: '', by: 'ines', at, version: 1 };
    const now = checkedWords(doc, range.from, range.to);
    const check: Check = {
      id: `c${i}`,
      articleId: 'a',
      occurrenceId: id,
      by,
      at,
      verdict: verdict ?? 'wrong',
      certainty: null,
      rationale: '',
      citationIds: [],
      rev: 1,
      words: now.words,
      sentence: given.stale ? 'Another.' : now.sentence,
    };
    const occurrence: Occurrence = {
      id,
      claimId: claim.id,
      by: 'ines',
      at,
      audience: 'all',
      status: given.status ?? 'open',
      replies: [],
    };
    const anchor: Anchor = {
      id,
      kind: 'occurrence',
      ...(given.gone ? { from: 1, to: 1 } : range),
      state: given.gone ? 'detached' : 'attached',
      good: { rev: 1, ...range },
      exact: words,
      prefix: '',
      suffix: '',
    };
    return { id, claim, occurrence, anchor, check: verdict ? [check] : [] };
  });
  return {
    marked: {
      doc,
      occurrences: new Map(rows.map(({ id, occurrence }) => [id, occurrence])),
      claims: new Map(rows.map(({ claim }) => [claim.id, claim])),
      anchors: { byId: new Map(rows.map(({ id, anchor }) => [id, anchor])) },
    },
    files: new Map(
      rows.map(({ claim, check }) => [claim.id, { claim, checks: check, citations: [] }]),
    ),
  };
}

const given: Given[] = [
  { words: '$50m', nth: 1, verdict: 'confirmed', by: 'tom' },
  { words: 'page 7', gone: true },
  { words: '$550m' },
  { words: '2016', verdict: 'confirmed', stale: true, type: 'date' },
  { words: '$900m', verdict: 'needs-context', at: '2026-02-01' },
  { words: '3', verdict: 'wrong', stale: true, type: 'number' },
  { words: 'Mattis', status: 'deleted' },
];
const { marked, files } = article(given);
const lines = factLines(marked, files);
const words = (list: readonly { words: string }[]): string[] => list.map((line) => line.words);

it('[FA16] the list is in the order of the text, without what is deleted, and ends with what has lost its place', () => {
  expect(lines.map((line) => [line.words, line.place])).toEqual([
    ['$900m', 'Headline'],
    ['$550m', '1'],
    ['2016', '1'],
    ['3', 'Heading'],
    ['$50m', '2'],
    ['page 7', ''],
  ]);
  expect(placeAt(doc, find('See').from)).toBe('Footnote 1');
  expect(lines.map(({ id }) => id).toSorted()).toEqual(['o0', 'o1', 'o2', 'o3', 'o4', 'o5']);
});

it('[TB3] a fact in a table or a caption says so, with its row and, among several, its table', () => {
  const cell = (text: string, starts: 'table' | 'row' | null) =>
    schema.node('cell', { starts }, schema.text(text));
  const places = (nodes: readonly ReturnType<typeof cell>[]): string[] => {
    const article = schema.node('doc', null, [schema.node('headline'), ...nodes]);
    const found: string[] = [];
    article.forEach((node, offset) => {
      if (node.type.name !== 'headline') found.push(placeAt(article, offset + 1));
    });
    return found;
  };
  const one = [cell('Year', 'table'), cell('Sum', null), cell('2019', 'row'), cell('$5m', null)];
  const figure = schema.node('figure', null, schema.text('Drawn in 2019'));
  expect(places([block('a'), ...one, figure, block('b')])).toEqual([
    '1',
    'Table, row 1',
    'Table, row 1',
    'Table, row 2',
    'Table, row 2',
    'Caption',
    '2',
  ]);
  expect(places([...one.slice(0, 2), cell('x', 'table')])).toEqual([
    'Table 1, row 1',
    'Table 1, row 1',
    'Table 2, row 1',
  ]);
});

it('[FA16] the groups of the filter are those of the line in words', () => {
  const line = factsInWords(lines.map(({ state }) => state));
  expect(line).toBe('1 confirmed · 1 queried · 1 wrong · 2 open · 2 to re-check');
  const count = (group: (typeof factGroups)[number]): number =>
    filterFacts(lines, { group, type: null, mine: null }).length;
  for (const group of factGroups) {
    const said = new RegExp(`(\\d+) (?:to )?${group}`, 'i').exec(line)?.[1] ?? '0';
    expect(`${group} ${count(group)}`).toBe(`${group} ${said}`);
  }
  expect(words(lines.filter(({ state }) => inGroup(state, 're-check')))).toEqual(['2016', '3']);
});

it('[FA16] facts are filtered by type and by whose they are', () => {
  expect(words(filterFacts(lines, { group: null, type: 'date', mine: null }))).toEqual(['2016']);
  const of = (mine: string): string[] =>
    words(filterFacts(lines, { group: null, type: null, mine }));
  expect(of('tom')).toEqual(['$50m']);
  expect(of('ines')).toHaveLength(6);
  expect(of('nobody')).toEqual([]);
});

it('[FA16] what asks for attention comes first, nobody’s facts last, and the newest verdict first', () => {
  const names: Record<string, string> = { sana: 'Sana', tom: 'Ada' };
  const by = (sort: Parameters<typeof sortFacts>[1]): string[] =>
    words(sortFacts(lines, sort, (id) => names[id] ?? id));
  expect(by('text')).toEqual(words(lines));
  expect(by('state')).toEqual(['3', '$900m', '2016', '$550m', 'page 7', '$50m']);
  expect(by('checker')).toEqual(['$50m', '$900m', '2016', '3', '$550m', 'page 7']);
  expect(by('newest')).toEqual(['$900m', '3', '2016', '$550m', 'page 7', '$50m']);
});

it('[FA16] the sentence of a fact is shown around the words it was marked on, not around the same words elsewhere', () => {
  const { from, to } = find('$50m', 1);
  expect(wordsInSentence(doc, from, to)).toEqual({
    before: 'The fund paid $50m twice and ',
    words: '$50m',
    after: ' once.',
  });
  const year = find('2016');
  expect(wordsInSentence(doc, year.from, year.to)).toEqual({
    before: 'It was ',
    words: '2016',
    after: '.',
  });
  const both = wordsInSentence(doc, find('2016').from, find('fund').to);
  expect(both).toEqual({
    before: 'It was ',
    words: '2016. Mr. Mattis said so. A heading of 3 The fund',
    after: ' paid $50m twice and $50m once.',
  });
});
