/** What leaves the text by the clipboard. */
import { describe, expect, it } from 'vitest';
import type { Node, Slice } from 'prosemirror-model';
import { schema } from '#core/article/schema.ts';
import { suggestionsIn } from '#core/suggest/entries.ts';
import { plainText, readable } from '#web/editor/clipboard.ts';

const ins = schema.mark('insertion', { id: 's1', by: 'ines' });
const del = schema.mark('deletion', { id: 's1', by: 'ines' });
const strong = schema.mark('strong');
const words = (text: string, ...marks: ReturnType<typeof schema.mark>[]): Node =>
  schema.text(text, marks);
const item = (kind: 'bullet' | 'ordered', level: number, text: string): Node =>
  schema.node('block', { list: { kind, level, start: kind === 'ordered' ? 4 : 1 } }, [words(text)]);
const cell = (starts: 'table' | 'row' | null, text: string): Node =>
  schema.node('cell', { starts }, [words(text)]);

const doc = schema.node('doc', null, [
  schema.node('headline', null, [words('Headline')]),
  schema.node('block', null, [
    words('safe '),
    words('heaven', del),
    words('haven', strong, ins),
    schema.node('footnoteRef', { id: 'n1' }),
    words(' here'),
  ]),
  schema.node('block', { sugg: [{ k: 'ins', id: 's2', by: 'ines' }] }, [words('Next.')]),
  schema.node('block', { sugg: [{ k: 'del', id: 's3', by: 'tom' }] }, [words(' Joined.')]),
  item('bullet', 0, 'One'),
  item('bullet', 1, 'Under it'),
  item('ordered', 0, 'Four'),
  item('ordered', 0, 'Five'),
  schema.node('figure', { alt: 'A river' }, [words('The river.')]),
  cell('table', 'Year'),
  cell(null, 'Sum'),
  cell('row', '2016'),
  cell(null, '550'),
  schema.node('footnote', { id: 'n1' }, [words('Note.')]),
]);
const numberOf = (id: string): number | undefined => (id === 'n1' ? 1 : undefined);
const all = doc.slice(0, doc.content.size);
const text = (slice: Slice): string => plainText(slice, numberOf);

describe('the clipboard', () => {
  it('[PA10] takes the text as it would read: struck words and boundaries out, pending ones in', () => {
    const copied = readable(doc.slice(11, 51), 'marked');
    expect(text(copied)).toBe('safe haven[1] here\n\nNext. Joined.');
    expect(copied.content.firstChild?.child(1).marks).toEqual([strong]);
  });

  it('[PA10] takes a part of a line, and struck words when nothing else is selected', () => {
    expect(text(readable(doc.slice(13, 25), 'marked'))).toBe('fe hav');
    expect(text(readable(doc.slice(17, 20), 'accepted'))).toBe('eav');
    expect(text(readable(doc.slice(11, 27), 'original'))).toBe('safe heaven');
  });

  it('[PA11] takes nobody’s suggestion and no id along', () => {
    for (const view of ['original', 'marked', 'accepted'] as const) {
      const { content } = readable(all, view);
      expect(suggestionsIn(schema.topNodeType.create(null, content)).size, view).toBe(0);
    }
    expect(suggestionsIn(doc).size).toBe(3);
  });

  it('[PA12] writes lists with their signs, tables by tabs, and footnotes by their numbers', () => {
    expect(text(readable(all, 'marked'))).toBe(
      [
        'Headline',
        'safe haven[1] here',
        'Next. Joined.',
        '- One\n    - Under it\n4. Four\n5. Five',
        'The river.',
        'Year\tSum\n2016\t550',
        '[1] Note.',
      ].join('\n\n'),
    );
  });
});
