// “These notes are the writer's sources”: comments and footnotes of a file as facts with citations.
import { describe, expect, it } from 'vitest';
import type { ArticleFormat } from '#core/formats/article-formats.ts';
import { chooseImport, type WholeChoice } from '#core/formats/import/chosen-import.ts';
import type { ImportContext } from '#core/formats/import/imported.ts';
import type { WritersSources } from '#core/formats/import/writers-sources.ts';
import { readArticle } from '#core/formats/read-article.ts';
import { readJson } from '#core/formats/read-json.ts';
import { writeJson } from '#core/formats/write-json.ts';

function counting(): ImportContext {
  let next = 0;
  return {
    id: () => `n${(next += 1)}`,
    now: '2026-11-20T10:00:00.000Z',
    hash: (text) =>
      [...text]
        .reduce((sum, c) => (sum * 31 + (c.codePointAt(0) ?? 0)) >>> 0, 7)
        .toString(16)
        .padStart(20, '0'),
  };
}

function chosen(
  text: string,
  sources: WritersSources | undefined = { footnotes: 'stay', except: [] },
  format: ArticleFormat = 'md',
): WholeChoice {
  const context = counting();
  const read = readArticle(format, text, context);
  if (!read.ok) throw new Error(read.code);
  return chooseImport(read.imported, format, { sources }, context);
}

/** Each fact with what it cites: [claim, [title, address, locator]…]. */
const cited = ({ facts }: WholeChoice) =>
  facts.claims.map(({ claim, citations }) => [
    claim.text,
    ...citations.map(({ sourceId, locator }) => {
      const source = facts.sources.find(({ id }) => id === sourceId);
      return [source?.title, source?.address, locator];
    }),
  ]);
const refs = ({ review }: WholeChoice): number => {
  let count = 0;
  review.doc.descendants((node) => {
    if (node.type.name === 'footnoteRef') count += 1;
  });
  return count;
};
const holds = ({ review, facts }: WholeChoice): void => {
  review.doc.check();
  const text = writeJson(review, facts);
  const read = readJson(text);
  expect(read.ok && writeJson(read.review, read.facts)).toBe(text);
};

const article = `# The canal

By Ada Lim

The canal has {==37 locks==}{>>@Ben 2026-11-19T09:00Z: Smith 2010, p. 12<<}{>>@Tom 2026-11-19T10:00Z: Seen.<<}. It opened in 1904[^a], and it cost $2m.[^b] Ships came.[^c][^d]

[^a]: Jones, [History](https://a.example/h), pp. 3–5.
[^b]: Ibid., p. 9; *Ledger* 1905, p. 2
[^c]: Interview with Ann Lee, 12:34.
[^d]: Ibid.
`;

