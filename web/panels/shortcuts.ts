/** The keys of the article page outside text, as one table: the listener, the help and the tests read it. */
import { replaceWords } from '#web/panels/replace-words.ts';
import { messages } from '#web/ui/messages.ts';
import { reviewMessages } from '#web/ui/review-messages.ts';

export type Command =
  | 'next'
  | 'previous'
  | 'accept'
  | 'stet'
  | 'reply'
  | 'resolve'
  | 'verdict'
  | 'fix'
  | 'filter-all'
  | 'filter-suggestion'
  | 'filter-fact'
  | 'filter-comment'
  | 'rail'
  | 'help';

/** Single keys; they act only outside text and form fields. */
export const shortcuts: readonly { key: string; command: Command }[] = [
  { key: 'j', command: 'next' },
  { key: 'k', command: 'previous' },
  { key: 'a', command: 'accept' },
  { key: 'x', command: 'stet' },
  { key: 'r', command: 'reply' },
  { key: 'e', command: 'resolve' },
  { key: 'v', command: 'verdict' },
  { key: 's', command: 'fix' },
  { key: '1', command: 'filter-all' },
  { key: '2', command: 'filter-suggestion' },
  { key: '3', command: 'filter-fact' },
  { key: '4', command: 'filter-comment' },
  { key: '[', command: 'rail' },
  { key: '?', command: 'help' },
];

/** Commands that change something for good: they need a card that has been seen. */
export const decisive: ReadonlySet<Command> = new Set(['accept', 'stet', 'resolve']);

/** A card must have been painted this long, in milliseconds, before a key decides it. */
const seenAfter = 300;

/** The command of a key press, or null. Keys with Ctrl, Alt or Meta are other people's, and AltGraph types letters. */
export function commandOf(event: {
  key: string;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
  isComposing?: boolean;
}): Command | null {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing === true) return null;
  const key = event.key.toLowerCase();
  return shortcuts.find((shortcut) => shortcut.key === key)?.command ?? null;
}

/** True when a decision key may act on a card first painted at `paintedAt` (same clock as `now`; null: not painted yet). */
export const mayDecide = (paintedAt: number | null, now: number): boolean =>
  paintedAt !== null && now - paintedAt >= seenAfter;

const { help } = messages;

/** The two lists of the help dialog. */
export const helpRows: {
  outside: readonly [string, string][];
  inText: readonly [string, string][];
} = {
  outside: [
    ['J', help.next],
    ['K', help.previous],
    ['A', help.accept],
    ['X', help.stet],
    ['R', help.reply],
    ['E', help.resolve],
    ['V', help.verdict],
    ['S', help.fix],
    ['1 2 3 4', help.filters],
    ['`', help.peek],
    ['[', reviewMessages.rail],
    ['?', help.help],
    ['Ctrl Enter', help.post],
    ['Ctrl K', reviewMessages.palette.help],
    ['Ctrl F', reviewMessages.palette.find],
    ['Ctrl H', replaceWords.palette],
    ['F6', reviewMessages.regions],
  ],
  inText: [
    ['F8', help.next],
    ['Shift F8', help.previous],
    ['Ctrl Z', help.undo],
    ['Ctrl Shift V', help.plainPaste],
    ['Ctrl Shift Z', help.redo],
    ['Ctrl Alt M', help.comment],
    ['Ctrl Alt K', help.fact],
    ['Ctrl Alt G', help.suggest],
    ['Ctrl Alt F', help.footnote],
    ['Ctrl Alt R', help.reply],
    ['Ctrl Alt 1 2 3', help.modes],
    ['Ctrl Alt 0', help.peek],
    ['Ctrl Enter', help.accept],
    ['Ctrl Shift Enter', help.stet],
    ['Esc', help.escape],
  ],
};
