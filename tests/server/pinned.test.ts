// A reader who is pinned to a hand-over: everything that came later has a word of its own, and it is looked for in whatever they are
// told, beside somebody who is not pinned and finds it.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ArticlePeople } from '#core/people/answers.ts';
import type { ArticleAnswer, Library } from '#core/sync/answers.ts';
import type { HandOver } from '#core/sync/desk.ts';
import type { HistoryAnswer } from '#core/sync/history.ts';
import type { ReviewJson } from '#core/sync/review.ts';
import {
  comment,
  insertion,
  liveServer,
  until,
  type Answer,
  type LiveServer,
  type Tab,
} from '#tests/server/live-server.ts';
import { overHttp, parcelOf } from '#tests/server/told-over-http.ts';
import { hashBytes, png } from '#tests/formats/assets/pictures.ts';

let live: LiveServer;
let tom: Tab;
let ada: string;
beforeAll(async () => {
  live = await liveServer({ TRUSTED_PROXIES: '127.0.0.1' });
  tom = await live.tab(await live.person('Tom', 'editor'));
  ada = await live.person('Ada', 'admin');
});
afterAll(() => live.end());

async function send(as: string, method: string, path: string, body?: object): Promise<Response> {
  const cookie = await live.cookie(as);
  return live.ask(path, { method, cookie, json: body });
}

async function read<T>(as: string, path: string): Promise<T> {
  return (await (await send(as, 'GET', path)).json()) as T;
}

/** An article with Tom at it, and what it takes to work on it. */
class Story {
  readonly id: string;
  rev = 0;
  /** Every word that was planted since the hand-over. */
  readonly later: string[] = [];

  constructor(id: string) {
    this.id = id;
  }

  static async open(): Promise<Story> {
    const story = new Story(await live.article());
    await tom.join(story.id);
    return story;
  }

  word(): string {
    const word = `laterq${this.later.length.toString(36)}x`;
    this.later.push(word);
    return word;
  }

  async commit(over: object, tab = tom): Promise<void> {
    const answer = await tab.commit(this.id, { base: this.rev, ...over });
    expect(answer, JSON.stringify(over)).toMatchObject({ ok: true });
    this.rev = answer.rev ?? 0;
  }

  async fact(occurrenceId: string, change: object, tab = tom): Promise<Answer> {
    const answer = await tab.say('claim:change', { articleId: this.id, occurrenceId, change });
    expect(answer, JSON.stringify(change)).toMatchObject({ ok: true });
    return answer;
  }

  async handOver(note: string, stage = 'checking'): Promise<HandOver> {
    const asked = { stage, to: null, dueAt: null, note };
    const told = await send(tom.userId, 'POST', `/api/articles/${this.id}/hand-over`, asked);
    expect(told.status).toBe(201);
    return ((await told.json()) as { handOver: HandOver }).handOver;
  }

  async pin(person: string, role: string, pin: string | null): Promise<number> {
    const path = `/api/articles/${this.id}/people/${person}`;
    return (await send(ada, 'PUT', path, { role, pin })).status;
  }
}

const mark = (id: string, claim: string, words: string, audience = 'all'): object => ({
  op: 'occurrence.open',
  id,
  from: 32,
  to: 43,
  quote: { exact: 'x', prefix: '', suffix: '' },
  audience,
  claim: { id: claim, type: 'money', text: words, check: words },
});

const cite = (words: string): object => ({
  do: 'cite',
  source: { kind: 'web', title: words, publisher: words, address: '', dated: '' },
  locator: words,
  stance: 'supports',
  quote: words,
});

const judged = (words: string): object => ({
  do: 'check',
  verdict: 'needs-context',
  certainty: null,
  citationIds: [],
  rationale: words,
});

/** What was there before anybody was pinned. */
async function before(story: Story): Promise<void> {
  await story.commit({ intent: 'edit', steps: [insertion(24, 'soonword ')] });
  await story.commit({ ops: [comment('c1', 'soonall'), comment('c2', 'soondesk', 'desk')] });
  await story.commit({ ops: [mark('o1', `k-${story.id}`, 'soonclaim')] });
  await story.fact('o1', cite('sooncite'));
  await story.fact('o1', judged('soonverdict'));
}

