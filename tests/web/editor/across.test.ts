/** Deleting over figures and tables, and putting in footnotes. */
import { EditorState, TextSelection, type Command } from 'prosemirror-state';
import type { Node } from 'prosemirror-model';
import { describe, expect, it } from 'vitest';
import { schema } from '#core/article/schema.ts';
import { accepted, original } from '#core/suggest/project.ts';
import { track } from '#core/suggest/track.ts';
import { passesGuard } from '#tests/suggest/laws.ts';
import { deleteAcross, deletionAcross } from '#web/editor/across.ts';
import { insertFootnote } from '#web/editor/footnote-command.ts';

const text = (words: string) => (words ? [schema.text(words)] : []);
const block = (words: string) => schema.node('block', null, text(words));
const cell = (words: string, starts: 'table' | 'row' | null) =>
  schema.node('cell', { starts }, text(words));
const doc = schema.node('doc', null, [
  schema.node('headline', null, text('Head')),
  block('One.'),
  block('Two.'),
  schema.node('figure', null, text('Caption.')),
  cell('A', 'table'),
  cell('B', null),
  block('Three.'),
]);

const place = (node: Node, words: string): number => {
  let found = -1;
  node.descendants((one, pos) => {
    const index = one.text?.indexOf(words) ?? -1;
    if (index >= 0) found = pos + index;
  });
  return found;
};
const at = (words: string): number => place(doc, words);

const shown = (node: Node): string =>
  node.content.content.map((one) => `${one.type.name}(${one.textContent})`).join(' ');

function after(command: Command, from: number, to: number, page = doc): string | null {
  const selection = TextSelection.create(page, from, to);
  const state = EditorState.create({ doc: page, selection });
  let out: string | null = null;
  command(state, (tr) => {
    tr.doc.check();
    out = shown(tr.doc);
  });
  return out;
}

describe('a selection over fixed boundaries', () => {
  const edit = deleteAcross;

  it('[UI110] within loose boundaries is none of its business', () => {
    expect(after(edit, at('ne.'), at('wo.'))).toBe(null);
  });

  it('[UI110] from the headline into the body leaves both', () => {
    expect(after(edit, at('ead'), at('wo.'))).toBe(
      'headline(H) block(wo.) figure(Caption.) cell(A) cell(B) block(Three.)',
    );
  });

  it('[UI110] takes a figure and a table away in Edit mode when they lie inside', () => {
    expect(after(edit, at('wo.'), at('ree.'))).toBe(
      'headline(Head) block(One.) block(T) block(ree.)',
    );
  });

  it('[UI110] suggests to take them away, as one suggestion, in Suggest mode', () => {
    const selection = TextSelection.create(doc, at('wo.'), at('ree.'));
    const tr = deletionAcross(EditorState.create({ doc, selection }), true);
    if (!tr) throw new Error('Nothing is deleted.');
    const tracked = track(doc, tr, 'ann', { idFor: () => 'a' });
    if ('refused' in tracked) throw new Error(tracked.refused);
    expect(shown(accepted(tracked.doc))).toBe('headline(Head) block(One.) block(T) block(ree.)');
    expect(original(tracked.doc).eq(doc)).toBe(true);
    expect(passesGuard(doc, tracked.steps, tracked.doc, 'ann')).toBe(null);
  });

  it('[UI110] never takes a cell out of its row', () => {
    expect(after(edit, at('wo.'), at('B'))).toBe(
      'headline(Head) block(One.) block(T) cell() cell(B) block(Three.)',
    );
  });

  const table = schema.node('doc', null, [
    schema.node('headline', null, text('Head')),
    block('One.'),
    cell('A', 'table'),
    cell('B', null),
    cell('C', 'row'),
    cell('D', null),
    cell('E', 'row'),
    cell('F', null),
    cell('G', 'table'),
    cell('H', 'row'),
    block('Two.'),
  ]);

  it('[UI110] takes whole rows along when it reaches out of their table, and empties them within it', () => {
    const over = (from: string, to: string): string | null =>
      after(edit, place(table, from), place(table, to) + 1, table);
    expect(over('ne.', 'E')).toBe(
      'headline(Head) block(O) cell() cell(F) cell(G) cell(H) block(Two.)',
    );
    expect(over('B', 'E')).toBe(
      'headline(Head) block(One.) cell(A) cell() cell() cell() cell() cell(F) cell(G) cell(H) block(Two.)',
    );
    // The first row of a table behind another stays, else both would be one.
    expect(over('D', 'G')).toBe(
      'headline(Head) block(One.) cell(A) cell(B) cell(C) cell() cell() cell(H) block(Two.)',
    );
    expect(over('D', 'H')).toBe(
      'headline(Head) block(One.) cell(A) cell(B) cell(C) cell() cell() cell() block(Two.)',
    );
    expect(over('D', 'T')).toBe(
      'headline(Head) block(One.) cell(A) cell(B) cell(C) cell() block(wo.)',
    );
  });
});

describe('a footnote', () => {
  it('[UI111] goes in with its mark, the caret in the note, in the order of the marks', () => {
    let ids = 0;
    const command = insertFootnote(() => `n${++ids}`);
    let state = EditorState.create({
      doc,
      selection: TextSelection.create(doc, at('ree.')),
    });
    command(state, (tr) => (state = state.apply(tr)));
    expect(state.selection.$head.parent.attrs['id']).toBe('n1');
    state = state.apply(state.tr.setSelection(TextSelection.create(state.doc, at('ne.'))));
    command(state, (tr) => (state = state.apply(tr)));
    const notes = state.doc.content.content.filter((node) => node.type.name === 'footnote');
    expect(notes.map((node) => node.attrs['id'] as string)).toEqual(['n2', 'n1']);
    expect(state.selection.$head.parent.attrs['id']).toBe('n2');
    expect(command(state)).toBe(false);
  });
});
