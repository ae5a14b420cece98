/** How what is pasted is fitted to its place, in Edit and in Suggest mode. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Fragment, Slice, type Node } from 'prosemirror-model';
import { TextSelection } from 'prosemirror-state';
import { schema } from '#core/article/schema.ts';
import { listSuggestions } from '#core/suggest/list.ts';
import { accepted, original } from '#core/suggest/project.ts';
import { suggestionsIn } from '#core/suggest/entries.ts';
import { parseHtml } from '#core/formats/html/parse.ts';
import { readPaste } from '#core/formats/html/read-paste.ts';
import { cleared } from '#web/editor/across.ts';
import { pasteable, put, textSlice, withoutContext } from '#web/editor/paste.ts';
import type { ArticleSession } from '#web/session/article-session.ts';
import type { Mode } from '#web/session/snapshot.ts';
import { Desk } from '#tests/sync/simulation.ts';
import { select, sitDown } from '#tests/web/session/wire.ts';

const text = (value: string) => (value ? [schema.text(value)] : []);
const bullet = { kind: 'bullet', level: 0, start: 1 };
const article = () =>
  schema.node('doc', null, [
    schema.node('headline', null, text('Headline')),
    schema.node('block', null, text('First.')),
    schema.node('block', null, text('Before after.')),
    schema.node('block', null, []),
    schema.node('figure', { src: '', alt: '' }, text('Caption')),
    schema.node('cell', { starts: 'table' }, text('Cell')),
    schema.node('block', { list: bullet }, [
      ...text('Item'),
      schema.node('footnoteRef', { id: 'n1' }),
    ]),
    schema.node('footnote', { id: 'n1' }, text('Note.')),
  ]);

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) });
});
afterEach(() => {
  vi.useRealTimers();
});

async function open(mode: Mode): Promise<ArticleSession> {
  const desk = await Desk.open(article());
  const { session } = await sitDown(desk, 'tom', 'editor');
  session.setMode(mode);
  return session;
}

function caret(session: ArticleSession, pos: number): void {
  session.dispatch(session.state.tr.setSelection(TextSelection.create(session.state.doc, pos)));
}

const html = (source: string): Slice => {
  const tree = parseHtml(source, true);
  return Slice.maxOpen(Fragment.fromArray(tree ? readPaste(tree, false) : []));
};
const paste = (session: ArticleSession, slice: Slice): void =>
  session.dispatch(
    put(session.state.tr, pasteable(slice, { notes: false, dragged: false }), session.display.by),
  );

/** The kinds and words of the body, a `/` for a break. */
function body(doc: Node): string[] {
  const out: string[] = [];
  doc.forEach((node) => {
    const kind = node.attrs['list']
      ? 'item'
      : ((node.attrs['style'] as string | undefined) ?? node.type.name);
    out.push(
      `${kind}: ${node.textBetween(0, node.content.size, '', (leaf) => (leaf.type.name === 'lineBreak' ? '/' : ''))}`,
    );
  });
  return out;
}

const three = html('<h2>Heading</h2><p>Middle</p><ul><li>Point</li></ul>');