/** Everything that can happen afterwards, a word for each. */
async function after(story: Story): Promise<void> {
  const { id } = story;
  await story.commit({ intent: 'edit', steps: [insertion(2, `${story.word()} `)] });
  await story.commit({ intent: 'edit', steps: [insertion(36, `${story.word()} `)] });
  await story.commit({ ops: [comment('c3', story.word())] });
  await story.commit({ ops: [{ op: 'reply', id: 'r1', on: 'c1', text: story.word() }] });
  await story.commit({ ops: [{ op: 'edit', id: 'c1', on: 'c1', text: story.word() }] });
  await story.commit({ ops: [{ op: 'resolve', on: 'c1' }] });
  await story.commit({ ops: [mark('o2', `k2-${id}`, story.word())] });
  await story.fact('o1', { do: 'describe', type: 'number', check: story.word() });
  await story.fact('o1', cite(story.word()));
  await story.fact('o1', judged(story.word()));
  const named = { rev: 1, name: story.word() };
  const name = await send(tom.userId, 'POST', `/api/articles/${id}/history/versions`, named);
  expect(name.status).toBe(201);
  await story.handOver(story.word(), 'legal');
}

/** Everything the server says to somebody now, by every event and every route. */
async function everything(story: Story, person: string): Promise<string> {
  const { id, rev } = story;
  const late = await live.tab(person);
  await late.join(id);
  await late.say('article:since', { articleId: id, rev: 0 });
  await late.say('article:since', { articleId: id, rev: 0, steps: true });
  await late.say('article:since', { articleId: id, rev });
  const hash = '0'.repeat(16);
  await late.say('article:audit', { articleId: id, rev, hash });
  await late.say('article:presence', { articleId: id, at: rev, anchor: 1, head: 1, mode: 'read' });
  await late.join(id, { rev: 0 });
  await late.join(id, { rev: rev - 2 });
  const cookie = await live.cookie(tom.userId);
  const parcel = await parcelOf(live, cookie, [id]);
  const sent = await live.ask(`/api/articles/${id}/export?format=docx&view=marked`, { cookie });
  const copy = new Uint8Array(await sent.arrayBuffer());
  const other = await live.article();
  const word = story.later[0] ?? 'none';
  const about = { article: id, other, person: tom.userId, rev, word, copy, parcel };
  return late.received + (await overHttp(live, person, about));
}

const found = (words: readonly string[], all: string): string[] =>
  words.filter((word) => all.includes(word));

it('[AU5] who is pinned to a hand-over has the article of then, and nothing later by any way', async () => {
  const story = await Story.open();
  const people = {
    gus: await live.person('Gus', 'viewer'),
    ines: await live.person('Ines', 'reviewer'),
    vera: await live.person('Vera', 'viewer'),
  };
  await live.member(story.id, people.gus, 'viewer');
  await live.member(story.id, people.vera, 'viewer');
  const gus = await live.tab(people.gus);
  const ines = await live.tab(people.ines);
  const vera = await live.tab(people.vera);
  for (const tab of [gus, ines, vera]) expect((await tab.join(story.id)).ok).toBe(true);
  await before(story);
  const pin = await story.handOver('soonnote');
  expect(await story.pin(people.gus, 'viewer', pin.id)).toBe(200);
  expect(await story.pin(people.ines, 'reviewer', pin.id)).toBe(200);
  for (const tab of [gus, ines]) {
    await until(() => tab.received.includes('"why":"rights"'), 20_000);
    const joined = await tab.join(story.id);
    expect(joined).toMatchObject({ ok: true, rev: pin.rev, peers: [], standing: { pin } });
    expect((joined.review as ReviewJson).rev).toBe(pin.rev);
    // Who was here before they were pinned they have been told.
    tab.peers = [];
  }
  await after(story);
  await until(() => vera.commits.at(-1)?.rev === story.rev, 20_000);
  const soon = ['soonword', 'soonall', 'soonclaim', 'sooncite', 'soonverdict', 'soonnote'];
  for (const tab of [gus, ines]) {
    const all = tab.received + (await everything(story, tab.userId));
    expect(found(story.later, all)).toEqual([]);
    expect(found(soon, all)).toEqual(soon);
    expect(all.includes('soondesk')).toBe(tab === ines);
  }
  // The control: the same questions of somebody who is not pinned find every word.
  const control = vera.received + (await everything(story, people.vera));
  expect(found(story.later, control)).toEqual(story.later);
  // Nobody sees them in the article, and they see nobody.
  expect(tom.peers.map(({ person }) => person.id)).not.toContain(people.gus);
  expect([gus.peers, ines.peers]).toEqual([[], []]);
}, 240_000);

