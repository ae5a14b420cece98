/** Marks an article through the real server without a page: a person's hand that is fast enough to fill it. */
import type { Node } from 'prosemirror-model';
import { Transform } from 'prosemirror-transform';
import { io, type Socket } from 'socket.io-client';
import type { AskedOp } from '#core/annotate/op.ts';
import { quoteAt } from '#core/annotate/quote.ts';
import { track } from '#core/suggest/track.ts';
import type { Commit, StepJson } from '#core/sync/commit.ts';
import type { Joined } from '#core/sync/protocol.ts';
import { apply, reviewFromJson, type Review } from '#core/sync/review.ts';

/** Where `words` stand in one block of the document; those that start at or after `from`. */
export function find(doc: Node, words: string, from = 0): { from: number; to: number } | null {
  let found = -1;
  doc.descendants((node, pos) => {
    if (found >= 0 || !node.isTextblock) return found < 0;
    const text = node.textBetween(0, node.content.size, undefined, '\ufffc');
    for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1))
      if (found < 0 && pos + 1 + at >= from) found = pos + 1 + at;
    return false;
  });
  return found < 0 ? null : { from: found, to: found + words.length };
}

export class Hand {
  review: Review;
  private readonly socket: Socket;
  private readonly articleId: string;
  private readonly userId: string;
  private readonly clientId: string;
  private seq = 0;

  private constructor(
    socket: Socket,
    { articleId, clientId }: { articleId: string; clientId: string },
    userId: string,
    review: Review,
  ) {
    this.clientId = clientId;
    this.socket = socket;
    this.articleId = articleId;
    this.userId = userId;
    this.review = review;
    socket.on('article:commits', (frame: { commits: Commit[] }) => {
      for (const commit of frame.commits)
        if (commit.rev === this.review.rev + 1) this.review = apply(this.review, commit);
    });
  }

  /** Signs in as one of the demo's people and opens an article by a word of its headline. */
  static async open(url: string, name: string, headline: RegExp): Promise<Hand> {
    const demo = (await (await fetch(`${url}/api/demo`)).json()) as {
      people: { id: string; name: string }[];
    };
    const userId = demo.people.find((person) => person.name === name)?.id ?? '';
    const entered = await fetch(`${url}/api/demo/sign-in`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: url },
      body: JSON.stringify({ userId }),
    });
    const cookie = entered.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ');
    const library = (await (
      await fetch(`${url}/api/articles`, { headers: { cookie } })
    ).json()) as { articles: { id: string; headline: string }[] };
    const article = library.articles.find((each) => headline.test(each.headline));
    if (!article) throw new Error(`No article is like ${headline}.`);
    const socket = io(url, {
      transports: ['websocket'],
      extraHeaders: { cookie, Origin: url },
      forceNew: true,
    });
    const clientId = `hand-${Math.random().toString(36).slice(2, 12)}`;
    const asked = { articleId: article.id, clientId };
    const joined = (await socket.emitWithAck('article:join', asked)) as Joined & {
      review?: Parameters<typeof reviewFromJson>[0];
    };
    if (!joined.review) throw new Error(`The article was not opened: ${JSON.stringify(joined)}`);
    return new Hand(socket, asked, userId, reviewFromJson(joined.review));
  }

  /** Sends one commit and waits until it is part of the own review. */
  private async commit(intent: 'annotate' | 'suggest', steps: StepJson[], ops: AskedOp[]) {
    this.seq += 1;
    const base = this.review.rev;
    const commit = { clientId: this.clientId, seq: this.seq, base, intent, steps, ops };
    const send = async (): Promise<{ rev?: number; retryMs?: number }> =>
      (await this.socket
        .timeout(20_000)
        .emitWithAck('article:commit', { articleId: this.articleId, commit })) as {
        rev?: number;
        retryMs?: number;
      };
    let receipt = await send();
    // Faster than anybody types: the server asks for patience.
    for (let tries = 0; receipt.retryMs !== undefined && tries < 50; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      receipt = await send();
    }
    if (receipt.rev === undefined) throw new Error(`Refused: ${JSON.stringify(receipt)}`);
    for (let i = 0; i < 4000 && this.review.rev < receipt.rev; i++)
      await new Promise((resolve) => setTimeout(resolve, 5));
  }

  private id(): string {
    return `n${Math.random().toString(36).slice(2, 14)}`;
  }

  async comment(range: { from: number; to: number }, text: string): Promise<string> {
    const id = this.id();
    const quote = quoteAt(this.review.doc, range.from, range.to);
    await this.commit(
      'annotate',
      [],
      [{ op: 'comment.open', id, ...range, quote, text, audience: 'all' }],
    );
    return id;
  }

  async fact(range: { from: number; to: number }, check: string): Promise<string> {
    const id = this.id();
    const quote = quoteAt(this.review.doc, range.from, range.to);
    const claim = { id: this.id(), type: 'description' as const, text: quote.exact, check };
    await this.commit(
      'annotate',
      [],
      [{ op: 'occurrence.open', id, ...range, quote, claim, audience: 'all' }],
    );
    return id;
  }

  /** Gives a verdict other than confirmed, which would need a source. */
  async verdict(occurrenceId: string, verdict: string, rationale: string): Promise<void> {
    const change = { do: 'check', verdict, certainty: null, rationale, citationIds: [] };
    const { articleId } = this;
    const answer: unknown = await this.socket
      .timeout(20_000)
      .emitWithAck('claim:change', { articleId, occurrenceId, change });
    if (!(answer as { ok?: boolean }).ok) throw new Error(`Refused: ${JSON.stringify(answer)}`);
  }

  async suggest(
    { from, to }: { from: number; to: number },
    replacement: string,
    reason = '',
  ): Promise<string | null> {
    const { doc } = this.review;
    const tr = new Transform(doc);
    if (replacement === '') tr.delete(from, to);
    else tr.replaceWith(from, to, doc.type.schema.text(replacement));
    const id = this.id();
    const tracked = track(doc, tr, this.userId, { idFor: () => id });
    if ('refused' in tracked) return null;
    const steps = tracked.steps.map((step) => step.toJSON() as StepJson);
    await this.commit('suggest', steps, [{ op: 'suggestion.open', id, reason, category: '' }]);
    return id;
  }

  close(): void {
    this.socket.close();
  }
}
