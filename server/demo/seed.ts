/** Plays the demo's day through the rooms of its articles, so that history, rights and authorship are those of real work. */
import { createHash } from 'node:crypto';
import { Transform } from 'prosemirror-transform';
import { schema } from '#core/article/schema.ts';
import type { AskedOp } from '#core/annotate/op.ts';
import { quoteAt } from '#core/annotate/quote.ts';
import { track } from '#core/suggest/track.ts';
import type { AskedCommit, StepJson } from '#core/sync/commit.ts';
import type { Standing } from '#core/sync/policy.ts';
import type { AskedClaimChange } from '#core/sync/protocol.ts';
import type { Context } from '#server/context.ts';
import { actsOf, type Act } from '#server/demo/acts.ts';
import { readDemoContent, type DemoContent, type DemoNote } from '#server/demo/content.ts';
import { changedWords, findWords } from '#server/demo/find-words.ts';
import { handOver } from '#server/desk/hand-over.ts';
import { changeFact } from '#server/facts/change-claim.ts';
import type { Room } from '#server/review/room.ts';
import { Rooms } from '#server/review/rooms.ts';
import type { ArticleRow } from '#server/store/store.ts';

const minute = 60_000;
/** The day is this long; the articles came in when it began. */
const dayInMinutes = 480;
const settingKey = 'demo-content';

const people: Record<DemoNote['by'], string> = {
  ines: 'demo-ines-moreau',
  sana: 'demo-sana-rafiq',
  tom: 'demo-tom-whelan',
  maria: 'demo-maria-amjad',
};

const before = (now: string, minutes: number): string =>
  new Date(Date.parse(now) - minutes * minute).toISOString();

/** The context for the import of the articles: it happened when the demo's day began. */
export const atDayBreak = (context: Context): Context => {
  const at = before(context.now(), dayInMinutes);
  return { ...context, now: () => at };
};

type Asked = Pick<AskedCommit, 'intent' | 'steps' | 'ops'>;

/** One day being played: the clock, the articles with their rooms, and the ids that sources and citations were given. */
class Day {
  private readonly context: Context;
  private readonly content: DemoContent;
  private readonly articles: ReadonlyMap<string, ArticleRow>;
  private readonly rooms: Rooms;
  private readonly end: string;
  private time: string;
  private readonly seqs = new Map<string, number>();
  private readonly sourceIds = new Map<string, string>();

  constructor(context: Context, content: DemoContent, articles: readonly ArticleRow[]) {
    this.context = context;
    this.content = content;
    this.articles = new Map(articles.map((article) => [article.source ?? '', article]));
    this.end = context.now();
    this.time = this.end;
    const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
    this.rooms = new Rooms({
      store: context.store,
      now: () => this.time,
      hash,
      log: context.log,
    });
  }

  async play(): Promise<void> {
    for (const act of actsOf(this.content)) {
      this.time = before(this.end, act.ago);
      await this.carryOut(act);
    }
    await this.rooms.close();
  }

  private async carryOut(act: Act): Promise<void> {
    const article = this.articles.get(act.file);
    // An article that could not be imported has no notes either.
    if (!article) return;
    const room = await this.rooms.room(article.id);
    const standing = await this.context.standings.of(people[act.by], article.id);
    if (!room || !standing) throw new Error(`${act.file} is not open to ${act.by}.`);
    if (act.do === 'hand-over') return this.handOver(act, article.id);
    const on = idOf(act.note);
    switch (act.do) {
      case 'open':
        return this.commit(room, standing, opening(room, act.note, this.context.newId()));
      case 'reply': {
        const reply: AskedOp = { op: 'reply', id: this.context.newId(), on, text: act.reply.text };
        return this.commit(room, standing, { intent: 'annotate', steps: [], ops: [reply] });
      }
      case 'decide': {
        const decide: AskedOp = { op: 'decide', ids: [on], verdict: act.verdict };
        return this.commit(room, standing, { intent: 'decide', steps: [], ops: [decide] });
      }
      case 'resolve': {
        const resolve: AskedOp = { op: 'resolve', on };
        return this.commit(room, standing, { intent: 'annotate', steps: [], ops: [resolve] });
      }
      case 'cite':
      case 'check':
        return this.changeFact(act, room, article.writerId, standing);
    }
  }

