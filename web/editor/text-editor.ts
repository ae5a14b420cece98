/** The editor of one session: a plain ProseMirror view on the session's state, outside React's tree. */
import type { DirectEditorProps, MarkViewConstructor } from 'prosemirror-view';
import { EditorView } from 'prosemirror-view';
import { TextSelection } from 'prosemirror-state';
import { numberFootnotes } from '#core/formats/footnote-numbers.ts';
import { plainOf } from '#core/suggest/entries.ts';
import { headlineOf } from '#core/sync/review.ts';
import type { ArticleSession } from '#web/session/article-session.ts';
import { placeOf } from '#web/session/annotations.ts';
import { across, cleared } from '#web/editor/across.ts';
import { asEdited } from '#web/editor/as-edited.ts';
import { beforeInput } from '#web/editor/before-input.ts';
import { caret, lookForCaret } from '#web/editor/caret.ts';
import { CopySerializer, plainText, readable } from '#web/editor/clipboard.ts';
import { composition } from '#web/editor/composition.ts';
import { cutElsewhere } from '#web/editor/cut-elsewhere.ts';
import { decorations } from '#web/editor/decorations.ts';
import { drop } from '#web/editor/drop.ts';
import { EditorGeometry } from '#web/editor/geometry.ts';
import { keys } from '#web/editor/keys.ts';
import { listNumbers } from '#web/editor/list-numbers.ts';
import {
  PasteParser,
  pasteable,
  put,
  readerIsHere,
  textSlice,
  waitForReader,
  withoutContext,
} from '#web/editor/paste.ts';
import { pointer } from '#web/editor/pointer.ts';
import { pictures } from '#web/editor/picture-plugin.ts';
import { tables } from '#web/editor/tables.ts';