it('[AU5] planted: with the pin taken off, the same reader finds every later word, and is told to load anew', async () => {
  const story = await Story.open();
  const gus = await live.tab(await live.person('Gus', 'viewer'));
  await live.member(story.id, gus.userId, 'viewer');
  await before(story);
  const pin = await story.handOver('soonnote');
  expect(await story.pin(gus.userId, 'viewer', pin.id)).toBe(200);
  expect(await gus.join(story.id)).toMatchObject({ ok: true, rev: pin.rev });
  await after(story);
  expect(found(story.later, gus.received)).toEqual([]);
  expect(await story.pin(gus.userId, 'viewer', null)).toBe(200);
  await until(() => gus.received.includes('"why":"rights"'), 20_000);
  expect((await gus.join(story.id)).rev).toBe(story.rev);
  expect(found(story.later, await everything(story, gus.userId))).toEqual(story.later);
  // Pinned to another hand-over while they read, they are told again.
  const frames = gus.frames.length;
  expect(await story.pin(gus.userId, 'viewer', pin.id)).toBe(200);
  await until(() => gus.received.split('"why":"rights"').length === 3, 20_000);
  await story.commit({ ops: [comment('c9', 'muchlater')] });
  expect(await gus.join(story.id)).toMatchObject({ rev: pin.rev });
  expect(gus.frames.length).toBe(frames);
  expect(gus.received).not.toContain('muchlater');
}, 240_000);

it('[AU6] lists and searches show a pinned reader the article of then', async () => {
  const story = await Story.open();
  const gus = await live.person('Gus', 'viewer');
  await before(story);
  const pin = await story.handOver('soonnote', 'with-writer');
  await story.pin(gus, 'viewer', pin.id);
  await after(story);
  const { articles } = await read<Library>(gus, '/api/articles');
  expect(articles).toHaveLength(1);
  expect(articles[0]).toMatchObject({
    id: story.id,
    headline: 'A headline of its own',
    rev: pin.rev,
    stage: 'with-writer',
    updatedAt: pin.at,
    handOver: { id: pin.id },
    unread: null,
    active: [],
    counts: { comments: 1, openComments: 1, facts: 1 },
  });
  const { article, standing } = await read<ArticleAnswer>(gus, `/api/articles/${story.id}`);
  expect(article).toMatchObject({ rev: pin.rev, headline: 'A headline of its own' });
  expect(standing).toMatchObject({ stage: 'with-writer', pin });
  const hits = async (path: string): Promise<boolean> =>
    (await (await send(gus, 'GET', path)).text()).includes(story.id);
  for (const word of ['soonword', 'soonall', 'soonclaim'])
    expect(await hits(`/api/articles?q=${word}`), word).toBe(true);
  expect(await hits('/api/articles?q=soondesk')).toBe(false);
  for (const word of story.later) {
    expect(await hits(`/api/articles?q=${word}`), word).toBe(false);
    expect(await hits(`/api/facts?q=${word}`), word).toBe(false);
  }
  expect(await hits('/api/facts?q=soonclaim')).toBe(true);
  expect(await hits('/api/articles?stage=with-writer')).toBe(true);
  expect(await hits('/api/articles?stage=legal')).toBe(false);
  const history = await read<HistoryAnswer>(gus, `/api/articles/${story.id}/history`);
  expect(history.head).toBe(pin.rev);
  expect(Math.max(...history.sittings.map(({ last }) => last))).toBe(pin.rev);
  const at = (rev: number): Promise<Response> =>
    send(gus, 'GET', `/api/articles/${story.id}/history/${rev}`);
  expect((await at(pin.rev)).status).toBe(200);
  expect((await at(pin.rev + 1)).status).toBe(404);
}, 120_000);

it('[AU6] a pinned article stands where it belongs among those of a page, once', async () => {
  const gus = await live.person('Gus', 'viewer');
  const first = await Story.open();
  await live.member(first.id, gus, 'viewer');
  const story = await Story.open();
  const pin = await story.handOver('');
  await story.pin(gus, 'viewer', pin.id);
  const last = await Story.open();
  await live.member(last.id, gus, 'viewer');
  await story.commit({ ops: [comment('c1', 'later')] });
  const ids = (await read<Library>(gus, '/api/articles')).articles.map(({ id }) => id);
  expect(ids).toEqual([last.id, story.id, first.id]);
});

