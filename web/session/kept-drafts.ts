/** What is half written on one article, kept on the device as it is typed: the words of notes, replies and forms, each under a
 *  key that says what it is and where it belongs, and which note was open, with the words it is about. Without storage they
 *  live as long as the page. */
import type { Node } from 'prosemirror-model';
import { quoteAt, type Quote } from '#core/annotate/quote.ts';
import { database } from '#web/session/database.ts';
import { onlyPlace } from '#web/session/only-place.ts';
import {
  formKey,
  formOf,
  openKey,
  unfinishedIn,
  wordsOf,
  type Form,
  type NoteKind,
  type Unfinished,
} from '#web/session/unfinished.ts';

/** The page does not wait for slow storage longer than this. */
const patience = 800;

interface Range {
  from: number;
  to: number;
}

export class KeptDrafts extends Map<string, string> {
  readonly #place: [string, string];

  private constructor(userId: string, articleId: string) {
    super();
    this.#place = [userId, articleId];
  }

  static async open(userId: string, articleId: string): Promise<KeptDrafts> {
    const drafts = new KeptDrafts(userId, articleId);
    const slow = new Promise<void>((resolve) => setTimeout(resolve, patience));
    await Promise.race([drafts.#load(), slow]);
    return drafts;
  }

  async #load(): Promise<void> {
    try {
      const [userId, articleId] = this.#place;
      const all = IDBKeyRange.bound([userId, articleId, ''], [userId, articleId, '\uffff']);
      for (const { key, text } of await (await database()).getAll('drafts', all))
        if (!this.has(key)) super.set(key, text);
    } catch {
      // Without storage there is nothing to load; the words live in the page.
    }
  }

  override set(key: string, text: string): this {
    super.set(key, text);
    const [userId, articleId] = this.#place;
    void database()
      .then((db) => db.put('drafts', { userId, articleId, key, text }))
      .catch(() => undefined);
    return this;
  }

  override delete(key: string): boolean {
    void database()
      .then((db) => db.delete('drafts', [...this.#place, key]))
      .catch(() => undefined);
    return super.delete(key);
  }

  /** All that is half written here. */
  get unfinished(): Unfinished[] {
    return unfinishedIn(this);
  }

  /** The fields of a form as they were left; null when it is as it began. */
  form(key: string): Form | null {
    return formOf(this.get(key));
  }

  setForm(key: string, form: Form): void {
    this.set(key, JSON.stringify(form));
  }

  /** Notes which note is open, with its words; null when none is. */
  keepOpen(draft: { kind: NoteKind; range: Range; quote: string } | null, doc: Node): void {
    for (const key of this.keys()) if (key.startsWith(openKey)) this.delete(key);
    if (!draft) return;
    const quote = quoteAt(doc, draft.range.from, draft.range.to);
    this.set(`${openKey}${draft.kind}`, JSON.stringify({ about: draft.quote, quote }));
  }

  /** The note that was open when the page went away, if anything was written in it: with its place, or with its words alone. */
  leftOpen(
    doc: Node,
  ): { kind: NoteKind; quote: string; range: Range } | { kind: NoteKind; words: string } | null {
    for (const kind of ['comment', 'fact', 'suggestion'] as const) {
      const json = this.get(`${openKey}${kind}`);
      if (json === undefined) continue;
      const { about, quote } = JSON.parse(json) as { about: string; quote: Quote };
      const key = formKey(kind, about);
      const words = wordsOf(key, this.form(key)).join('\n');
      if (words.trim() === '') continue;
      const range = onlyPlace(doc, quote);
      return range ? { kind, quote: about, range } : { kind, words };
    }
    return null;
  }
}
