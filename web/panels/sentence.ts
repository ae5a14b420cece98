/** What a suggestion says, in words: Replace “heaven” with “haven”. Also the one line each annotation has for those who listen. */
import type { Review } from '#core/sync/review.ts';
import type { SuggestionInText, WholeChange } from '#core/suggest/list.ts';
import type { Annotation } from '#web/panels/annotations.ts';
import { messages } from '#web/ui/messages.ts';
import { wholeWords } from '#web/ui/whole-words.ts';

/** The change as data: which words go and which come. Line ends and atoms read as a pilcrow and an asterisk. */
export type Change =
  | { is: 'replace'; from: string; to: string }
  | { is: 'insert'; text: string }
  | { is: 'delete'; text: string }
  | { is: 'move'; text: string }
  | { is: 'footnote'; text: string; goes: boolean }
  | { is: 'whole'; text: string; whole: WholeChange }
  | { is: 'split' | 'join' | 'format' | 'block' };

/** What a sentence needs to know of a suggestion: a row of the review, or what stands in the text. */
export interface Changed {
  deleted: string;
  inserted: string;
  kind?: SuggestionInText['kind'];
  formats?: SuggestionInText['formats'];
  styles?: SuggestionInText['styles'];
  whole?: WholeChange | null;
}

const readable = (text: string): string => text.replaceAll('\n', ' ¶ ').replaceAll('\ufffc', '*');

/** What comes or goes as a whole: the caption of a picture, or the cells of rows that have words. */
const cells = (text: string): string =>
  readable(
    text
      .split('\n')
      .map((row) =>
        row
          .split(' | ')
          .filter((cell) => cell.trim() !== '')
          .join(' | '),
      )
      .filter((row) => row !== '')
      .join(' · '),
  );

export function changeOf({ deleted, inserted, kind, whole }: Changed): Change {
  if (whole) return { is: 'whole', text: cells(whole.goes ? deleted : inserted), whole };
  if (kind === 'footnote')
    return { is: 'footnote', text: readable(inserted || deleted), goes: deleted !== '' };
  if (deleted === '\n' && inserted === '') return { is: 'join' };
  if (inserted === '\n' && deleted === '') return { is: 'split' };
  const from = readable(deleted);
  const to = readable(inserted);
  if (from && kind === 'move') return { is: 'move', text: from };
  if (from && to) return { is: 'replace', from, to };
  if (to) return { is: 'insert', text: to };
  if (from) return { is: 'delete', text: from };
  return { is: kind === 'block' ? 'block' : 'format' };
}

/** The change as one sentence. */
export function sentenceOf(changed: Changed): string {
  const change = changeOf(changed);
  switch (change.is) {
    case 'replace':
      return messages.sentence.replace(change.from, change.to);
    case 'insert':
      return messages.sentence.insert(change.text);
    case 'delete':
      return messages.sentence.remove(change.text);
    case 'footnote':
      return change.goes
        ? messages.sentence.footnoteGoes(change.text)
        : messages.sentence.footnote(change.text);
    case 'whole':
      return wholeWords.sentence(change.whole, change.text);
    case 'move':
      return messages.sentence.move(change.text);
    case 'format':
    case 'block':
      return styleSentence(changed) || messages.sentence[change.is];
    default:
      return messages.sentence[change.is];
  }
}

/** "Make bold · Make it a heading": what becomes of the looks, or nothing when it is not known any more. */
function styleSentence({ formats, styles }: Changed): string {
  const { looks } = messages;
  const parts: string[] = [
    ...(formats?.add ?? []).map((name) => looks.add[name as keyof typeof looks.add] ?? ''),
    ...(formats?.remove ?? []).map((name) => looks.remove[name as keyof typeof looks.remove] ?? ''),
  ];
  if (styles)
    parts.push(
      styles.after.list ? looks.list[styles.after.list.kind] : looks.style[styles.after.style],
    );
  return parts.filter((part) => part !== '').join(' · ');
}

/** A suggestion as its card shows it: what stands in the text, else what its row remembers. */
export const changedBy = (item: Extract<Annotation, { kind: 'suggestion' }>): Changed =>
  item.inText ?? item.note;

/** Shortens to `length` characters, at a word where one is near. */
export function shortened(text: string, length: number): string {
  const plain = text.replace(/\s+/gu, ' ').trim();
  if (plain.length <= length) return plain;
  const cut = plain.slice(0, length);
  const space = cut.lastIndexOf(' ');
  return `${(space > length / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}

/** With a full stop, unless it has an end of its own. */
export const asSentence = (text: string): string => (/[.?!…]$/u.test(text) ? text : `${text}.`);

/** The name of a person of the review. */
export const nameOf = (review: Review, id: string): string =>
  review.people.get(id)?.name ?? messages.news.someone;

/** "Suggestion, Ines Moreau: Replace “heaven” with “haven”". */
export function lineOf(item: Annotation, review: Review): string {
  const name = nameOf(review, item.by);
  switch (item.kind) {
    case 'suggestion':
      return messages.notes.lineSuggestion(name, sentenceOf(changedBy(item)));
    case 'comment':
      return messages.notes.lineComment(name, shortened(item.note.text, 160));
    case 'fact':
      return messages.notes.lineFact(name, shortened(item.claim?.check || item.quote, 160));
  }
}
