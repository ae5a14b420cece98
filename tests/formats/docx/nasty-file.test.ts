// Comments and changes as programs and people make them; see nasty.ts for what holds for every file.
import { describe, expect, it } from 'vitest';
import {
  read,
  accepted,
  original,
  told,
  quotes,
  authors,
  p,
  r,
  d,
  by,
  ins,
  del,
  mark,
  start,
  end,
  ref,
  comment,
  sdt,
  tc,
  tr,
  tbl,
  lead,
} from '#tests/formats/docx/nasty.ts';

describe('comments', () => {
  it('[WD11] ranges over cells, rows and whole tables, with their ends between rows and cells', () => {
    const found = read({
      body:
        lead +
        start(0) +
        tbl(
          tr(tc(p(r('a') + start(1) + r('b')))) +
            start(2) +
            tr(start(3) + tc(p(r('c'))) + end(3) + tc(p(r('d') + end(1) + ref(1)))) +
            end(2),
        ) +
        end(0) +
        p(r('After.') + ref(0) + ref(2) + ref(3)),
      comments: [0, 1, 2, 3].map((id) => comment(id, `n${id}`)).join(''),
    });
    expect(quotes(found)).toEqual(['ab\nc\nd', 'b\nc\nd', 'c\nd', 'c']);
  });

  it('[WD11] only an end, only a start, only a reference, and none at all', () => {
    const found = read({
      body: lead + p(r('One ') + end(0) + r('two ') + start(1) + r('three ') + ref(2) + r('four.')),
      comments: [0, 1, 2, 3].map((id) => comment(id, `n${id}`)).join(''),
    });
    expect(found.review.comments.size).toBe(4);
    const at = [...found.review.comments.keys()].map(
      (id) => found.review.anchors.byId.get(id)?.from ?? 0,
    );
    expect(at[0]).toBeGreaterThan(1);
    expect((at[2] ?? 0) - (at[0] ?? 0)).toBe('two three '.length);
    expect(told(found)).toContain('stands nowhere');
  });

  it('[WD11] replies to replies, by any paragraph of a comment, without ranges of their own, and states', () => {
    const two = (id: number, a: string, b: string, text: string): string =>
      `<w:comment w:id="${id}" w:author="Ben" w:date="2026-01-02T03:04:00Z"><w:p w14:paraId="${a}">${r(text)}</w:p><w:p w14:paraId="${b}">${r('more')}</w:p></w:comment>`;
    const found = read({
      body: lead + p(start(0) + r('Words') + end(0) + ref(0) + ref(1) + r(' stay.')),
      comments:
        two(0, '0A', '0B', 'root') +
        comment(1, 'first', undefined, '0C') +
        comment(2, 'second', undefined, '0D'),
      commentsEx:
        '<w15:commentEx w15:paraId="0B" w15:done="1"/><w15:commentEx w15:paraId="0C" w15:paraIdParent="0A" w15:done="0"/><w15:commentEx w15:paraId="0D" w15:paraIdParent="0C"/>',
    });
    const [one, ...more] = [...found.review.comments.values()];
    expect(more).toEqual([]);
    expect(one).toMatchObject({ text: 'root\nmore', status: 'resolved' });
    expect(one?.replies.map(({ text }) => text)).toEqual(['first', 'second']);
  });

  it('[WD11] threads that go round, ids twice, no authors, no times, other zones', () => {
    const found = read({
      body: lead + p(start(0) + r('Words') + end(0) + ref(0) + r(' here.')),
      comments:
        comment(0, 'a', 'w:author=""', '01') +
        comment(0, 'b', 'w:author="Author" w:date="0000-00-00"', '02') +
        comment(7, 'c', 'w:author="Ben" w:date="2026-01-02T03:04:00+05:00"', '03'),
      commentsEx:
        '<w15:commentEx w15:paraId="01" w15:paraIdParent="02"/><w15:commentEx w15:paraId="02" w15:paraIdParent="01"/>',
    });
    const all = [...found.review.comments.values()];
    expect(
      all.flatMap(({ text, replies }) => [text, ...replies.map((one) => one.text)]).toSorted(),
    ).toEqual(['a', 'b', 'c']);
    expect(authors(found)).toEqual(['Author', 'Ben', 'Unknown author']);
    expect(all.find(({ text }) => text === 'c')?.at).toBe('2026-01-01T22:04:00.000Z');
    expect(told(found)).toContain('no time');
  });

  it('[WD11] line ends, paragraphs, tabs, links, signs and changes within the text of a comment', () => {
    const found = read({
      body: lead + p(start(0) + r('Words') + end(0) + ref(0) + r(' here.')),
      comments: `<w:comment w:id="0" w:author="Ada" w:date="2026-01-02T03:04:00Z"><w:p>${r('one')}<w:r><w:br/></w:r>${r('two')}<w:r><w:tab/></w:r>${ins(r('in'))}${del(d('out'))}<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r></w:p><w:p>${sdt(r('three'))}</w:p></w:comment>`,
    });
    const [one] = [...found.review.comments.values()];
    expect(one?.text).toBe('one\u2028two\tinα\nthree');
  });

  it('[WD11] comments on redlines: struck words, put in words, a struck paragraph, a point in a change', () => {
    const found = read({
      body:
        lead +
        p(
          start(0) +
            del(d('Old')) +
            end(0) +
            ref(0) +
            start(1) +
            ins(r('New') + ref(1)) +
            end(1) +
            r(' words.'),
        ) +
        p(del(start(2) + d('Gone.') + end(2) + ref(2)), mark('del')) +
        p(r('Stays.')),
      comments: [0, 1, 2].map((id) => comment(id, `n${id}`)).join(''),
    });
    expect(quotes(found)).toEqual(['Old', 'New', 'Gone.']);
    expect(accepted(found)).toEqual(['New words.', 'Stays.']);
    expect(original(found)).toEqual(['Old words.', 'Gone.', 'Stays.']);
  });
});

