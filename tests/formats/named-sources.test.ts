// What a writer's note names: its sources, where in them, and what is told apart.
import { describe, expect, it } from 'vitest';
import { fc } from '#tests/support/properties.ts';
import { namedSources } from '#core/formats/import/named-sources.ts';

type Named = ReturnType<typeof namedSources>[number];
const brief = (text: string): (string | boolean)[][] =>
  namedSources(text).map(({ title, address, locator }) => [title, address, locator]);
const one = (text: string): Named => {
  const [first, ...rest] = namedSources(text);
  if (!first || rest.length > 0) throw new Error(`Not one source in: ${text}`);
  return first;
};

describe('a source and its place', () => {
  it.each([
    ['Smith, The Canal (2010), p. 12.', 'Smith, The Canal (2010)', 'p. 12'],
    ['Jones 2011, pp. 3–5', 'Jones 2011', 'pp. 3–5'],
    ['Müller, Kanäle, Berlin 1999, S. 12.', 'Müller, Kanäle, Berlin 1999', 'S. 12'],
    ['Müller, Kanäle, S. 12 ff.', 'Müller, Kanäle', 'S. 12 ff.'],
    ['Book, p. xii', 'Book', 'p. xii'],
    ['Book, pp. 3, 7 and 12, 1999', 'Book, 1999', 'pp. 3, 7 and 12'],
    ['Our interview, 12:34–13:02', 'Our interview', '12:34–13:02'],
    ['The tape, 1:02:03', 'The tape', '1:02:03'],
    ['Podcast at 3:15', 'Podcast at', '3:15'],
    ['John 3:16', 'John 3:16', ''],
    ['Dispatch of 10:30 am', 'Dispatch of 10:30 am', ''],
    ['Ships. 12 of them, USA 14', 'Ships. 12 of them, USA 14', ''],
    ['Sent 2024-01-01T12:34:56Z', 'Sent 2024-01-01T12:34:56Z', ''],
  ])('[WS2] reads the place in “%s”', (text, title, locator) => {
    expect(one(text)).toMatchObject({ text, title, locator, address: '' });
  });

  it.each([
    ['Report, https://example.org/a.', 'Report', 'https://example.org/a'],
    ['Report\nhttps://example.org/a', 'Report', 'https://example.org/a'],
    [
      'https://en.wikipedia.org/wiki/A_(b)',
      'https://en.wikipedia.org/wiki/A_(b)',
      'https://en.wikipedia.org/wiki/A_(b)',
    ],
    ['(see https://a.example/x)', 'https://a.example/x', 'https://a.example/x'],
    ['Report, www.example.org/x, p. 3', 'Report', 'https://www.example.org/x'],
    ['On tides, doi:10.1000/xyz123.', 'On tides', 'https://doi.org/10.1000/xyz123'],
    ['On tides, https://doi.org/10.1000/182', 'On tides', 'https://doi.org/10.1000/182'],
    ['Book, ISBN 978-3-16-148410-0', 'Book', 'ISBN 978-3-16-148410-0'],
  ])('[WS2] reads the address in “%s”', (text, title, address) => {
    expect(one(text)).toMatchObject({ title, address });
  });

  it('[WS2] knows a kept copy beside its page, on the same line and on the next', () => {
    const copy = 'https://web.archive.org/web/2020/https://a.example/x';
    const page = { title: 'A', address: 'https://a.example/x', archive: copy };
    expect(one(`A, https://a.example/x (archived at ${copy}).`)).toMatchObject(page);
    expect(one(`A\nhttps://a.example/x\n${copy}`)).toMatchObject(page);
    expect(one(`A, ${copy}`)).toMatchObject({ title: 'A', address: copy, archive: '' });
  });

  it('[WS2] takes the address that words lead to', () => {
    const text = 'The report, p. 4';
    const [named] = namedSources(text, [{ from: 4, to: 10, href: 'https://a.example/r' }]);
    expect(named).toMatchObject({
      title: 'The report',
      address: 'https://a.example/r',
      locator: 'p. 4',
    });
  });

  it('[WS2] says what kind of thing it is by its signs', () => {
    expect(one('https://youtu.be/abc').kind).toBe('recording');
    expect(one('Tape, 12:30').kind).toBe('recording');
    expect(one('https://a.example/').kind).toBe('web');
    expect(one('Book, p. 4').kind).toBe('document');
    expect(one('Interview with Ann Lee').kind).toBe('person');
  });
});

describe('several sources in a note', () => {
  it('[WS3] parts them where each has signs of its own', () => {
    expect(brief('Smith 2010, pp. 3–5; Jones 2011, S. 12')).toEqual([
      ['Smith 2010', '', 'pp. 3–5'],
      ['Jones 2011', '', 'S. 12'],
    ]);
    expect(brief('https://a.example/x, https://b.example/y')).toEqual([
      ['https://a.example/x', 'https://a.example/x', ''],
      ['https://b.example/y', 'https://b.example/y', ''],
    ]);
    expect(brief('A report\nhttps://a.example/1\nB report\nhttps://a.example/2')).toEqual([
      ['A report', 'https://a.example/1', ''],
      ['B report', 'https://a.example/2', ''],
    ]);
  });

  it('[WS3] leaves together what is not clearly parted', () => {
    for (const text of [
      'Two words; three words',
      'Smith said so; the report of 2010, p. 3',
      'A line\nanother line',
    ])
      expect(namedSources(text)).toHaveLength(1);
  });

  it('[WS3] every letter of a note but what parts its sources is in one of them', () => {
    const piece = fc.constantFrom(
      'Smith 2010',
      'p. 3',
      '; ',
      '\n',
      ', ',
      'https://a.example/x',
      '(',
      ')',
      'ibid.',
      ' and ',
      '12:34',
      'doi:10.1000/x',
      'https://archive.ph/aa',
      '.',
      'S. 4 f.',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        let at = 0;
        for (const { text: words, title } of namedSources(text)) {
          const next = text.indexOf(words, at);
          expect(next).toBeGreaterThanOrEqual(at);
          expect(text.slice(at, next)).toMatch(/^(?:[\s;,&()<>[\]]|and|und)*$/u);
          expect(title.length).toBeLessThanOrEqual(300);
          expect(title).not.toBe('');
          at = next + words.length;
        }
        expect(text.slice(at)).toMatch(/^[\s;]*$/u);
      }),
      { seed: 7, numRuns: 2000 },
    );
  });

  it('[WS4] knows what says that it is the source before', () => {
    for (const text of ['Ibid.', 'ibid., p. 4', 'Ibidem', 'Ebd., S. 3', 'See ibid.', 'ebenda'])
      expect(one(text).same).toBe(true);
    for (const text of ['Ibidex 2010', 'The libidinal, p. 4']) expect(one(text).same).toBe(false);
  });
});