const rightToLeft: ReadonlySet<string> = new Set(['ar', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi']);

const suggestionView =
  (tag: 'ins' | 'del'): MarkViewConstructor =>
  (mark) => {
    const { id, by } = mark.attrs as { id: string; by: string };
    const dom = document.createElement(tag);
    dom.dataset['annotation'] = id;
    dom.dataset['by'] = by;
    dom.setAttribute('aria-details', `note-${id}`);
    return { dom };
  };

export class TextEditor {
  readonly session: ArticleSession;
  /** Where annotations and the selection are, in pixels on the sheet. */
  readonly geometry = new EditorGeometry();
  #view: EditorView | null = null;

  constructor(session: ArticleSession) {
    this.session = session;
    session.configure([
      caret(),
      composition(session),
      beforeInput(session),
      asEdited(session),
      keys(session),
      across(),
      pointer(session),
      cutElsewhere(session),
      tables(() => session.display),
      pictures(session),
      listNumbers(),
      ...decorations(() => ({
        review: session.review,
        facts: session.display.facts,
        focused: session.display.focused,
        carets: session.carets,
      })),
    ]);
  }

  /** Puts the view into `sheet`; returns how to take it away. */
  mount(sheet: HTMLElement): () => void {
    const { session } = this;
    const view = new EditorView(sheet, {
      state: session.state,
      editable: () => session.display.writable,
      attributes: () => this.#attributes(),
      markViews: { insertion: suggestionView('ins'), deletion: suggestionView('del') },
      dispatchTransaction: (tr) => session.dispatch(tr),
      ...this.#clipboard(),
      handleDOMEvents: {
        focus: () => {
          session.enterText();
          return false;
        },
        paste: waitForReader,
      },
      scrollMargin: { top: 80, bottom: 48, left: 0, right: 0 },
      scrollThreshold: { top: 80, bottom: 48, left: 0, right: 0 },
    });
    this.#view = view;
    this.#hideSelection(view);
    void readerIsHere();
    this.#dress(sheet);
    const stopMeasuring = this.geometry.watch({
      view,
      sheet,
      review: () => session.review,
      focused: () => session.display.focused,
    });
    const stopAsking = session.onBefore(() => lookForCaret(view));
    const stopState = session.onState(() => {
      view.updateState(session.state);
      this.#dress(sheet);
      this.geometry.request();
    });
    return () => {
      stopAsking();
      stopState();
      stopMeasuring();
      this.#view = null;
      view.destroy();
    };
  }

  /** How the text goes to the clipboard and comes from it. */
  #clipboard(): Partial<DirectEditorProps> {
    const { session } = this;
    const numberOf = (id: string): number | undefined =>
      numberFootnotes(session.state.doc).numbers.get(id);
    return {
      transformCopied: (slice) => readable(slice, session.display.view),
      clipboardTextSerializer: (slice) => plainText(slice, numberOf),
      clipboardSerializer: new CopySerializer(numberOf),
      transformPastedHTML: withoutContext,
      clipboardParser: new PasteParser(),
      clipboardTextParser: (text, $at) => textSlice(text, plainOf($at.marks())),
      transformPasted: (slice, view) =>
        pasteable(slice, { notes: view.dragging?.move === true, dragged: view.dragging !== null }),
      handlePaste: (view, _event, slice) => {
        if (slice.size === 0) return false;
        const tr = put(cleared(view.state), slice, session.display.by);
        view.dispatch(tr.scrollIntoView().setMeta('paste', true).setMeta('uiEvent', 'paste'));
        return true;
      },
      handleDrop: (view, event, slice, moved) =>
        drop(view, event, { slice, moved, by: session.display.by }),
    };
  }

  #attributes(): Record<string, string> {
    const { mode, writable } = this.session.display;
    const label = headlineOf(this.session.state.doc) || 'Article';
    if (!writable) return { role: 'document', 'aria-label': label, tabindex: '0' };
    return {
      role: 'textbox',
      'aria-multiline': 'true',
      'aria-label': `${label} (${mode === 'suggest' ? 'suggesting' : 'editing'})`,
      spellcheck: 'true',
      // Reached with Tab anyway; said for what looks at attributes only.
      tabindex: '0',
    };
  }

  /** With every drawing React walks through the whole of an editable element that has the keyboard, to find its selection and put
   *  it back if the drawing has lost it. It draws nothing in here; what it asks for is answered as for any other element. */
  #hideSelection(view: EditorView): void {
    Object.defineProperty(view.dom, 'contentEditable', {
      configurable: true,
      get: () => 'inherit',
      set() {
        // It is set by the attribute alone.
      },
    });
  }

  /** The sheet says in which view and language the text is. */
  #dress(sheet: HTMLElement): void {
    const { view, mode } = this.session.display;
    const { language } = this.session.review.article;
    const dir = rightToLeft.has(language.split('-')[0] ?? '') ? 'rtl' : 'ltr';
    // Setting what is set already would have the browser style the whole text again, with every key.
    for (const [name, value] of Object.entries({
      'data-view': view,
      'data-mode': mode,
      lang: language,
      dir,
    }))
      if (sheet.getAttribute(name) !== value) sheet.setAttribute(name, value);
  }

  /** Gives the keyboard to the text, with the caret where it was. */
  focus(): void {
    this.#view?.focus();
  }

  /** Where a stretch of the text is drawn on the page; null when it is not. */
  drawn({ from, to }: { from: number; to: number }): Range | null {
    const view = this.#view;
    if (!view || to > view.state.doc.content.size) return null;
    const [start, end] = [view.domAtPos(from, 1), view.domAtPos(to, -1)];
    const range = document.createRange();
    range.setStart(start.node, start.offset);
    range.setEnd(end.node, end.offset);
    return range;
  }

  /** Selects a stretch of the text and gives the keyboard to it. */
  select({ from, to }: { from: number; to: number }): void {
    const { state } = this.session;
    if (to <= state.doc.content.size)
      this.session.dispatch(state.tr.setSelection(TextSelection.create(state.doc, from, to)));
    this.#view?.focus();
  }

  /** Gives the keyboard to the text at an annotation: where Escape from its card leads. */
  focusAt(id: string): void {
    const place = placeOf(this.session.review, id);
    const { state } = this.session;
    if (place && place.from <= state.doc.content.size)
      this.session.dispatch(
        state.tr.setSelection(TextSelection.near(state.doc.resolve(place.from))),
      );
    this.#view?.focus();
  }
}
