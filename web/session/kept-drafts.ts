/** Notes half written on one article, kept on the device as they are typed: the words by the page's own keys, and which note
 *  was open, with the words it is about. Without storage they live as long as the page. */
import type { Node } from 'prosemirror-model';
import { quoteAt, type Quote } from '#core/annotate/quote.ts';
import { database } from '#web/session/database.ts';
import { onlyPlace } from '#web/session/only-place.ts';

/** The page does not wait for slow storage longer than this. */
const patience = 800;
const openKey = 'open ';

type Kind = 'comment' | 'fact' | 'suggestion';

interface Range {
  from: number;
  to: number;
}

/** The key under which the words of a new note are kept. */
export const newNoteKey = (kind: Kind, quote: string): string => `new ${kind} ${quote}`;

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

  /** The words of notes that are not posted. */
  get halfWritten(): string[] {
    return [...this].flatMap(([key, text]) =>
      key.startsWith(openKey) || text.trim() === '' ? [] : [text],
    );
  }

  /** Notes which note is open, with its words; null when none is. */
  keepOpen(draft: { kind: Kind; range: Range; quote: string } | null, doc: Node): void {
    for (const key of this.keys()) if (key.startsWith(openKey)) this.delete(key);
    if (!draft) return;
    const quote = quoteAt(doc, draft.range.from, draft.range.to);
    this.set(`${openKey}${draft.kind}`, JSON.stringify({ about: draft.quote, quote }));
  }

  /** The note that was open when the page went away, if anything was written in it: with its place, or with its words alone. */
  leftOpen(
    doc: Node,
  ): { kind: Kind; quote: string; range: Range } | { kind: Kind; words: string } | null {
    for (const kind of ['comment', 'fact', 'suggestion'] as const) {
      const json = this.get(`${openKey}${kind}`);
      if (json === undefined) continue;
      const { about, quote } = JSON.parse(json) as { about: string; quote: Quote };
      const words = this.get(newNoteKey(kind, about)) ?? '';
      if (words.trim() === '') continue;
      const range = onlyPlace(doc, quote);
      return range ? { kind, quote: about, range } : { kind, words };
    }
    return null;
  }
}