it('[RT7] who is pinned does nothing to the article, whatever their role', async () => {
  const story = await Story.open();
  const editor = await live.tab(await live.person('Una', 'editor'));
  const pin = await story.handOver('');
  expect(await story.pin(editor.userId, 'editor', pin.id)).toBe(200);
  await editor.join(story.id);
  const { id } = story;
  expect(await editor.commit(id, { ops: [comment('c1', 'x')] })).toMatchObject({
    code: 'READ_ONLY',
  });
  const change = { articleId: id, occurrenceId: 'o1', change: judged('x') };
  expect(await editor.say('claim:change', change)).toMatchObject({ code: 'FORBIDDEN' });
  const asked = { stage: 'desk', to: null, dueAt: null, note: '' };
  expect((await send(editor.userId, 'POST', `/api/articles/${id}/hand-over`, asked)).status).toBe(
    403,
  );
  const unpin = { role: 'editor', pin: null };
  const own = `/api/articles/${id}/people/${editor.userId}`;
  expect((await send(editor.userId, 'PUT', own, unpin)).status).toBe(403);
  expect((await send(editor.userId, 'GET', `/api/articles/${id}/people`)).status).toBe(403);
});

it('[PE19] only a hand-over of the article can be a pin, nobody pins themselves, and the list says who is pinned', async () => {
  const story = await Story.open();
  const other = await Story.open();
  const gus = await live.person('Gus', 'viewer');
  const pin = await story.handOver('A note');
  const foreign = await other.handOver('');
  expect(await story.pin(gus, 'viewer', foreign.id)).toBe(404);
  expect(await story.pin(gus, 'viewer', 'none')).toBe(404);
  expect(await story.pin(ada, 'admin', pin.id)).toBe(403);
  expect(await story.pin(gus, 'viewer', pin.id)).toBe(200);
  const { people, handOvers } = await read<ArticlePeople>(
    tom.userId,
    `/api/articles/${story.id}/people`,
  );
  expect(handOvers).toEqual([pin]);
  expect(people.find(({ person }) => person.id === gus)?.pin).toEqual(pin);
  expect(people.find(({ person }) => person.id === tom.userId)?.pin).toBeNull();
});

it('[PE19] a guest can be invited to the article of a hand-over; the link names it as it was then', async () => {
  const story = await Story.open();
  const pin = await story.handOver('');
  const path = `/api/articles/${story.id}/invitations`;
  const email = 'pinned-guest@galley.test';
  const asked = { email, role: 'viewer', pin: pin.id };
  const made = await send(tom.userId, 'POST', path, asked);
  expect(made.status).toBe(201);
  const { token } = (await made.json()) as { token: string };
  await story.commit({ intent: 'edit', steps: [insertion(2, `${story.word()} `)] });
  // Tokens that nobody made were tried before, from the usual address.
  const headers = { 'x-forwarded-for': '10.9.9.9' };
  const look = await live.ask('/api/join/look', { headers, json: { token } });
  expect(await look.json()).toMatchObject({ article: 'A headline of its own', asOf: pin.at });
  const account = { name: 'Gail', password: 'a long enough one' };
  const joined = await live.ask('/api/join', { headers, json: { token, email, account } });
  expect(joined.status).toBe(201);
  const cookie = joined.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const answer = await live.ask(`/api/articles/${story.id}`, { cookie });
  expect(await answer.json()).toMatchObject({ article: { rev: pin.rev }, standing: { pin } });
  expect((await send(tom.userId, 'POST', path, { ...asked, pin: 'none' })).status).toBe(409);
  const fresh = { ...asked, email: 'another-guest@galley.test', pin: 'none' };
  expect((await send(tom.userId, 'POST', path, fresh)).status).toBe(404);
});

it('[AU5] a picture that came later is none of a pinned reader', async () => {
  const story = await Story.open();
  const gus = await live.person('Gus', 'viewer');
  const bring = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> => {
    const cookie = await live.cookie(tom.userId);
    const path = `/api/articles/${story.id}/assets`;
    const headers = { 'content-type': 'image/png' };
    const told = await live.ask(path, { method: 'POST', cookie, headers, body: bytes });
    expect(told.status).toBe(201);
    return `/api/assets/${hashBytes(bytes)}`;
  };
  const early = await bring(new Uint8Array(png(30, 21)));
  const pin = await story.handOver('');
  const late = await bring(new Uint8Array(png(30, 22)));
  await story.pin(gus, 'viewer', pin.id);
  expect((await send(gus, 'GET', early)).status).toBe(200);
  expect((await send(gus, 'GET', late)).status).toBe(404);
  await story.pin(gus, 'viewer', null);
  expect((await send(gus, 'GET', late)).status).toBe(200);
});
