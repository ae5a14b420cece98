/** A review in which everything meets: every kind of block, nested changes of several people, moves, threads, facts. */
import { Fragment, type Mark, type Node } from 'prosemirror-model';
import { schema, type BlockEntry } from '#core/article/schema.ts';
import type { Occurrence, SuggestionRow } from '#core/annotate/annotation.ts';
import type { ClaimFile, Source } from '#core/facts/claim-file.ts';
import type { KnownFacts } from '#core/facts/seen-facts.ts';
import type { Verdict } from '#core/facts/verdict.ts';
import { listSuggestions } from '#core/suggest/list.ts';
import { newReview, type Review } from '#core/sync/review.ts';
import { anchor, comment, find, people, row } from '#tests/formats/sample-review.ts';

const link = (href: string): Mark => schema.mark('link', { href });
const bold = schema.mark('strong');
const italic = schema.mark('em');
const put = (id: string, by = 'ada'): Mark => schema.mark('insertion', { id, by });
const cut = (id: string, by = 'ada'): Mark => schema.mark('deletion', { id, by });
const look = (id: string, add: string[], by = 'ben'): Mark =>
  schema.mark('format', { id, by, add: add.map((type) => ({ type })), remove: [] });
const text = (words: string, ...marks: Mark[]): Node => schema.text(words, marks);
const ref = (id: string, ...marks: Mark[]): Node =>
  schema.node('footnoteRef', { id }, undefined, marks);
const block = (content: Node[], attrs: object = {}): Node => schema.node('block', attrs, content);
const ins = (id: string, by = 'ada'): BlockEntry => ({ k: 'ins', id, by });
const del = (id: string, by = 'ada'): BlockEntry => ({ k: 'del', id, by });
const item = (kind: 'bullet' | 'ordered', level: number): object => ({
  list: { kind, level, start: 1 },
});
const cell = (words: Node[], attrs: object = {}): Node => schema.node('cell', attrs, words);
const note = (id: string, content: Node[], sugg: BlockEntry[] = []): Node =>
  schema.node('footnote', { id, sugg }, content);

function document(): Node {
  return schema.node('doc', null, [
    schema.node('kicker', null, [text('A report')]),
    schema.node('headline', null, [text('The canal'), text(' again', put('s1'))]),
    schema.node('standfirst', null, [text('What was '), text('dug', bold), text(' and by whom')]),
    schema.node('byline', null, [text('Ada Lim')]),
    block([text('First things')], { style: 'heading1' }),
    block([
      text('It was dug by '),
      text('forty', cut('s2')),
      text('fifty', put('s3', 'ben')),
      text(' ten', put('s3', 'ben'), cut('s4', 'cleo')),
      text(' hands, said the '),
      text('report', link('https://a.example/r?x=1&y="2"')),
      text('.'),
      ref('n1'),
    ]),
    block([text('A quotation '), text('now bold', bold, look('s5', ['strong'])), text('.')], {
      style: 'quote',
    }),
    block([text('Parted here, ')]),
    block([text('since one hand parted it.')], { sugg: [ins('s6', 'ben')] }),
    block([text('To be joined: ')]),
    block([text('with this.')], { sugg: [del('s7')] }),
    block([text('A paragraph all new.', put('s8', 'cleo'))], { sugg: [ins('s8', 'cleo')] }),
    block([text('A paragraph to go.', cut('s9', 'ben'))], { sugg: [del('s9', 'ben')] }),
    block([text('It stays. '), text('This sentence moves.', cut('s10'))]),
    block([text('Second things')], {
      style: 'heading2',
      sugg: [{ k: 'block', id: 's11', by: 'ben', before: { style: 'paragraph', list: null } }],
    }),
    block([text('one')], item('ordered', 0)),
    block([text('two, '), text('inner', italic)], item('ordered', 1)),
    block([text('three')], item('ordered', 0)),
    block([text('a dot')], item('bullet', 0)),
    cell([text('Year')], { starts: 'table', header: true }),
    cell([text('Sum')], { header: true, span: 2 }),
    cell([text('1904')], { starts: 'row' }),
    cell([text('5', cut('s12')), text('6', put('s12'))]),
    cell([text('7'), schema.node('lineBreak'), text('8')]),
    schema.node('figure', { src: 'https://a.example/p.jpg', alt: 'A <lock>' }, [
      text('The lock '),
      text('old', cut('s13', 'ben')),
      text('new', put('s13', 'ben')),
    ]),
    block([text('Before it: '), text('This sentence moves.', put('s10')), text(' After it.')]),
    block([
      text('A new note'),
      ref('n2', put('s14', 'cleo')),
      text(', a struck one'),
      ref('n3', cut('s15')),
    ]),
    block([text('Ada Lim writes on water.')], { style: 'bio' }),
    note('n1', [
      text('See '),
      text('the book', italic),
      text(', p. '),
      text('3', cut('s16')),
      text('4', put('s16')),
    ]),
    note('n2', [text('All of it new.', put('s14', 'cleo'))], [ins('s14', 'cleo')]),
    note('n3', [text('All of it struck.', cut('s15'))], [del('s15')]),
  ]);
}

