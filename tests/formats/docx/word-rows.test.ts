// Rows and pictures that come and go whole, as Word and other programs write them.
import { describe, expect, it } from 'vitest';
import type { Imported } from '#core/formats/import/imported.ts';
import {
  accepted,
  by,
  d,
  del,
  ins,
  lead,
  mark,
  original,
  p,
  r,
  read,
  tbl,
  tc,
  told as warned,
  tr,
} from '#tests/formats/docx/nasty.ts';
import { listed, told } from '#tests/formats/wholes.ts';

const row = (kind: 'ins' | 'del', author = 'Ada', at = '2026-01-02T03:04:00Z'): string =>
  `<w:${kind} ${by(author, at)}/>`;
const blocks = (found: Imported): string[] => told(found.review).slice(2);
/** How many suggestions, and of what kind. */
const kinds = (found: Imported): string[] =>
  listed(found.review).map((one) => {
    const {
      by: who,
      kind,
      whole,
    } = one as {
      by: string;
      kind: string;
      whole: { what: string; rows: number; goes: boolean } | null;
    };
    return whole
      ? `${who} ${whole.goes ? '-' : '+'} ${whole.rows || ''}${whole.what}`
      : `${who} ${kind}`;
  });

describe('rows', () => {
  const first = tr(tc(p(r('a'))) + tc(p(r('b'))));

  it('[WD19] a struck row goes with all its cells, whatever of its words Word has marked', () => {
    const found = read({
      body:
        lead +
        tbl(
          first +
            tr(tc(p(del(d('c')), mark('del'))) + tc(p(r('unmarked'))) + tc(p('')), row('del')) +
            tr(tc(p(r('e')))),
        ),
    });
    expect(accepted(found)).toEqual(['a', 'b', 'e']);
    expect(original(found)).toEqual(['a', 'b', 'c', 'unmarked', 'e']);
    expect(kinds(found)).toEqual(['Ada - 1row']);
    expect(warned(found)).toBe('');
  });

  it('[WD19] a row that was put in is one suggestion, also with words typed minutes later and above the first row', () => {
    const later = '2026-01-02T03:09:00Z';
    const typed = `<w:ins ${by('Ada', later)}>${r('new')}</w:ins>`;
    const fresh = tr(tc(p(typed)) + tc(p('')), row('ins'));
    const above = read({ body: lead + tbl(fresh + first) });
    expect(accepted(above)).toEqual(['new', 'a', 'b']);
    expect(original(above)).toEqual(['a', 'b']);
    expect(kinds(above)).toEqual(['Ada + 1row']);
    expect(blocks(above)).toEqual([
      'cell | table | new{ins #1}',
      'cell | ins #1 Ada',
      'cell | row | ins #1 Ada | a',
      'cell | b',
    ]);
    const below = read({ body: lead + tbl(first + fresh) });
    expect(original(below)).toEqual(['a', 'b']);
    expect(kinds(below)).toEqual(['Ada + 1row']);
    expect(warned(above) + warned(below)).toBe('');
  });

  it('[WD19] a row that one put in and another struck, and words of others in such rows', () => {
    const found = read({
      body:
        lead +
        tbl(
          first +
            tr(tc(p(ins(r('x'), 'Ada'))) + tc(p('')), row('ins', 'Ada') + row('del', 'Ben')) +
            tr(
              tc(p(r('old ') + ins(r('more'), 'Cid'))) + tc(p(del(d('y'), 'Cid'))),
              row('del', 'Ben'),
            ),
        ),
    });
    expect(accepted(found)).toEqual(['a', 'b']);
    expect(original(found)).toEqual(['a', 'b', 'old ', 'y']);
    expect(kinds(found)).toContain('Ada + 1row');
    expect(kinds(found).filter((one) => one.startsWith('Ben -'))).toEqual(['Ben - 2row']);
    expect(warned(found)).toBe('');
  });

  it('[WD19] a whole table comes or goes; two tables side by side do not become one', () => {
    const gone = tbl(tr(tc(p(r('c'))), row('del')) + tr(tc(p(r('d'))), row('del')));
    const whole = read({ body: lead + gone + p(r('End.')) });
    expect(accepted(whole)).toEqual(['End.']);
    expect(kinds(whole)).toEqual(['Ada - 2table']);
    const shorter = tbl(tr(tc(p(r('c'))), row('del')) + tr(tc(p(r('d')))));
    const parted = read({ body: lead + tbl(first) + p('') + shorter });
    expect(kinds(parted)).toEqual(['Ada - 1row']);
    expect(blocks(parted)[2]).toBe('block');
    const beside = read({ body: lead + tbl(first) + shorter });
    expect(accepted(beside)).toEqual(['a', 'b', 'd']);
    expect(kinds(beside)).toEqual(['Ada delete']);
    expect(warned(beside)).toContain('cannot come or go whole stays');
  });

  it('[WD19] single cells and rows that were moved are told', () => {
    const cells = read({
      body: lead + tbl(tr(tc(p(r('a'))) + tc(p(r('b')), `<w:cellDel ${by('Ben')}/>`))),
    });
    expect(accepted(cells)).toEqual(['a']);
    expect(warned(cells)).toContain('a table cell was put in, struck or joined');
    const moved = (tag: 'moveFrom' | 'moveTo', text: string): string =>
      `<w:${tag}RangeStart w:id="${tag === 'moveTo' ? 71 : 70}" w:name="m" w:author="Ada" w:date="2026-01-02T03:04:00Z"/><w:${tag} ${by()}>${text}</w:${tag}><w:${tag}RangeEnd w:id="${tag === 'moveTo' ? 71 : 70}"/>`;
    const rows = read({
      body:
        lead +
        tbl(
          tr(tc(p(moved('moveTo', r('c')))), row('ins')) +
            first +
            tr(tc(p(moved('moveFrom', r('c')))), row('del')),
        ),
    });
    expect(accepted(rows)).toEqual(['c', 'a', 'b']);
    expect(original(rows)).toEqual(['a', 'b', 'c']);
    expect(warned(rows)).toContain('rows or pictures were moved');
  });

  it('[WD19] words struck from a paragraph over a table to the next join the two', () => {
    const gone = tbl(tr(tc(p(del(d('c')))), row('del')));
    const found = read({
      body:
        lead + p(r('One') + del(d(' two')), mark('del')) + gone + p(del(d('three ')) + r('four.')),
    });
    expect(accepted(found)).toEqual(['Onefour.']);
    expect(original(found)).toEqual(['One two', 'c', 'three four.']);
    expect(kinds(found)).toHaveLength(1);
    expect(warned(found)).toBe('');
  });
});

