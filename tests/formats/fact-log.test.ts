/** The log of facts as a table, and what a spreadsheet may not take from it. */
import { fc } from '#tests/support/properties.ts';
import { expect, it } from 'vitest';
import { writeCsv } from '#core/formats/csv.ts';
import { factLogColumns, writeFactLog } from '#core/formats/fact-log.ts';
import { hostile } from '#tests/formats/hostile-review.ts';
import { sampleFacts } from '#tests/formats/sample-facts.ts';
import { sampleReview } from '#tests/formats/sample-review.ts';

/** Reads RFC 4180 by its grammar, one character at a time; throws at anything it does not allow. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let at = text.startsWith('\ufeff') ? 1 : 0;
  while (at < text.length) {
    const row: string[] = [];
    for (;;) {
      if (text[at] !== '"') throw new Error(`no quote at ${at}`);
      let value = '';
      for (at += 1; ; at += 1) {
        if (at >= text.length) throw new Error('the text ends inside a cell');
        if (text[at] !== '"') value += text[at];
        else if (text[at + 1] === '"') {
          value += '"';
          at += 1;
        } else break;
      }
      row.push(value);
      at += 1;
      if (text[at] !== ',') break;
      at += 1;
    }
    if (text.slice(at, at + 2) !== '\r\n') throw new Error(`no line end at ${at}`);
    at += 2;
    rows.push(row);
  }
  return rows;
}

const cells = fc.oneof(
  fc.constantFrom(
    ...hostile,
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    ' =1',
    '"',
    ',',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const tables = fc
  .integer({ min: 1, max: 5 })
  .chain((width) =>
    fc.array(fc.array(cells, { minLength: width, maxLength: width }), { minLength: 1 }),
  );

/** What every spreadsheet takes for a formula. */
const opens = /^[=+\-@\t\r]/;

it('[FA11] any table reads back cell by cell, with an apostrophe before what would be a formula', () => {
  fc.assert(
    fc.property(tables, fc.boolean(), (rows, bom) => {
      const text = writeCsv(rows, { bom });
      expect(text.startsWith('\ufeff')).toBe(bom);
      const read = readCsv(text);
      expect(read.map((row) => row.length)).toEqual(rows.map((row) => row.length));
      read.flat().forEach((value, i) => {
        expect(value).not.toMatch(opens);
        const given = rows.flat()[i] ?? '';
        const plain = /^[\x20-\x7e]*$/.test(given) ? given : null;
        if (plain !== null) expect([plain, `'${plain}`]).toContain(value);
      });
    }),
    { numRuns: 500 },
  );
});

it.each([
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '=HYPERLINK("http://x","y")',
  '＝1+1',
  '\n=1',
  ' =1',
])('[FA11] %j is text in a spreadsheet', (cell) => {
  const [[value = ''] = []] = readCsv(writeCsv([[cell]], { bom: false }));
  expect(value.startsWith("'")).toBe(true);
  expect(value.endsWith('1') || value.endsWith(')')).toBe(true);
});

it('[FA11] words, figures and quotations are left as they are', () => {
  const plain = ['$550 million', '3-4', 'a=b', 'He said "no", twice', '', 'two\nlines'];
  expect(readCsv(writeCsv([plain], { bom: true }))).toEqual([plain]);
});

it('[FA11] the reader of this test refuses what is no CSV', () => {
  for (const text of ['"a', 'a,b\r\n', '"a"\n', '"a""\r\n', '"a" ,"b"\r\n'])
    expect(() => readCsv(text)).toThrow();
});

it('[FA12] the log has a row for each round of a fact, with what was found, by whom, and on which sources', () => {
  const [head, ...rows] = readCsv(writeFactLog(sampleReview(), sampleFacts(), { bom: true }));
  expect(head).toEqual([...factLogColumns]);
  const byColumn = rows.map((row) => Object.fromEntries(row.map((value, i) => [head?.[i], value])));
  expect(byColumn).toHaveLength(2);
  const all = {
    Fact: 'already received $550 million',
    Type: 'number',
    'What to check': 'Which fiscal year?',
    State: 'Confirmed',
    'Marked by': 'Cleo O’Hara',
    Paragraph: expect.stringMatching(/^\d+$/) as string,
    Article: expect.stringContaining('USA') as string,
  };
  expect(byColumn[0]).toMatchObject({
    ...all,
    Round: '1 of 2',
    Verdict: 'Needs context',
    Checker: 'Cleo O’Hara',
    Sources: '',
    'Also cited': '',
  });
  expect(byColumn[1]).toMatchObject({
    ...all,
    Round: '2 of 2',
    Verdict: 'Confirmed',
    Certainty: 'Primary source seen',
    Rationale: 'As reported,\nfor 2016.',
    Checker: 'Ben <b>Ito</b>',
    'Checked at': '2026-11-20T11:05:07.000Z',
    Sources:
      'Supports: Pentagon briefing, DoD, 21 July 2017, p. 2 <https://example.org/s1> “five hundred fifty”',
    'Also cited': 'Contradicts: A wire report, DoD, 21 July 2017, p. 2 <https://example.org/s2>',
  });
});

it('[FA12] a fact that nobody checked has a row without a round; a stale one says so; a deleted one is left out', () => {
  const [, row] = readCsv(
    writeFactLog(sampleReview(), { claims: [], sources: [] }, { bom: false }),
  );
  expect(row?.slice(0, 6)).toEqual([
    'already received $550 million',
    'money',
    'Which year?',
    'Open',
    '',
    '',
  ]);
  const stale = sampleFacts({ sentence: 'Another sentence.' });
  expect(readCsv(writeFactLog(sampleReview(), stale, { bom: false }))[1]?.[3]).toBe('To re-check');
  const review = sampleReview();
  const [fact] = review.occurrences.values();
  if (!fact) throw new Error('no fact');
  const gone = {
    ...review,
    occurrences: new Map([[fact.id, { ...fact, status: 'deleted' as const }]]),
  };
  expect(readCsv(writeFactLog(gone, sampleFacts(), { bom: false }))).toHaveLength(1);
});
