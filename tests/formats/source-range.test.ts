import { readdirSync, readFileSync } from 'node:fs';
import { fc } from '#tests/support/properties.ts';
import { expect, it } from 'vitest';
import { readText, type TextImport } from '#core/formats/read-text.ts';
import { isSeparator } from '#core/formats/text/lines.ts';

/** What is wrong with the ranges of an import, in words; an empty list for a sound one. */
function rangeFaults(source: string, result: TextImport): string[] {
  const faults: string[] = [];
  let end = 0;
  for (const { of, index, from, to } of result.ranges) {
    if (from < end || to < from) faults.push(`${of} ${index} at ${from}–${to} is out of order`);
    if (!isSeparator(source.slice(end, from))) faults.push(`lost: ${source.slice(end, from)}`);
    end = to;
  }
  if (!isSeparator(source.slice(end))) faults.push(`lost at the end: ${source.slice(end)}`);
  const blocks = result.ranges.filter((range) => range.of === 'block').map((range) => range.index);
  const wanted = Array.from({ length: result.doc.childCount }, (_, index) => index);
  if (JSON.stringify(blocks.toSorted((a, b) => a - b)) !== JSON.stringify(wanted))
    faults.push('not every block has one range');
  result.flags.forEach((flag, index) => {
    const taken = 'taken' in flag && flag.taken;
    const ranged = result.ranges.some((range) => range.of === 'flag' && range.index === index);
    if (taken !== ranged) faults.push(`flag ${index} (${flag.kind}) and its range disagree`);
    if (taken && source.slice(flag.from, flag.to) !== flag.text) faults.push('a flag misquotes');
  });
  return faults;
}

/** Letters and signs only: without white space, dropped characters and the signs of a reference. */
function signs(text: string): string {
  return text
    .replace(/[\u0000-\u001f\u007f-\u009f\ufeff\ufffc\s[\]^\d⁰¹²³⁴-⁹]/gu, '')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '');
}

const labelled = ['byline', 'footnote', 'credit'];

/** Blocks whose words are not those of their range. A label may stand before the words of some kinds of block. */
function wordFaults(source: string, result: TextImport): string[] {
  return result.ranges.flatMap((range) => {
    if (range.of !== 'block') return [];
    const node = result.doc.child(range.index);
    const had = signs(source.slice(range.from, range.to));
    const has = signs(node.textContent);
    const kind = node.type.name === 'block' ? (node.attrs['style'] as string) : node.type.name;
    const mayDiffer = labelled.includes(kind) || node.attrs['list'] != null;
    return (mayDiffer ? had.endsWith(has) : had === has) ? [] : [`${kind}: ${had} ≠ ${has}`];
  });
}

const pool = [
  'Peace talks go on',
  'The minister said nothing.',
  'By Maria Amjad',
  'Von Karl May',
  'Read 325 times',
  'Share this article',
  'E-mail: [email\u00a0protected]',
  'Featured Image Source: A | B',
  'The author is a clerk.',
  'Notes',
  '1 A note,',
  '2 Ibid.',
  '[1] Another note',
  '1. first',
  '2. second',
  '- item',
  '    - inner',
  'persons.1',
  '2017.2 The',
  'word[1] and',
  '²',
  '$900m',
  'well-',
  'CAPITALS HERE',
  '3 August 2018',
  '\u00a0',
  '  ',
  '\t',
  '\u0000',
  '\ufffc',
  '\ud800',
  '\ufeff',
  '😀',
  'é',
  'و هذا نص',
  '<b>&amp;',
  'a'.repeat(70),
  'long words that fill a line of some eighty columns or so, as a typewriter would do',
];
const glue = fc.constantFrom(' ', '\n', '\r\n', '\n\n', '\n\n\n', '\r', ' \n \n', '\u2028', '');
const pieces = fc.array(fc.tuple(fc.oneof(fc.constantFrom(...pool), fc.string()), glue), {
  maxLength: 40,
});
const anyText = fc.oneof(
  pieces.map((list) => list.flat().join('')),
  fc.string({ unit: 'binary', maxLength: 300 }),
);

it('[IM2] on random texts the ranges are disjoint, in order, and lose only white space', () => {
  fc.assert(
    fc.property(anyText, (source) => {
      expect(rangeFaults(source, readText(source))).toEqual([]);
    }),
    { numRuns: 3000 },
  );
});

it('[IM3] on random texts every block holds the words of its range and no others', () => {
  fc.assert(
    fc.property(anyText, (source) => {
      expect(wordFaults(source, readText(source))).toEqual([]);
    }),
    { numRuns: 3000 },
  );
});

const folders = [
  new URL('../../content/articles/', import.meta.url),
  new URL('./texts/', import.meta.url),
];

it('[IM2] [IM3] on the written texts too, with any line ends', () => {
  let seen = 0;
  for (const folder of folders)
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.txt'))) {
      const text = readFileSync(new URL(name, folder), 'utf8');
      for (const end of ['\n', '\r\n', '\r']) {
        const source = text.replace(/\r\n|\n/g, end);
        const result = readText(source);
        expect(rangeFaults(source, result)).toEqual([]);
        expect(wordFaults(source, result)).toEqual([]);
        expect(result.doc.eq(readText(text).doc)).toBe(true);
        seen += 1;
      }
    }
  expect(seen).toBeGreaterThanOrEqual(24);
});

it('[IM2] [IM3] the checks notice a lost word, a swapped range and a changed block', () => {
  const source = 'A headline\n\nSome words of a first paragraph.\n\nAnd of a second one.';
  const sound = readText(source);
  const shorter = sound.ranges.filter((range) => range.index !== 1);
  expect(rangeFaults(source, { ...sound, ranges: shorter })).not.toEqual([]);
  expect(rangeFaults(source, { ...sound, ranges: sound.ranges.toReversed() })).not.toEqual([]);
  const other = readText(source.replace('second', 'third'));
  expect(wordFaults(source, { ...sound, doc: other.doc })).not.toEqual([]);
});
