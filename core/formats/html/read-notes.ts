/** Reads the notes of a page that Galley wrote: an aside for each, with its thread, put on the words marked with its number. */
import type { Draft, DraftMessage, DraftPoint } from '#core/formats/import/draft.ts';
import { placeOfWord } from '#core/formats/import/place.ts';
import {
  attribute,
  childrenOf,
  elementsOf,
  hasClass,
  isElement,
  textOf,
  wordsOf,
  type HtmlElement,
} from '#core/formats/html/parse.ts';
import { timeOf } from '#core/formats/markdown/read-message.ts';
import { inQuotes } from '#core/formats/warning.ts';

/** Where a note's words are in the draft, by the note's number. */
export interface NotePlaces {
  words: Map<string, { from: DraftPoint; to: DraftPoint }>;
  /** Where the link to the note stands. */
  links: Map<string, DraftPoint>;
  /** The keys of changes by the ids of their suggestions. */
  keys: Map<string, string>;
}

/** True for an aside that holds a note. */
export function isNoteAside(element: HtmlElement): boolean {
  return (
    element.tagName === 'aside' &&
    attribute(element, 'role') === 'note' &&
    attribute(element, 'data-id') !== ''
  );
}

/** The lines of an element whose breaks are line ends. */
function linesOf(element: HtmlElement): string {
  let text = '';
  const walk = (node: HtmlElement): void => {
    for (const child of childrenOf(node)) {
      text += textOf(child) ?? '';
      if (isElement(child) && child.tagName === 'br') text += '\n';
      else if (isElement(child)) walk(child);
    }
  };
  walk(element);
  return text;
}

/** The message that begins with a signature; its text is in the next paragraph. */
function messageOf(signature: HtmlElement, text: HtmlElement | undefined): DraftMessage {
  const inside = elementsOf(signature);
  const who = inside.find((one) => hasClass(one, 'who'));
  const time = inside.find((one) => one.tagName === 'time');
  return {
    author: who ? wordsOf(who) : '',
    at: time ? timeOf(attribute(time, 'datetime')) : '',
    text: text ? linesOf(text) : '',
  };
}

const isSignature = (element: HtmlElement): boolean =>
  element.tagName === 'p' && elementsOf(element).some((one) => hasClass(one, 'who'));

/** The message among the children of an element. */
function messageIn(children: readonly HtmlElement[]): DraftMessage {
  const at = children.findIndex(isSignature);
  const signature = children[at];
  if (!signature) return { author: '', at: '', text: '' };
  const next = children[at + 1];
  return messageOf(signature, next?.tagName === 'p' ? next : undefined);
}

/** Adds the thread of an aside to the draft. */
export function readNote(draft: Draft, aside: HtmlElement, places: NotePlaces): void {
  const number = /^note-(\d+)$/.exec(attribute(aside, 'id'))?.[1] ?? '';
  const all = elementsOf(aside);
  const details = all.find((one) => one.tagName === 'details');
  const children = childrenOf(details ?? aside).filter(isElement);
  const summary = all.find((one) => one.tagName === 'summary');
  const title = children.find((one) => hasClass(one, 'title'));
  const quote = all.find((one) => one.tagName === 'q');
  const replies = children.find((one) => hasClass(one, 'replies'));
  const first = messageIn(children.filter((one) => one !== replies));
  const kind = hasClass(aside, 'suggestion')
    ? 'suggestion'
    : hasClass(aside, 'fact')
      ? 'fact'
      : 'comment';
  const key = places.keys.get(attribute(aside, 'data-id'));
  const place = places.words.get(number) ?? null;
  const point = places.links.get(number);
  const about = title ? wordsOf(title) : '';
  const isLost = kind === 'suggestion' && key === undefined;
  const thread = draft.thread(isLost ? 'comment' : kind, first, isLost ? '' : key);
  if (isLost) {
    // What has no marks in a page cannot be a change again.
    const words = first.text === '' ? about : `${about} — ${first.text}`;
    thread.first = { ...first, text: words };
    draft.warn(
      'changed',
      `The suggestion ${inQuotes(words)} of ${first.author} is read as a comment.`,
    );
  }
  thread.quote = quote ? wordsOf(quote) : '';
  thread.place = place ?? (point ? placeOfWord(point) : null);
  if (kind === 'fact') {
    thread.factType = /^Fact to check: ([a-z-]+)$/.exec(about)?.[1] ?? '';
    const cut = first.text.indexOf('\n');
    if (cut >= 0) {
      thread.claim = first.text.slice(0, cut);
      thread.first = { ...first, text: first.text.slice(cut + 1) };
    }
  }
  for (const item of replies ? childrenOf(replies).filter(isElement) : [])
    thread.replies.push(messageIn(childrenOf(item).filter(isElement)));
  if (summary) thread.resolvedBy = / by (.+)$/u.exec(wordsOf(summary))?.[1] ?? '';
}