describe('pictures', () => {
  const wp = 'http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing';
  const a = 'http://schemas.openxmlformats.org/drawingml/2006/main';
  const picture = (alt: string): string =>
    `<w:r><w:drawing xmlns:wp="${wp}" xmlns:a="${a}"><wp:inline><wp:docPr id="1" name="P" descr="${alt}"/><a:blip/></wp:inline></w:drawing></w:r>`;
  const styles =
    '<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/></w:style>';
  const caption = (content: string, more = ''): string =>
    p(content, `<w:pStyle w:val="Caption"/>${more}`);
  const pictures = ({ review }: Imported): unknown[] =>
    review.doc.content.content.flatMap(({ type, attrs }) =>
      type.name === 'figure' ? [attrs['alt']] : [],
    );

  it('[WD19] a picture comes with its own mark, or with the one before it, and its caption with both', () => {
    const own = read({
      styles,
      body:
        lead +
        p(r('A.')) +
        p(ins(picture('x')), mark('ins')) +
        caption(ins(r('C')), mark('ins')) +
        p(r('B.')),
    });
    const expected = ['block | A.', 'figure | ins #1 Ada | C{ins #1}', 'block | B.'];
    expect(blocks(own)).toEqual(expected);
    const before = read({
      styles,
      body: lead + p(r('A.'), mark('ins')) + p(ins(picture('x'))) + p(r('B.')),
    });
    expect(blocks(before)).toEqual(['block | A.', 'figure | ins #1 Ada', 'block | B.']);
    const shifted = read({
      styles,
      body:
        lead +
        p(r('A.'), mark('ins')) +
        p(ins(picture('x')), mark('ins')) +
        caption(ins(r('C'))) +
        p(r('B.')),
    });
    expect(original(shifted)).toEqual(['A.', 'B.']);
    expect(accepted(shifted)).toEqual(['A.', 'C', 'B.']);
    expect(kinds(shifted)).toHaveLength(1);
  });

  it('[WD19] a picture goes without its mark, and without a caption that stays', () => {
    const found = read({
      styles,
      body:
        lead +
        p(r('A.')) +
        p(del(picture('x'))) +
        caption(r('Stays.')) +
        p(del(picture('y')), mark('del')) +
        p(r('B.')),
    });
    expect(blocks(found)).toEqual([
      'block | A.',
      'figure | del #1 Ada',
      'block | Stays.',
      'figure | del #2 Ada',
      'block | B.',
    ]);
    expect(pictures(found)).toEqual(['x', 'y']);
    expect(accepted(found)).toEqual(['A.', 'Stays.', 'B.']);
  });

  it('[WD19] a mark behind a picture that stays is told', () => {
    const found = read({ body: lead + p(picture('x'), mark('del')) + p(r('B.')) });
    expect(blocks(found)).toEqual(['figure', 'block | B.']);
    expect(warned(found)).toContain(
      'The suggestion about the end of the paragraph with the picture “x”',
    );
  });

  it('[WD19] a picture struck within a paragraph stands, struck, behind it', () => {
    const found = read({
      body: lead + p(r('Some ') + del(picture('x')) + r('words.')) + p(r('B.')),
    });
    expect(blocks(found)).toEqual(['block | Some words.', 'figure | del #1 Ada', 'block | B.']);
  });
});
