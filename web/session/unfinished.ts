/** What a key of half-written words says: of which kind they are, where they belong, and which of a form's fields are words. */

/** Which note is open stands under these keys. */
export const openKey = 'open ';

export type NoteKind = 'comment' | 'fact' | 'suggestion';
/** A form is a new note on words, a change of one's own note or reply, or one of the desk. */
export type FormKind = NoteKind | 'edit' | 'cite' | 'verdict' | 'hand-over';
export type Form = Readonly<Record<string, string>>;

/** Something half written: where it belongs (words, a note, or nothing), and all its words. */
export interface Unfinished {
  key: string;
  what: FormKind | 'reply';
  place: string;
  text: string;
}

/** The fields that are words; the others are choices, which say nothing by themselves. */
const wordFields: Record<FormKind, readonly string[]> = {
  comment: ['text'],
  fact: ['text'],
  suggestion: ['text', 'reason'],
  edit: ['text'],
  cite: ['title', 'address', 'publisher', 'dated', 'locator', 'quote'],
  verdict: ['rationale'],
  'hand-over': ['note'],
};

const isFormKind = (kind: string): kind is FormKind => Object.hasOwn(wordFields, kind);

/** The key of a form: its kind, and the words or the note it is about. Keys of replies are the bare ids of notes. */
export const formKey = (kind: FormKind, place = ''): string => `form ${kind} ${place}`;

function partsOf(key: string): { kind: FormKind; place: string } | null {
  const [, kind = '', place = ''] = /^form (\S+) ([^]*)$/.exec(key) ?? [];
  return isFormKind(kind) ? { kind, place } : null;
}

/** Reads a form back; null when there is none. */
export function formOf(json: string | undefined): Form | null {
  return json === undefined ? null : (JSON.parse(json) as Form);
}

/** The words of a form that somebody wrote: not the ones a suggestion began with. */
export function wordsOf(key: string, form: Form | null): string[] {
  const parts = partsOf(key);
  if (!parts || !form) return [];
  const { kind, place } = parts;
  return wordFields[kind].flatMap((field) => {
    const text = form[field] ?? '';
    const isGiven = kind === 'suggestion' && field === 'text' && text === place;
    return text.trim() === '' || isGiven ? [] : [text];
  });
}

/** What of all that is kept has words. */
export function unfinishedIn(kept: Iterable<readonly [string, string]>): Unfinished[] {
  return [...kept].flatMap(([key, value]): Unfinished[] => {
    if (key.startsWith(openKey)) return [];
    const parts = partsOf(key);
    if (!parts) return value.trim() === '' ? [] : [{ key, what: 'reply', place: key, text: value }];
    const text = wordsOf(key, formOf(value)).join('\n');
    return text === '' ? [] : [{ key, what: parts.kind, place: parts.place, text }];
  });
}