const at = (minute: number): string => `2026-11-21T09:${String(minute).padStart(2, '0')}:11.000Z`;

const sources: Source[] = ['book', 'paper'].map((name, i) => ({
  id: name,
  kind: 'document',
  title: `The ${name} & its “words”`,
  publisher: 'A house',
  address: `https://a.example/${name}`,
  dated: '1904',
  by: 'cleo',
  at: at(40 + i),
}));

const verdictsGiven: [id: string, on: string, verdict: Verdict | null][] = [
  ['f1', 'hands', 'wrong'],
  ['f2', 'the book', 'confirmed'],
  ['f3', '1904', 'needs-context'],
  ['f4', 'The lock', null],
];

/** The review with its facts. */
export function crowded(): { review: Review; facts: KnownFacts } {
  const doc = document();
  doc.check();
  const from = (words: string): number => find(doc, words).from;
  const ranges: [string, number, number][] = [
    ['plain', from('First things'), from('First things') + 5],
    ['across', from('since one'), from('with this.') + 4],
    ['cells', from('1904'), from('The lock') + 3],
    ['inserted', from('fifty'), from('fifty') + 5],
    ['struck', from('forty'), from('forty') + 5],
    ['redlines', from('forty') - 3, from(' hands') + 6],
    ['done', from('three'), from('three') + 5],
    ['nested', from('forty'), from(' hands')],
  ];
  const comments = ranges.map(([id], i) =>
    comment(id, {
      by: ['ada', 'ben', 'cleo'][i % 3] ?? 'ada',
      at: at(i),
      text: id === 'across' ? 'Across blocks.\nAnd in two lines <&> “so”.' : `About what is ${id}.`,
      ...(id === 'done' ? { status: 'resolved', statusBy: 'ada', statusAt: at(30) } : {}),
      replies:
        id === 'plain' || id === 'done'
          ? [
              { id: `${id}-1`, by: 'ben', at: at(20 + i), text: 'First answer.' },
              { id: `${id}-2`, by: 'ada', at: at(21 + i), text: 'Second answer.' },
            ]
          : [],
    }),
  );
  const occurrences = verdictsGiven.map(([id], i): Occurrence => ({
    id,
    claimId: `claim-${id}`,
    by: 'cleo',
    at: at(45 + i),
    audience: 'all',
    status: 'open',
    replies: [],
  }));
  const files = verdictsGiven.map(([id, words, verdict], i): ClaimFile => {
    const signed = { by: 'cleo', at: at(45 + i) };
    const citations = sources.map((source, k) => ({
      id: `${id}-${source.id}`,
      sourceId: source.id,
      locator: `p. ${i + k}`,
      stance: k === 0 ? ('supports' as const) : ('context' as const),
      quote: '',
      ...signed,
    }));
    const place = find(doc, words);
    return {
      claim: {
        id: `claim-${id}`,
        type: 'number',
        text: words,
        check: `Is ${words} right?`,
        ...signed,
        version: 4,
      },
      citations,
      checks:
        verdict === null
          ? []
          : [
              {
                id: `${id}-check`,
                articleId: 'crowd',
                occurrenceId: id,
                verdict,
                certainty: 'primary',
                rationale: 'Looked at it.',
                citationIds: [`${id}-book`],
                rev: 3,
                words,
                sentence: sentenceOf(doc, place.from),
                ...signed,
              },
            ],
    };
  });
  const byId = <T extends { id: string }>(list: readonly T[]): Map<string, T> =>
    new Map(list.map((one) => [one.id, one]));
  const rows = listSuggestions(doc).map(({ id, by }, i): SuggestionRow =>
    row(id, { by, at: at(i), last: at(i), reason: id === 's2' ? 'The count is new.' : '' }),
  );
  const info = { id: 'crowd', language: 'en', stage: 'desk' as const };
  return {
    review: {
      ...newReview(info, people, doc),
      rev: 9,
      comments: byId(comments),
      occurrences: byId(occurrences),
      claims: byId(files.map(({ claim }) => claim)),
      suggestions: byId(rows),
      anchors: {
        byId: byId([
          ...ranges.map(([id, start, end]) => anchor(doc, id, { from: start, to: end })),
          ...verdictsGiven.map(([id, words]) => anchor(doc, id, find(doc, words), 'occurrence')),
        ]),
        graves: [],
      },
    },
    facts: { claims: files, sources },
  };
}

/** The block as filed, which is one sentence where a fact stands. */
function sentenceOf(doc: Node, pos: number): string {
  const { parent } = doc.resolve(pos);
  let words = '';
  Fragment.from(parent.content).forEach((node) => {
    if (!node.marks.some(({ type }) => type.name === 'insertion')) words += node.text ?? '\ufffc';
  });
  return words.replace(/\s+/gu, ' ').trim();
}
