/** Editing where struck words are not on the screen: what is not seen stays. */
import { fc } from '#tests/support/properties.ts';
import { describe, expect, it, vi } from 'vitest';
import type { Node } from 'prosemirror-model';
import { EditorState, TextSelection, type Transaction } from 'prosemirror-state';
import { schema } from '#core/article/schema.ts';
import { isDeletion } from '#core/suggest/entries.ts';
import { accepted } from '#core/suggest/project.ts';
import { hiddenIn, joinsBefore, sparing } from '#web/session/spare-hidden.ts';
import { put, textSlice } from '#web/editor/paste.ts';
import { pastHidden } from '#web/editor/as-edited.ts';
import { Desk } from '#tests/sync/simulation.ts';
import { select, sitDown } from '#tests/web/session/wire.ts';

const struck = schema.mark('deletion', { id: 's1', by: 'ines' });
const entry = { k: 'del', id: 's2', by: 'ines' };

/** A block from words in which `(…)` is struck; a leading `+` says that its boundary is. */
function block(source: string): Node {
  const joins = source.startsWith('+');
  const content = source
    .replace('+', '')
    .split(/(\([^)]*\))/)
    .filter((part) => part !== '')
    .map((part) =>
      part.startsWith('(') ? schema.text(part.slice(1, -1), [struck]) : schema.text(part),
    );
  return schema.node('block', { sugg: joins ? [entry] : [] }, content);
}
const article = (...blocks: string[]): Node =>
  schema.node('doc', null, [
    schema.node('headline', null, [schema.text('Head')]),
    ...blocks.map(block),
  ]);

/** The document as written by `block`. */
function written(doc: Node): string[] {
  return doc.content.content.slice(1).map((node) => {
    let line = (node.attrs['sugg'] as unknown[]).length > 0 ? '+' : '';
    node.forEach((child) => {
      line += child.marks.some(isDeletion) ? `(${child.text})` : (child.text ?? '');
    });
    return line;
  });
}
const seen = (doc: Node): string[] => accepted(doc).content.content.map((node) => node.textContent);
const hiddenWords = (doc: Node): string =>
  hiddenIn(doc, 0, doc.content.size)
    .map(({ from, to }) => doc.textBetween(from, to, '¶'))
    .join('');

/** How much is seen before a position: its characters, and one for each boundary. */
function shown(doc: Node, pos: number): number {
  let count = 0;
  doc.forEach((node, offset, index) => {
    if (offset >= pos) return;
    if (index > 0 && !joinsBefore(doc, index)) count += 1;
    node.forEach((child, at) => {
      const words = child.marks.some(isDeletion) ? 0 : child.nodeSize;
      count += Math.max(0, Math.min(words, pos - offset - 1 - at));
    });
  });
  return count;
}

function change(doc: Node, from: number, to: number, make: (tr: Transaction) => Transaction) {
  const plain = EditorState.create({ doc });
  const state = plain.apply(plain.tr.setSelection(TextSelection.create(doc, from, to)));
  const tr = make(state.tr);
  return { tr, spared: sparing(state, tr) };
}

