/** Deleting over figures and tables, and putting in footnotes. */
import { EditorState, TextSelection, type Command } from 'prosemirror-state';
import type { Node } from 'prosemirror-model';
import { describe, expect, it } from 'vitest';
import { schema } from '#core/article/schema.ts';
import { deleteAcross } from '#web/editor/across.ts';
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

const at = (words: string): number => {
  let found = -1;
  doc.descendants((node, pos) => {
    const index = node.text?.indexOf(words) ?? -1;
    if (index >= 0) found = pos + index;
  });
  return found;
};

const shown = (node: Node): string =>
  node.content.content.map((one) => `${one.type.name}(${one.textContent})`).join(' ');

function after(command: Command, from: number, to: number): string | null {
  const state = EditorState.create({ doc, selection: TextSelection.create(doc, from, to) });
  let out: string | null = null;
  command(state, (tr) => {
    tr.doc.check();
    out = shown(tr.doc);
  });
  return out;
}

describe('a selection over fixed boundaries', () => {
  const edit = deleteAcross(() => true);
  const suggest = deleteAcross(() => false);

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

  it('[UI110] empties them in Suggest mode', () => {
    expect(after(suggest, at('wo.'), at('ree.'))).toBe(
      'headline(Head) block(One.) block(T) figure() cell() cell() block(ree.)',
    );
  });

  it('[UI110] never takes a cell out of its table', () => {
    expect(after(edit, at('wo.'), at('B'))).toBe(
      'headline(Head) block(One.) block(T) cell() cell(B) block(Three.)',
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
