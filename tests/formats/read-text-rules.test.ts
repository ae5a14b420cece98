import { expect, it } from 'vitest';
import { readText } from '#core/formats/read-text.ts';
import { project } from '#tests/formats/projection.ts';

interface Shape {
  masthead: Record<string, string | null>;
  body: { type: string; content: Record<string, unknown>[] }[];
  footnotes: { number: number; text: string }[];
  flags: Record<string, unknown>[];
}

function shape(source: string): Shape {
  return project('', readText(source)) as unknown as Shape;
}

const long = 'This is a paragraph of plain words that is longer than any heading could ever be.';

function withNotes(text: string, notes: string): Shape {
  return shape(`A headline\n\n${text}\n\n${long}\n\n${notes}`);
}

it('[IM4] takes a glued number for a reference when the numbers run from 1 in order', () => {
  const found = withNotes('It ended in 2017.1 He said “no”.2 (So they say.)3', '1 A.\n2 B.\n3 C.');
  expect(found.body[0]?.content).toEqual([
    { text: 'It ended in 2017.' },
    { footnoteRef: 1 },
    { text: ' He said “no”.' },
    { footnoteRef: 2 },
    { text: ' (So they say.)' },
    { footnoteRef: 3 },
  ]);
  expect(found.footnotes.map((note) => note.text)).toEqual(['A.', 'B.', 'C.']);
});

it.each([
  ['a sum', 'They paid $900m in 2018. It took 21 years and 2.1 percent.1', ['2018', '$900m']],
  ['a decimal before the reference', 'It grew 2.1 percent, they say.1 No.', ['2.1 percent']],
  ['a price', 'It costs $2.1 a piece, they say.1 No.', ['$2.1 a piece']],
  ['an item number', 'See item no.1 for the list of names.1 No.', ['no.1 for']],
  ['a square metre', 'It has 30 m¹ of wall, they say.1 No.', ['m¹']],
])('[IM4] leaves %s in the text', (_name, text, kept) => {
  const found = withNotes(text, '1 Only note.');
  const content = found.body[0]?.content ?? [];
  const words = content.map((part) => part['text'] ?? '').join('|');
  for (const piece of kept) expect(words).toContain(piece);
  expect(content.filter((part) => part['footnoteRef'] === 1)).toHaveLength(1);
});

it('[IM4] without a list of notes, or with a gap in the numbers, nothing is a reference', () => {
  expect(shape(`A headline\n\nIt ended.1 So did we.2\n\n${long}`).footnotes).toEqual([]);
  const gap = withNotes('It ended.1 So did we.3', '1 A\n2 B\n3 C');
  expect(gap.footnotes).toEqual([]);
  expect(gap.body[0]?.content).toEqual([{ text: 'It ended.1 So did we.3' }]);
  expect(gap.flags.map((flag) => flag['kind'])).toContain('footnotes-unmatched');
});

it('[IM4] a list of notes must be the end of the text', () => {
  const found = shape(`A headline\n\nIt ended.1 Yes.\n\n1 A note.\n\n${long}\n\n${long}`);
  expect(found.footnotes).toEqual([]);
});

it('[IM4] notes may stand one a block, under a heading, with dots, and before a credit', () => {
  const found = withNotes('It ended.1 Yes.2', 'Notes\n\n1. A.\n\n2. B.\n\nPhoto credit: Reuters');
  expect(found.footnotes).toEqual([
    { number: 1, text: 'A.' },
    { number: 2, text: 'B.' },
  ]);
  expect(found.body.at(-1)).toEqual({ type: 'credit', content: [{ text: 'Reuters' }] });
});

it('[IM5] never makes an address of a hidden one, and corrects nothing', () => {
  const found = shape(
    `A headline\n\nWrite to [email\u00a0protected] teh ‘safe heaven’.\n\n${long}`,
  );
  expect(found.body[0]?.content).toEqual([
    { text: 'Write to [email protected] teh ‘safe heaven’.' },
  ]);
  expect(found.flags).toContainEqual({ kind: 'obfuscated-email', text: '[email protected]' });
});

it('[IM5] a text of leftovers only is kept as text', () => {
  expect(shape('Print').masthead['headline']).toBe('Print');
});

it('[IM6] every guess carries a confidence between 0 and 1, and names what it took the block for', () => {
  const result = readText(
    `Kicker\n\nThe headline of this text\n\nBy Ann Lee\n\n${long}\n\nHeading\n\n${long}`,
  );
  expect(result.guesses.map((guess) => guess.what)).toEqual([
    'language',
    'kicker',
    'headline',
    'byline',
    'heading',
  ]);
  for (const { confidence, block } of result.guesses) {
    expect(confidence).toBeGreaterThan(0);
    expect(confidence).toBeLessThanOrEqual(1);
    expect(block ?? 0).toBeLessThan(result.doc.childCount);
  }
});

it.each([
  ['en', 'The minister said that it was not for him to say what they will do with the money.'],
  ['de', 'Der Minister sagte, dass es nicht an ihm ist zu sagen, was sie mit dem Geld machen.'],
  [
    'es',
    'El ministro dijo que no le toca a él decir lo que van a hacer con el dinero de los otros.',
  ],
  ['ru', 'Министр сказал, что это не его дело.'],
  ['ur', 'وزیر نے کہا کہ یہ ان کا کام نہیں ہے۔'],
  ['ja', '大臣はそれは自分の仕事ではないと言った。'],
  ['und', '12345 — 678'],
])('[IM8] guesses %s', (language, text) => {
  expect(readText(text).language).toBe(language);
});

it('[IM8] a language the caller knows is not guessed', () => {
  expect(readText('The minister said that it was so.', { language: 'fr' }).language).toBe('fr');
});

it.each([
  ['nothing', ''],
  ['white space', ' \n\t\n'],
  ['one word', 'Hello'],
  ['markup', '<script>alert(1)</script>\n\n&amp; <b>'],
  ['one very long line', 'word '.repeat(5000)],
])('[IM9] makes an article of %s', (_name, source) => {
  const { doc } = readText(source);
  expect(() => doc.check()).not.toThrow();
});

it('[IM9] a byline needs a name: a headline that begins with By is none', () => {
  const found = shape(`Peace\n\nBy 2030 all will be well\n\n${long}`);
  expect(found.masthead['byline']).toBeNull();
  expect(shape(`Peace at last\n\nBY ANN VAN DER LEE\n\n${long}`).masthead['byline']).toBe(
    'ANN VAN DER LEE',
  );
});
