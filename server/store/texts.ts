/** The texts of articles as the library's search reads them. A text is as long as its article and a commit mostly a letter: written
 *  with each commit it would be most of what a commit costs. So a commit leaves it here, where this process searches it at once,
 *  and it is written every few seconds. What a crash kept from being written is told by its revision, and made from the log. */
import type { Node } from 'prosemirror-model';
import type { Database } from '#server/store/client.ts';
import { codeOf } from '#server/store/failure.ts';
import { cleanText } from '#server/store/rows.ts';
import { replayed, type Opened } from '#server/store/store.ts';

const textKnown = new WeakMap<Node, string>();

/** What the library's search looks through: the text with its suggestions, cut where nobody would look. Blocks that were not touched
 *  are not read again. */
export function searchText(doc: Node): string {
  const texts: string[] = [];
  doc.forEach((block) => {
    let text = textKnown.get(block);
    if (text === undefined) {
      text = cleanText(block.textBetween(0, block.content.size, '\n', ' '));
      textKnown.set(block, text);
    }
    texts.push(text);
  });
  return texts.join('\n').slice(0, 500_000);
}

/** A text with the revision it is of. */
export interface TextAt {
  rev: number;
  text: string;
}

interface Left {
  rev: number;
  doc: Node;
}

export class Texts {
  private readonly db: Database;
  private readonly open: (articleId: string) => Promise<Opened | null>;
  private readonly left = new Map<string, Left>();
  private running: Promise<void> = Promise.resolve();
  private next: Promise<void> | null = null;

  /** `open` reads an article from the log. */
  constructor(database: Database, open: (articleId: string) => Promise<Opened | null>) {
    this.db = database;
    this.open = open;
  }

  /** The document of an article at a revision that this process has just stored. */
  leave(articleId: string, rev: number, doc: Node): void {
    this.left.set(articleId, { rev, doc });
  }

  /** What is not written yet of an article, as far as this process knows it. */
  of(articleId: string): TextAt | null {
    const left = this.left.get(articleId);
    return left ? { rev: left.rev, text: searchText(left.doc) } : null;
  }

  /** Writes all that was left before the call. */
  keep(): Promise<void> {
    // Who asks while one writing is under way waits for the next, which begins with what they know of.
    this.next ??= this.running
      .catch(() => undefined)
      .then(() => {
        this.next = null;
        this.running = this.writeLeft();
        return this.running;
      });
    return this.next;
  }

  /** Makes the text of an article anew from its log, for one whose process has gone without writing it. */
  async remake(articleId: string): Promise<void> {
    const opened = await this.open(articleId);
    if (!opened) return;
    try {
      const { rev, doc } = replayed(opened);
      await this.write(articleId, rev, doc);
    } catch (error) {
      if (codeOf(error) !== undefined) throw error;
      // A log that cannot be read is found by the text it had; asking again each time would hold up all others.
      await this.db.pool.query(`UPDATE "Article" SET "textRev" = rev WHERE id = $1`, [articleId]);
    }
  }

  private async writeLeft(): Promise<void> {
    // What is left meanwhile waits for the next writing, or this one would never end while people type.
    const left = [...this.left];
    for (const [articleId, { rev, doc }] of left) {
      await this.write(articleId, rev, doc);
      if (this.left.get(articleId)?.rev === rev) this.left.delete(articleId);
    }
  }

  /** Writes a text, unless another process has written a newer one. */
  private async write(articleId: string, rev: number, doc: Node): Promise<void> {
    await this.db.pool.query(
      `UPDATE "Article" SET text = $3, "textRev" = $2 WHERE id = $1 AND "textRev" < $2`,
      [articleId, rev, searchText(doc)],
    );
  }
}