describe('changes', () => {
  it('[WD11] insertions in links, links in insertions, fields cut by changes', () => {
    const fld = (type: string): string => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
    const code = '<w:r><w:instrText> HYPERLINK "https://a.example/" </w:instrText></w:r>';
    const gone = '<w:r><w:delInstrText> PAGE </w:delInstrText></w:r>';
    const found = read({
      body:
        lead +
        p(
          `<w:hyperlink w:anchor="x">${r('a')}${ins(r('b'))}${del(d('c'))}</w:hyperlink>${ins(`<w:hyperlink w:anchor="x">${r('d')}</w:hyperlink>`)}`,
        ) +
        p(
          ins(fld('begin') + code) +
            fld('separate') +
            ins(r('link')) +
            del(d('old')) +
            fld('end') +
            del(fld('begin') + gone + fld('separate') + d('7') + fld('end')) +
            r('.'),
        ),
    });
    expect(accepted(found)).toEqual(['abd', 'link.']);
    expect(original(found)).toEqual(['ac', 'old7.']);
  });

  it('[WD11] a paragraph mark that is put in and struck, nested strikings, moves with and without names', () => {
    const range = (kind: string, id: number): string =>
      `<w:${kind}RangeStart ${by()} w:name="m${id}"/>`.replace(/w:id="\d+"/, `w:id="${id}"`);
    const stop = (kind: string, id: number): string => `<w:${kind}RangeEnd w:id="${id}"/>`;
    const moved = (kind: 'moveFrom' | 'moveTo', content: string): string =>
      `<w:${kind} ${by()}>${content}</w:${kind}>`;
    const found = read({
      body:
        lead +
        p(r('One '), mark('ins', 'del')) +
        p(r('two.')) +
        p(ins(r('a') + del(del(d('b'), 'Eve'), 'Ben') + r('c')) + r('.')) +
        range('moveFrom', 901) +
        p(moved('moveFrom', r('Moved.')), mark('moveFrom')) +
        stop('moveFrom', 901) +
        p(r('Between.')) +
        range('moveTo', 902).replace('m902', 'm901') +
        p(moved('moveTo', r('Moved.')), mark('moveTo')) +
        stop('moveTo', 902) +
        p(moved('moveFrom', r('Lone ')) + r('words.')),
    });
    expect(accepted(found)).toEqual(['One two.', 'ac.', 'Between.', 'Moved.', 'words.']);
    expect(original(found)).toEqual(['One two.', '.', 'Moved.', 'Between.', 'Lone words.']);
  });

  it('[WD11] changes around whole paragraphs, and those of pages, tables and numbers, which are told', () => {
    const was = (name: string, inner = ''): string => `<w:${name} ${by()}>${inner}</w:${name}>`;
    const found = read({
      body:
        lead +
        `<w:ins ${by()}>${p(r('New.'), mark('ins'))}</w:ins><w:moveFrom ${by()}>${p(r('Old.'), mark('del'))}</w:moveFrom>` +
        p(r('Page.'), `<w:sectPr>${was('sectPrChange', '<w:sectPr/>')}</w:sectPr>`) +
        tbl(
          tr(
            tc(p(r('in')), `<w:cellIns ${by()}/>`) + tc(p(r('out')), `<w:cellDel ${by()}/>`),
            was('trPrChange', '<w:trPr/>'),
          ) +
            tr(
              tc(p(r('both')), `<w:cellMerge ${by()} w:vMerge="rest"/>`) +
                tc(p(r('x')), was('tcPrChange', '<w:tcPr/>')),
              `<w:ins ${by()}/>`,
            ),
          was('tblPrChange', '<w:tblPr/>'),
        ) +
        p(r('Item.'), `<w:numPr><w:numId w:val="0"/><w:ins ${by()}/></w:numPr>`) +
        `<w:sectPr>${was('sectPrChange', '<w:sectPr/>')}</w:sectPr>`,
    });
    expect(accepted(found)).toContain('New.');
    expect(accepted(found)).not.toContain('Old.');
    expect(original(found)).toContain('Old.');
    expect(accepted(found)).toContain('both');
    expect(original(found)).not.toContain('both');
    for (const what of ['form of the pages', 'form of a table', 'table cell', 'change of a number'])
      expect(told(found)).toContain(what);
  });

  it('[WD11] emphasis that a change takes or gives, through styles and within insertions', () => {
    const changed = (rPr: string, before: string): string =>
      `${rPr}<w:rPrChange ${by()}><w:rPr>${before}</w:rPr></w:rPrChange>`;
    const found = read({
      styles:
        '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>',
      body:
        lead +
        p(
          r('bold', changed('<w:rStyle w:val="Strong"/>', '')) +
            r(' plain', changed('<w:b w:val="0"/>', '<w:b/>')) +
            ins(r(' new', changed('<w:i/>', '')), 'Ben'),
        ),
    });
    // Changes of one person and one time that touch are one; the words put in are another.
    expect([...found.review.suggestions.values()]).toHaveLength(2);
    expect(original(found)).toEqual(['bold plain']);
  });
});