  private async handOver({ over }: Act & { do: 'hand-over' }, articleId: string): Promise<void> {
    const person = await this.context.store.person(people[over.by]);
    if (!person) throw new Error(`There is no ${over.by}.`);
    const context = { ...this.context, now: () => this.time };
    const { stage, note } = over;
    const dueAt = before(this.end, -over.dueIn);
    await handOver(context, person, articleId, { stage, to: people[over.to], dueAt, note });
  }

  private async commit(room: Room, standing: Standing, asked: Asked): Promise<void> {
    const clientId = `demo-day-${standing.userId}`;
    const key = `${room.articleId} ${clientId}`;
    const seq = (this.seqs.get(key) ?? 0) + 1;
    this.seqs.set(key, seq);
    const answer = await room.commit({ ...asked, clientId, seq, base: room.review.rev }, standing);
    if (!answer.ok)
      throw new Error(`The demo's day was refused: ${answer.code} ${JSON.stringify(asked.ops)}`);
  }

  private async changeFact(
    act: Act & { do: 'cite' | 'check' },
    room: Room,
    writerId: string | undefined,
    standing: Standing,
  ): Promise<void> {
    const { claims, newId } = this.context;
    const occurrenceId = idOf(act.note);
    const claimId = room.review.occurrences.get(occurrenceId)?.claimId ?? '';
    const place = { review: room.review, writerId, occurrenceId };
    const deps = { claims, newId, now: () => this.time };
    if (act.do === 'check') {
      const known = await claims.facts([claimId]);
      const citationIds = known.claims.flatMap((file) => file.citations.map(({ id }) => id));
      const { verdict, certainty, rationale } = act.verdict;
      const asked: AskedClaimChange = { do: 'check', verdict, certainty, rationale, citationIds };
      await changeFact(deps, place, asked, standing);
      return;
    }
    const { source: key, stance, locator, quote } = act.cite;
    const id = this.sourceIds.get(key);
    const described = this.content.sources[key];
    if (!described) throw new Error(`There is no source ${key}.`);
    const source = id === undefined ? described : { id };
    const asked: AskedClaimChange = { do: 'cite', source, stance, locator, quote };
    const { facts } = await changeFact(deps, place, asked, standing);
    const made = facts.sources.find(({ title }) => title === described.title);
    if (made) this.sourceIds.set(key, made.id);
  }
}

const idOf = (note: DemoNote): string => `demo-${note.id}`;

/** What its author sends to open a note. */
function opening(room: Room, note: DemoNote, newId: string): Asked {
  const { doc } = room.review;
  const id = idOf(note);
  const places = findWords(doc, note.quote);
  const [from = 0, to = 0] = [places[0], places.at(-1)];
  const place = { id, from, to, quote: quoteAt(doc, from, to) };
  switch (note.kind) {
    case 'comment': {
      const { text, audience } = note;
      const op: AskedOp = { op: 'comment.open', ...place, text, audience };
      return { intent: 'annotate', steps: [], ops: [op] };
    }
    case 'fact': {
      const { type, check, quote } = note;
      const claim = { id: newId, type, text: quote, check };
      const op: AskedOp = { op: 'occurrence.open', ...place, claim, audience: 'all' };
      return { intent: 'annotate', steps: [], ops: [op] };
    }
    case 'suggestion': {
      const change = changedWords(note.quote, note.to);
      const start = places[change.from] ?? to;
      const typed = new Transform(doc).replaceWith(
        start,
        places[change.to] ?? to,
        change.text === '' ? [] : schema.text(change.text),
      );
      const tracked = track(doc, typed, people[note.by], { idFor: () => id });
      if ('refused' in tracked) throw new Error(`${note.id} cannot be suggested.`);
      const steps = tracked.steps.map((step) => step.toJSON() as StepJson);
      const { reason } = note;
      const op: AskedOp = { op: 'suggestion.open', id, reason, category: '' };
      return { intent: 'suggest', steps, ops: [op] };
    }
  }
}

/** Fills the demo's articles with a day of review when nobody has worked on any of them. Gives the sentences a person should read. */
export async function seedDemoContent(context: Context, folder: string): Promise<string[]> {
  const { store } = context;
  const state = await store.setting(settingKey);
  if (state === 'begun')
    return [
      'The notes of the demo are incomplete: it was stopped while they were made. To begin again: npm run demo -- --fresh',
    ];
  const articles = await store.listArticles();
  if (state !== null || articles.length === 0 || articles.some(({ rev }) => rev > 0)) return [];
  const content = await readDemoContent(folder);
  await store.putSetting(settingKey, 'begun');
  await new Day(context, content, articles).play();
  await store.putSetting(settingKey, 'made');
  return [];
}