describe('a paste', () => {
  it.each(['edit', 'suggest'] as const)(
    '[PA3] of several blocks in %s mode keeps their forms and those around them',
    async (mode) => {
      const session = await open(mode);
      caret(session, select(session, 'after.').from);
      paste(session, three);
      expect(body(accepted(session.state.doc)).slice(2, 8)).toEqual([
        'paragraph: Before ',
        'heading1: Heading',
        'paragraph: Middle',
        'item: Point',
        'paragraph: after.',
        'paragraph: ',
      ]);
      expect(session.state.selection.$head.parent.textContent).toBe('Point');
      expect(body(original(session.state.doc))).toEqual(
        body(mode === 'edit' ? session.state.doc : article()),
      );
      session.close();
    },
  );

  it.each(['edit', 'suggest'] as const)(
    '[PA3] into an empty paragraph in %s mode gives it the first form; words run on in the paragraph they are put in',
    async (mode) => {
      const session = await open(mode);
      caret(session, select(session, 'after.').to + 2);
      paste(session, three);
      expect(body(accepted(session.state.doc)).slice(3, 7)).toEqual([
        'heading1: Heading',
        'paragraph: Middle',
        'item: Point',
        'figure: Caption',
      ]);
      caret(session, select(session, 'after.').from);
      paste(session, html('<h3>words </h3>'));
      paste(session, html('<p>One</p><p>two </p>'));
      expect(body(accepted(session.state.doc)).slice(2, 4)).toEqual([
        'paragraph: Before wordsOne',
        'paragraph: twoafter.',
      ]);
      session.close();
    },
  );

  it('[PA4] into a line of the masthead is parted by spaces, into a caption, a cell or a footnote by breaks', async () => {
    for (const mode of ['edit', 'suggest'] as const) {
      const session = await open(mode);
      for (const [place, wanted] of [
        ['Headline', 'HeadlineHeading Middle Point'],
        ['Caption', 'CaptionHeading/Middle/Point'],
        ['Cell', 'CellHeading/Middle/Point'],
        ['Note.', 'Note.Heading/Middle/Point'],
      ] as const) {
        caret(session, select(session, place).to);
        paste(session, three);
        const lines = body(accepted(session.state.doc)).map((line) => line.replace(/^.*?: /, ''));
        expect(lines, mode).toContain(wanted);
      }
      expect(accepted(session.state.doc).childCount).toBe(article().childCount);
      session.close();
    }
  });

  it('[PA3] over a selection in Suggest mode strikes it and is one suggestion', async () => {
    const session = await open('suggest');
    const { from, to } = select(session, 'Before');
    session.dispatch(
      session.state.tr.setSelection(TextSelection.create(session.state.doc, from, to)),
    );
    paste(session, textSlice('Long before', []));
    expect(body(accepted(session.state.doc))[2]).toBe('paragraph: Long before after.');
    expect(body(original(session.state.doc))[2]).toBe('paragraph: Before after.');
    expect(session.review.suggestions.size).toBe(1);
    session.close();
  });

  it.each(['edit', 'suggest'] as const)(
    '[PA3] over a selection that reaches into a caption takes the words out and keeps the form, in %s mode',
    async (mode) => {
      const session = await open(mode);
      const from = select(session, 'after.').from;
      const to = select(session, 'Capt').to;
      const { doc } = session.state;
      session.dispatch(session.state.tr.setSelection(TextSelection.create(doc, from, to)));
      const words = pasteable(textSlice('then', []), { notes: false, dragged: false });
      session.dispatch(put(cleared(session.state), words, session.display.by));
      expect(body(accepted(session.state.doc)).slice(2, 5)).toEqual([
        'paragraph: Before then',
        'figure: ion',
        'cell: Cell',
      ]);
      if (mode === 'suggest') expect(body(original(session.state.doc))).toEqual(body(article()));
      session.close();
    },
  );

  it.each(['edit', 'suggest'] as const)(
    '[PA7] of figures and tables among words keeps their form in %s mode',
    async (mode) => {
      const page = html(
        '<p>Before</p><figure><img src="https://example.org/a.jpg" alt="A river"><figcaption>The <i>river</i></figcaption></figure>' +
          '<table><tr><th>Year</th><th>Sum</th></tr><tr><td>2016</td><td>550</td></tr></table>',
      );
      const session = await open(mode);
      caret(session, select(session, 'First.').to);
      paste(session, page);
      const { doc } = session.state;
      doc.check();
      expect(session.getSnapshot().notice).toBe(null);
      expect(body(accepted(doc)).slice(1, 9)).toEqual([
        'paragraph: First.Before',
        'figure: The river',
        'cell: Year',
        'cell: Sum',
        'cell: 2016',
        'cell: 550',
        'paragraph: Before after.',
        'paragraph: ',
      ]);
      if (mode === 'suggest') expect(body(original(doc))).toEqual(body(article()));
      session.close();
    },
  );

  it('[PA7] of a table alone in Suggest mode is one suggestion, behind the paragraph that has the caret', async () => {
    const session = await open('suggest');
    caret(session, select(session, 'Before').to);
    paste(session, html('<table><tr><td>One</td><td>Two</td></tr></table>'));
    const { doc } = session.state;
    expect(body(accepted(doc)).slice(1, 5)).toEqual([
      'paragraph: First.',
      'paragraph: Before after.',
      'cell: One',
      'cell: Two',
    ]);
    expect(listSuggestions(doc)).toMatchObject([
      { kind: 'whole', whole: { what: 'table', goes: false }, inserted: 'One | Two' },
    ]);
    expect(session.state.selection.$head.parent.textContent).toBe('Two');
    expect(body(original(doc))).toEqual(body(article()));
    session.close();
  });

  it('[PA7] of words dragged out of a caption or a cell are words', () => {
    const figure = schema.node('figure', null, text('Caption'));
    const doc = schema.node('doc', null, [schema.node('headline'), schema.node('block'), figure]);
    const moved = pasteable(doc.slice(6, 9), { notes: true, dragged: true });
    expect(moved.content.firstChild?.isText).toBe(true);
    const whole = pasteable(doc.slice(4, 4 + figure.nodeSize), { notes: true, dragged: true });
    expect(whole.content.firstChild?.type.name).toBe('figure');
  });

  it('[PA7] of a table into an empty paragraph takes its place, also beside another table', async () => {
    const session = await open('edit');
    caret(session, select(session, 'after.').to + 2);
    paste(session, html('<table><tr><td>One</td></tr><tr><td>Two</td></tr></table>'));
    expect(body(session.state.doc).slice(2, 6)).toEqual([
      'paragraph: Before after.',
      'cell: One',
      'cell: Two',
      'figure: Caption',
    ]);
    expect(session.state.doc.child(3).attrs['starts']).toBe('table');
    session.close();
  });

  it('[PA5] of plain text makes paragraphs at empty lines, or else of every line', () => {
    const lines = (source: string): string[] => {
      const { content } = textSlice(source, []);
      return content.content.map((node) => node.textBetween(0, node.content.size, '', '/'));
    };
    expect(lines('One\r\ntwo\r\n\r\n\r\nThree\tfour\n')).toEqual(['One/two', 'Three four']);
    expect(lines('One\ntwo\n')).toEqual(['One', 'two']);
    expect(lines('\u0000')).toEqual(['\ufffd']);
    expect(
      textSlice('a word ', [schema.mark('em')]).content.firstChild?.firstChild?.marks,
    ).toHaveLength(1);
    expect(textSlice('\n', []).size).toBe(0);
  });

  it('[PA6] brings no suggestion, no note reference and no second masthead, whatever it says of itself', () => {
    const doc = schema.node('doc', null, [
      schema.node('headline', null, text('Headline')),
      schema.node('block', { sugg: [{ k: 'ins', id: 's2', by: 'ines' }] }, [
        schema.text('haven', [schema.mark('insertion', { id: 's1', by: 'ines' })]),
        schema.node('footnoteRef', { id: 'n1' }),
      ]),
      schema.node('footnote', { id: 'n1' }, text('Note.')),
    ]);
    const pasted = pasteable(doc.slice(0, doc.content.size), { notes: false, dragged: false });
    const holder = schema.node('doc', null, [schema.node('headline'), ...pasted.content.content]);
    expect(suggestionsIn(holder).size).toBe(0);
    expect(body(holder)).toEqual([
      'headline: ',
      'paragraph: Headline',
      'paragraph: haven',
      'paragraph: Note.',
    ]);
    expect(JSON.stringify(pasted.toJSON())).not.toContain('footnote');
    expect(
      JSON.stringify(pasteable(doc.slice(11, 17), { notes: true, dragged: true }).toJSON()),
    ).toContain('footnoteRef');
    const forged = `<p data-pm-slice='3 0 ["block",{"sugg":[{"k":"del","id":"s9","by":"mallory"}]}]'>x</p>`;
    expect(withoutContext(forged)).toBe('<p data-pm-slice="1 0 []">x</p>');
    expect(withoutContext('<p data-pm-slice=1>x</p>')).toBe('<p data-pm-slice="0 0 []">x</p>');
  });
});
