/** What leaves and enters the text by the clipboard. */
import { describe, expect, it } from 'vitest';
import { Fragment, Slice, type Node } from 'prosemirror-model';
import { schema } from '#core/article/schema.ts';
import { suggestionsIn } from '#core/suggest/entries.ts';
import { pasteable, plainText, readable } from '#web/editor/clipboard.ts';

const ins = schema.mark('insertion', { id: 's1', by: 'ines' });
const del = schema.mark('deletion', { id: 's1', by: 'ines' });
const strong = schema.mark('strong');

const doc = schema.node('doc', null, [
  schema.node('headline', null, [schema.text('Headline')]),
  schema.node('block', null, [
    schema.text('safe '),
    schema.text('heaven', [del]),
    schema.text('haven', [strong, ins]),
    schema.node('footnoteRef', { id: 'n1' }),
    schema.text(' here'),
  ]),
  schema.node('block', { sugg: [{ k: 'ins', id: 's2', by: 'ines' }] }, [schema.text('Next.')]),
  schema.node('footnote', { id: 'n1' }, [schema.text('Note.')]),
]);
const holder = (slice: Slice): Node =>
  schema.node('doc', null, [
    schema.node('headline'),
    ...(slice.content.firstChild?.isInline
      ? [schema.node('block', null, slice.content)]
      : slice.content.content),
  ]);

describe('the clipboard', () => {
  it('[UI18] copies the text as it reads: struck words stay behind, and no suggestion travels', () => {
    const copied = readable(doc.slice(11, 40));
    expect(plainText(copied)).toBe('safe haven here\n\nNext.');
    expect(suggestionsIn(holder(copied)).size).toBe(0);
    expect(copied.content.firstChild?.child(1).marks).toEqual([strong]);
  });

  it('[UI18] copies a part of a line', () => {
    const copied = readable(doc.slice(13, 25));
    expect(plainText(copied)).toBe('fe hav');
  });

  it('[UI18] pastes others’ suggestions as plain text, without the references of notes', () => {
    const pasted = pasteable(doc.slice(10, 42), doc.resolve(12));
    expect(suggestionsIn(holder(pasted)).size).toBe(0);
    expect(JSON.stringify(pasted.toJSON())).not.toContain('footnote');
    expect(plainText(pasted)).toContain('heaven');
  });

  it('[UI18] pastes several blocks into a line of the masthead as one run of text', () => {
    const blocks = ['One', 'Two'].map((text) => schema.node('block', null, [schema.text(text)]));
    const pasted = pasteable(new Slice(Fragment.fromArray(blocks), 1, 1), doc.resolve(3));
    expect(pasted.openStart).toBe(0);
    expect(plainText(pasted)).toBe('One Two');
  });
});