describe('a change where struck words are hidden', () => {
  it('[PA30] leaves the hidden words of a selection that is typed over, and puts the new ones behind them', () => {
    const doc = article('safe (hea)ven (x)here', 'Next.');
    const { tr, spared } = change(doc, 9, 21, (each) => each.insertText('w'));
    expect(hiddenWords(tr.doc)).toBe('');
    expect(written(spared.doc)).toEqual(['sa(heax)were', 'Next.']);
    expect(spared.selection.head).toBe(14);
  });

  it('[PA30] joins what is seen as two paragraphs and keeps a boundary that is hidden already', () => {
    const doc = article('One (a)', '+(b) two', '(c)Three');
    const from = 8;
    const to = doc.content.size - 3;
    const { spared } = change(doc, from, to, (tr) => tr.deleteSelection());
    expect(written(spared.doc)).toEqual(['O(a)', '+(bc)ee']);
    expect(seen(spared.doc)).toEqual(['Head', 'Oee']);
  });

  it('[PA30] is the very same change when nothing hidden is in it', () => {
    const { tr, spared } = change(article('One (a) two'), 7, 9, (each) => each.insertText('x'));
    expect(spared).toBe(tr);
  });

  it('[PA31] the caret passes hidden words and boundaries, and stops at what is seen', () => {
    const doc = article('One (a)', '+(b)', '+(c)two', 'Three');
    const [start, end] = [11, 24];
    expect(doc.textBetween(start - 4, start)).toBe('One ');
    expect(pastHidden(doc, start, 1)).toBe(doc.content.size - 7 - 3 - 1);
    expect(pastHidden(doc, pastHidden(doc, start, 1), -1)).toBe(start);
    expect(pastHidden(doc, end, 1)).toBe(end);
    expect(pastHidden(doc, 1, -1)).toBe(1);
    expect(pastHidden(doc, doc.content.size - 1, 1)).toBe(doc.content.size - 1);
  });

  it('[PA30] does to what is seen what the same change does to the text as edited, and nothing to the rest', () => {
    const word = fc.constantFrom('a', 'bc', 'def ', '(g)', '(hi)', '(j k)');
    const line = fc
      .tuple(fc.boolean(), fc.array(word, { maxLength: 5 }))
      .map(([joins, words]) => (joins ? '+' : '') + words.join(''));
    const makers: [(tr: Transaction) => Transaction, put: string][] = [
      [(tr) => tr.deleteSelection(), ''],
      [(tr) => tr.replaceSelectionWith(schema.text('X'), false), 'X'],
      [(tr) => put(tr, textSlice('P\n\nQ', []), null), 'P\nQ'],
      [
        (tr) => {
          tr.deleteSelection();
          tr.split(tr.selection.from, 1, [{ type: tr.selection.$from.parent.type }]);
          return tr.replaceSelectionWith(schema.text('Y'), false);
        },
        '\nY',
      ],
    ];
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 4 }),
        fc.nat(),
        fc.nat(),
        fc.nat(makers.length - 1),
        (lines, a, b, which) => {
          const doc = article(lines[0]?.replace('+', '') ?? '', ...lines.slice(1));
          const place = (n: number): number =>
            TextSelection.near(doc.resolve(6 + (n % (doc.content.size - 6)))).head;
          const [from, to] = [place(a), place(b)].toSorted((x, y) => x - y) as [number, number];
          const [make, come] = makers[which] ?? [];
          if (!make) return;
          const { spared } = change(doc, from, to, make);
          spared.doc.check();
          const text = seen(doc).join('\n');
          const wanted = text.slice(0, shown(doc, from)) + come + text.slice(shown(doc, to));
          expect(seen(spared.doc).join('\n')).toBe(wanted);
          expect(spared.selection.head).toBeLessThan(spared.doc.content.size);
          if (come !== '')
            expect(shown(spared.doc, spared.selection.head)).toBe(
              shown(doc, from) + (come?.length ?? 0),
            );
          expect(hiddenWords(spared.doc)).toBe(hiddenWords(doc));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('[PA32] is written in "As edited" in both modes; in "As filed" a sentence says why not', async () => {
    vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) });
    const desk = await Desk.open(article('safe heaven here'));
    const { session } = await sitDown(desk, 'tom', 'editor');
    session.setView('accepted');
    for (const mode of ['edit', 'suggest'] as const) {
      session.setMode(mode);
      expect(session.display).toMatchObject({ view: 'accepted', writable: true });
    }
    select(session, 'heaven');
    session.dispatch(session.state.tr.deleteSelection());
    const { from } = select(session, 'safe');
    session.dispatch(
      session.state.tr.setSelection(
        TextSelection.create(session.state.doc, from, session.state.doc.content.size - 3),
      ),
    );
    session.dispatch(session.state.tr.insertText('th'));
    expect(seen(session.state.doc)).toEqual(['Head', 'thre']);
    expect(hiddenWords(session.state.doc)).toContain('heaven');
    const { doc } = session.state;
    session.setView('original');
    expect(session.display.writable).toBe(false);
    session.dispatch(session.state.tr.insertText('x', from));
    expect(session.state.doc).toBe(doc);
    expect(session.getSnapshot().said).toContain('As filed');
    session.setMode('edit');
    expect(session.display).toMatchObject({ view: 'marked', writable: true });
    session.close();
    vi.useRealTimers();
  });
});