describe('facts of notes', () => {
  it('[WS1] makes the words a note stands on a claim that nobody checked, with its text as a source', () => {
    const done = chosen(article);
    expect(cited(done)).toEqual([
      ['37 locks', ['Smith 2010', '', 'p. 12']],
      ['It opened in 1904', ['Jones, History', 'https://a.example/h', 'pp. 3–5']],
      [
        'and it cost $2m',
        ['Jones, History', 'https://a.example/h', 'p. 9'],
        ['Ledger 1905', '', 'p. 2'],
      ],
      ['Ships came', ['Interview with Ann Lee', '', '12:34']],
      ['Ships came', ['Interview with Ann Lee', '', '']],
    ]);
    expect(done.facts.claims.every(({ checks }) => checks.length === 0)).toBe(true);
    expect(
      done.facts.claims
        .flatMap(({ citations }) => citations)
        .every(({ stance }) => stance === 'supports'),
    ).toBe(true);
    expect([...done.review.occurrences.values()].every(({ status }) => status === 'open')).toBe(
      true,
    );
    expect(done.review.comments.size).toBe(0);
    for (const [id] of done.review.occurrences) {
      const anchor = done.review.anchors.byId.get(id);
      expect(anchor).toMatchObject({ kind: 'occurrence', state: 'attached' });
    }
    holds(done);
  });

  it('[WS1] keeps the text of each note to the letter, with its author, its time and its replies', () => {
    const { review } = chosen(article);
    const [first, , third] = review.occurrences.values();
    const name = (id = ''): string | undefined => review.people.get(id)?.name;
    expect(first?.replies.map(({ by, at, text }) => [name(by), at, text])).toEqual([
      ['Ben', '2026-11-19T09:00:00.000Z', 'Smith 2010, p. 12'],
      ['Tom', '2026-11-19T10:00:00.000Z', 'Seen.'],
    ]);
    expect(name(first?.by)).toBe('Ben');
    // A footnote is the writer's own: the name in the byline signs it.
    expect(name(third?.by)).toBe('Ada Lim');
    expect(third?.replies.map(({ text }) => text)).toEqual(['Ibid., p. 9; Ledger 1905, p. 2']);
  });

  it('[WS4] “ibid.” is the source of the note before, also where that note stays what it is', () => {
    const done = chosen(article, { footnotes: 'stay', except: ['f0'] });
    expect(cited(done)[1]).toEqual([
      'and it cost $2m',
      ['Jones, History', 'https://a.example/h', 'p. 9'],
      ['Ledger 1905', '', 'p. 2'],
    ]);
    // One source, however often it is cited.
    expect(done.facts.sources).toHaveLength(4);
    const lone = chosen('# A\n\nBy B\n\nWords here.[^1]\n\n[^1]: Ibid., p. 4\n');
    expect(cited(lone)).toEqual([['Words here', ['Ibid.', '', 'p. 4']]]);
  });

  it('[WS5] a note that was left out of it stays what it is, and the account says so of each', () => {
    const done = chosen(article, { footnotes: 'leave', except: ['c0', 'f1'] });
    expect(done.review.comments.size).toBe(1);
    expect(done.sourceNotes).toMatchObject({ comments: 1, footnotes: 4 });
    expect(
      done.sourceNotes.notes.map(({ key, becomes, stays, leaves }) => [
        key,
        becomes,
        stays,
        leaves,
      ]),
    ).toEqual([
      ['c0', false, 'asked', false],
      ['f0', true, null, true],
      ['f1', false, 'asked', false],
      ['f2', true, null, true],
      ['f3', true, null, true],
    ]);
    expect(refs(done)).toBe(1);
    holds(done);
  });

  it('[WS6] footnotes stay in the text or leave it, and every note stays on its words', () => {
    const stay = chosen(article);
    expect([refs(stay), stay.review.doc.lastChild?.type.name]).toEqual([4, 'footnote']);
    const leave = chosen(article, { footnotes: 'leave', except: [] });
    expect([refs(leave), leave.review.doc.lastChild?.type.name]).toEqual([0, 'block']);
    expect(leave.origins).toHaveLength(leave.review.doc.childCount);
    const exact = [...leave.review.anchors.byId.values()].map((one) => one.exact);
    expect(exact).toEqual([
      '37 locks',
      'It opened in 1904',
      'and it cost $2m',
      'Ships came',
      'Ships came',
    ]);
    for (const { from, to, exact: words } of leave.review.anchors.byId.values())
      expect(leave.review.doc.textBetween(from, to)).toBe(words);
    holds(leave);
  });

  it('[WS6] a footnote with a suggestion, with a note of its own or with two references stays in the text', () => {
    const text = `# A tale\n\nBy B\n\nOne.[^1] Two.[^2] Three.[^3] Four.[^3]\n\n[^1]: A {++new++} book.\n[^2]: A {==book==}{>>@Tom: which?<<}.\n[^3]: A third.\n`;
    const done = chosen(text, { footnotes: 'leave', except: [] });
    const notes = done.sourceNotes.notes.filter(({ kind }) => kind === 'footnote');
    expect(notes.map(({ leaves, inText, becomes }) => [leaves, inText, becomes])).toEqual([
      [false, 'suggested', true],
      [false, 'noted', true],
      [false, 'twice', true],
    ]);
    expect(
      done.review.doc.content.content.filter((node) => node.type.name === 'footnote'),
    ).toHaveLength(3);
    holds(done);
  });

  it('[WS5] a note without words to stand on stays what it is', () => {
    const done = chosen(
      '# A tale\n\nBy B\n\n[^1] Words. More words follow.{>>@Tom: A point<<}\n\n[^1]: A book.\n',
    );
    const [note] = done.sourceNotes.notes.filter(({ kind }) => kind === 'footnote');
    expect(note).toMatchObject({ becomes: false, stays: 'no-words' });
    holds(done);
  });

  it('[WS5] nothing changes unless it was chosen', () => {
    const context = counting();
    const read = readArticle('md', article, context);
    if (!read.ok) throw new Error(read.code);
    const done = chooseImport(read.imported, 'md', {}, context);
    expect(writeJson(done.review)).toBe(writeJson(read.imported.review));
    expect(done.facts).toEqual({ claims: [], sources: [] });
    expect(done.sourceNotes).toEqual({ comments: 1, footnotes: 4, notes: [] });
  });

  it('[WS1] HTML: footnotes of a page become facts', () => {
    const page = `<article><h1>A tale</h1><p>By Ada Lim</p><p>It has 37 locks.<sup><a href="#fn1" id="r1" role="doc-noteref">1</a></sup> More.</p><section role="doc-endnotes"><ol><li id="fn1" role="doc-footnote"><p>See <a href="https://a.example/x">the report</a>, p. 4.</p></li></ol></section></article>`;
    const done = chosen(page, { footnotes: 'stay', except: [] }, 'html');
    expect(cited(done)).toEqual([
      ['It has 37 locks', ['See the report', 'https://a.example/x', 'p. 4']],
    ]);
    holds(done);
  });
});
