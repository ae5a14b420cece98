// What a commit costs the server in an article with many notes: a letter typed, suggested, and a note opened; in texts of three sizes.
import type { Anchor } from '#core/annotate/anchor.ts';
import type { Comment } from '#core/annotate/annotation.ts';
import { quoteAt } from '#core/annotate/quote.ts';
import { schema } from '#core/article/schema.ts';
import type { AskedCommit } from '#core/sync/commit.ts';
import type { Standing } from '#core/sync/policy.ts';
import { newReview } from '#core/sync/review.ts';
import type { Context } from '#server/context.ts';
import { percentile, type Figure } from './figure.ts';
import { record } from './record.ts';
import { openServer } from './server.ts';

const sizes = [2_000, 20_000, 100_000];
const counts = [1_000, 5_000];
const commits = 200;
const warm = 50;
const paragraph = 50;
const lexicon = 'turtles nest on warm sand along the coast and nobody counts them twice'.split(' ');
const editor: Standing = {
  userId: 'bench-editor',
  role: 'editor',
  stage: 'desk',
  member: false,
  restricted: false,
  writer: false,
};

async function fill({ store }: Context, words: number, notes: number): Promise<string> {
  const doc = schema.node('doc', null, [
    schema.node('headline', null, [schema.text(`${words} words`)]),
    ...Array.from({ length: words / paragraph }, (_, p) => {
      const say = (_: unknown, w: number): string =>
        lexicon[(p * 5 + w * 3) % lexicon.length] ?? '';
      return schema.node('block', null, [
        schema.text(Array.from({ length: paragraph }, say).join(' ')),
      ]);
    }),
  ]);
  const at = new Date(Date.UTC(2026, 0, 1)).toISOString();
  const starts: number[] = [];
  doc.forEach((block, offset) => {
    if (block.type.name === 'block') starts.push(offset + 1);
  });
  const comments = new Map<string, Comment>();
  const byId = new Map<string, Anchor>();
  for (let i = 0; i < notes; i++) {
    const id = `c${i}`;
    const base = { id, by: editor.userId, at, audience: 'all' as const, replies: [] };
    comments.set(id, { ...base, text: 'Is this so?', status: 'open' });
    const start = starts[i % starts.length] ?? 0;
    const from = start + ((Math.floor(i / starts.length) * 7) % 200);
    const place = { from, to: from + 8 };
    const anchored = { id, kind: 'comment' as const, ...place, state: 'attached' as const };
    const good = { rev: 0, ...place };
    byId.set(id, { ...anchored, good, ...quoteAt(doc, place.from, place.to) });
  }
  const info = { id: `annotated-${words}-${notes}`, language: 'en', stage: 'desk' as const };
  const review = {
    ...newReview(info, [], doc),
    comments,
    anchors: { byId, graves: [] },
  };
  const made = { info, doc, review, importFlags: [], createdBy: editor.userId, at };
  await store.createArticle(made);
  return info.id;
}

/** A letter in the middle of a paragraph, another one each time. */
function letter(doc: { content: { size: number } }, n: number): { from: number; text: object } {
  const from = 30 + ((n * 7919) % Math.max(1, doc.content.size - 400));
  return { from, text: { type: 'text', text: 'x' } };
}

/** Milliseconds of CPU of this process for each commit, and the 95th percentile until its receipt. */
export async function measure(): Promise<Figure[]> {
  const { server, close } = await openServer();
  const { context } = server;
  const figures: Figure[] = [];
  try {
    await context.accounts.seed([
      { id: editor.userId, name: 'Edda', role: 'editor', color: 1, email: 'e@bench.test' },
    ]);
    for (const words of sizes)
      for (const notes of counts) {
        const room = await context.rooms.room(await fill(context, words, notes));
        if (!room) throw new Error('The article is gone.');
        const taken: number[] = [];
        let cpu = process.cpuUsage();
        for (let n = 1; n <= warm + commits; n++) {
          if (n === warm + 1) cpu = process.cpuUsage();
          const { doc, rev } = room.review;
          const { from, text } = letter(doc, n);
          const $from = doc.resolve(from);
          const pos = $from.depth === 0 ? from + 1 : from;
          const step = { stepType: 'replace', from: pos, to: pos, slice: { content: [text] } };
          const commit: AskedCommit = {
            clientId: 'bench-client',
            seq: n,
            base: rev,
            intent: 'edit',
            steps: [step],
            ops: [],
          };
          const begun = performance.now();
          const answer = await room.commit(commit, editor);
          if (!answer.ok) throw new Error(`Refused: ${answer.code}`);
          if (n > warm) taken.push(performance.now() - begun);
        }
        const { user, system } = process.cpuUsage(cpu);
        const where = `${words.toLocaleString('en')} words, ${notes.toLocaleString('en')} comments`;
        const each = (user + system) / 1000 / commits;
        figures.push(
          { what: `server CPU for a typed letter (${where})`, value: each, unit: 'ms' },
          {
            what: `until it is on disk, p95 (${where})`,
            value: percentile(taken, 0.95),
            unit: 'ms',
          },
        );
      }
    record('annotated', figures, { sizes, counts, commits });
    return figures;
  } finally {
    await close();
  }
}
