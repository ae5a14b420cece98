/** Changes that come without a key of ours: a spell-checker's word, undo from a menu, what a phone's keyboard deletes.
 *  They are made here, on the text, rather than read back from what the browser makes of the page. */
import { Plugin, TextSelection, type EditorState } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import type { ArticleSession } from '#web/session/article-session.ts';
import { joinsBefore } from '#web/session/spare-hidden.ts';
import { pastHidden } from '#web/editor/as-edited.ts';

/** The range of the text that an input is about; null when the browser does not say. */
function targetOf(view: EditorView, event: InputEvent): { from: number; to: number } | null {
  const [range] = event.getTargetRanges();
  if (!range || !view.dom.contains(range.startContainer) || !view.dom.contains(range.endContainer))
    return null;
  const from = view.posAtDOM(range.startContainer, range.startOffset, 1);
  const to = view.posAtDOM(range.endContainer, range.endOffset, -1);
  return { from: Math.min(from, to), to: Math.max(from, to) };
}

const textOf = (event: InputEvent): string =>
  event.data ?? event.dataTransfer?.getData('text/plain') ?? '';

/** Puts the word of a spell-checker or of autocorrection in place of another: one replacement, whole. */
function replaceWord(view: EditorView, event: InputEvent): boolean {
  const target = targetOf(view, event);
  const text = textOf(event);
  if (!target || text === '' || /[\r\n]/.test(text)) return false;
  const { tr } = view.state;
  tr.insertText(text, target.from, target.to);
  tr.setSelection(TextSelection.create(tr.doc, target.from + text.length));
  view.dispatch(tr.scrollIntoView());
  return true;
}

function insert(view: EditorView, event: InputEvent): boolean {
  const text = textOf(event);
  if (text === '' || /[\r\n]/.test(text)) return false;
  const { from, to } = view.state.selection;
  const plain = () => view.state.tr.insertText(text).scrollIntoView();
  if (!view.someProp('handleTextInput', (handle) => handle(view, from, to, text, plain)))
    view.dispatch(plain());
  return true;
}

/** The end of a run of letters and signs that a key for words takes out, spaces between it and the caret included. */
const isWordEnd = (taken: string, next: string): boolean =>
  /\S/u.test(taken) &&
  (/\s/u.test(next) || /[\p{L}\p{N}’']/u.test(taken) !== /[\p{L}\p{N}’']/u.test(next));

/** How far a deletion reaches from the caret, over words that are seen, when the browser does not say. */
function reachOf(
  { doc, selection }: EditorState,
  type: string,
): { from: number; to: number } | null {
  if (!selection.empty) return { from: selection.from, to: selection.to };
  const dir = type.endsWith('Backward') ? -1 : 1;
  let taken = '';
  let at = selection.head;
  for (;;) {
    const pos = pastHidden(doc, at, dir);
    const $pos = doc.resolve(pos);
    const node = dir < 0 ? $pos.nodeBefore : $pos.nodeAfter;
    if (!node) break;
    const signs = [...new Intl.Segmenter().segment(node.text ?? ' ')].map(({ segment }) => segment);
    const next = (dir < 0 ? signs.at(-1) : signs[0]) ?? ' ';
    if (type.startsWith('deleteWord') && isWordEnd(taken, next)) break;
    taken += next;
    at = pos + dir * (node.isText ? next.length : node.nodeSize);
    if (type.startsWith('deleteContent')) break;
  }
  const head = selection.head;
  return at === head ? null : { from: Math.min(at, head), to: Math.max(at, head) };
}

/** Deletes what a key or a phone's keyboard would delete of the words on the screen. Paragraphs that are seen as two are
 *  joined by the commands of keys. */
function remove(view: EditorView, event: InputEvent): boolean {
  const { doc, tr } = view.state;
  const target = targetOf(view, event) ?? reachOf(view.state, event.inputType);
  if (!target || target.from === target.to) return false;
  const { from, to } = target;
  if (doc.resolve(from).depth !== 1 || doc.resolve(to).depth !== 1) return false;
  const first = doc.resolve(from).index(0);
  for (let index = first + 1; index <= doc.resolve(to).index(0); index++)
    if (!joinsBefore(doc, index)) return false;
  view.dispatch(tr.delete(from, to).scrollIntoView());
  return true;
}

function answered(session: ArticleSession, view: EditorView, event: InputEvent): boolean {
  const { inputType: type } = event;
  if (type === 'historyUndo' || type === 'historyRedo') {
    if (type === 'historyUndo') session.undo();
    else session.redo();
    return true;
  }
  if (type === 'insertReplacementText') return replaceWord(view, event);
  // Beside words that are not on the screen the browser's own editing may reach into them.
  if (session.display.view !== 'accepted') return false;
  if (type === 'insertText') return insert(view, event);
  return type.startsWith('delete') && type !== 'deleteByDrag' && type !== 'deleteByCut'
    ? remove(view, event)
    : false;
}

export function beforeInput(session: ArticleSession): Plugin {
  return new Plugin({
    props: {
      handleDOMEvents: {
        beforeinput(view, event) {
          if (!event.cancelable || event.isComposing || view.composing || !view.editable)
            return false;
          if (!answered(session, view, event)) return false;
          event.preventDefault();
          return true;
        },
      },
    },
  });
}
