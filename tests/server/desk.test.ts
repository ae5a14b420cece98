// Hand-over, reading marks and the search of the library, on a whole server.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Library } from '#core/sync/answers.ts';
import type { Standing } from '#core/sync/policy.ts';
import {
  comment,
  insertion,
  liveServer,
  until,
  type LiveServer,
} from '#tests/server/live-server.ts';

let live: LiveServer;
beforeAll(async () => {
  live = await liveServer();
});
afterAll(() => live.end());

const post = (path: string, cookie: string, body: object): Promise<Response> =>
  live.ask(path, { cookie, json: body });
const library = async (cookie: string, q = ''): Promise<Library['articles']> =>
  (
    (await (
      await live.ask(`/api/articles?q=${encodeURIComponent(q)}`, { cookie })
    ).json()) as Library
  ).articles;
const asked = {
  stage: 'checking',
  to: null,
  dueAt: '2026-12-01T18:00:00.000Z',
  note: 'Facts by six.',
};

it('[HO1] a hand-over moves the stage, keeps who, to whom, by when and what is asked, and open pages learn their new rights', async () => {
  const id = await live.article();
  const tom = await live.person('Tom', 'editor');
  const maria = await live.person('Maria', 'writer');
  await live.member(id, maria, 'writer');
  await live.context.store.setStage(id, 'draft');
  live.context.standings.forget();
  const hers = await live.tab(maria);
  const before = await hers.join(id);
  expect((before.standing as Standing).stage).toBe('draft');
  const cookie = await live.cookie(tom);
  const answer = await post(`/api/articles/${id}/hand-over`, cookie, { ...asked, to: maria });
  expect(answer.status).toBe(201);
  await until(() => hers.received.includes('"why":"stage"'));
  expect((await hers.join(id)).standing).toMatchObject({ stage: 'checking' });
  const [row] = (await library(cookie)).filter((one) => one.id === id);
  expect(row).toMatchObject({
    stage: 'checking',
    deadline: asked.dueAt,
    handOver: {
      by: tom,
      to: maria,
      fromStage: 'draft',
      stage: 'checking',
      note: 'Facts by six.',
      rev: 0,
    },
  });
  expect(await live.audits('article.hand-over')).toHaveLength(1);
});

it('[HO2] nobody hands over what they only read, to someone who cannot read it, or to a stage that has its own gate', async () => {
  const id = await live.article();
  const viewer = await live.person('Vera', 'viewer');
  await live.member(id, viewer, 'viewer');
  const stranger = await live.person('Will', 'writer');
  const cookie = await live.cookie(await live.person('Tom', 'editor'));
  const code = async (answer: Promise<Response>): Promise<unknown> =>
    ((await (await answer).json()) as { code: string }).code;
  const path = `/api/articles/${id}/hand-over`;
  expect(await code(post(path, await live.cookie(viewer), asked))).toBe('FORBIDDEN');
  expect(await code(post(path, await live.cookie(stranger), asked))).toBe('ARTICLE_UNKNOWN');
  expect(await code(post(path, cookie, { ...asked, to: stranger }))).toBe('RECEIVER_CANNOT_READ');
  expect(await code(post(path, cookie, { ...asked, stage: 'cleared' }))).toBe('BAD_REQUEST');
  expect((await live.context.store.article(id))?.stage).toBe('desk');
});

it('[HO3] the library lists by deadline, and says what others have changed since one last read', async () => {
  const late = await live.article();
  const soon = await live.article();
  const cookie = await live.cookie(await live.person('Tom', 'editor'));
  await post(`/api/articles/${late}/hand-over`, cookie, {
    ...asked,
    dueAt: '2030-01-01T00:00:00.000Z',
  });
  await post(`/api/articles/${soon}/hand-over`, cookie, {
    ...asked,
    dueAt: '2029-01-01T00:00:00.000Z',
  });
  const order = (await library(cookie))
    .map((one) => one.id)
    .filter((one) => [late, soon].includes(one));
  expect(order).toEqual([soon, late]);
  const unread = async (): Promise<unknown> =>
    (await library(cookie)).find((one) => one.id === soon)?.unread;
  expect(await unread()).toBeNull();
  await post(`/api/articles/${soon}/read`, cookie, { rev: 0 });
  expect(await unread()).toBe(0);
  const ed = await live.tab(await live.person('Ed', 'editor'));
  await ed.join(soon);
  await ed.commit(soon, { intent: 'edit', steps: [insertion(1, 'X')] });
  expect(await unread()).toBe(1);
  const [news] = (await library(cookie)).filter((one) => one.id === soon);
  expect(news).toMatchObject({ readRev: 0, rev: 1 });
  await post(`/api/articles/${soon}/read`, cookie, { rev: 1 });
  expect(await unread()).toBe(0);
});

it('[HO4] the search looks through headlines, text as it is now, and the notes its reader may see', async () => {
  const id = await live.article();
  const sana = await live.tab(await live.person('Sana', 'fact-checker'));
  const maria = await live.person('Maria', 'writer');
  await live.member(id, maria, 'writer');
  await sana.join(id);
  await sana.commit(id, { ops: [comment('c1', 'A zebra, 100% striped', 'desk')] });
  const desk = await live.cookie(sana.userId);
  const hers = await live.cookie(maria);
  const finds = async (cookie: string, words: string): Promise<boolean> =>
    (await library(cookie, words)).some((one) => one.id === id);
  expect(await finds(desk, 'SAFE heaven')).toBe(true);
  expect(await finds(desk, 'zebra')).toBe(true);
  expect(await finds(desk, '100% s')).toBe(true);
  expect(await finds(desk, '100_ s')).toBe(false);
  expect(await finds(hers, 'zebra')).toBe(false);
  expect(await finds(hers, 'safe heaven')).toBe(true);
  const tom = await live.tab(await live.person('Tom', 'editor'));
  await tom.join(id);
  await tom.commit(id, { base: 1, intent: 'edit', steps: [insertion(1, 'Quagga ')] });
  expect(await finds(desk, 'quagga')).toBe(true);
});

it('[ST21] a fact is found by its new question, before its words are gathered and after', async () => {
  const id = await live.article();
  const sana = await live.tab(await live.person('Sana', 'fact-checker'));
  const { review } = await sana.join(id);
  const claim = { id: 'k-search', type: 'money', text: '$550', check: 'Who counted the quokkas?' };
  const quote = { exact: 'x', prefix: '', suffix: '' };
  const open = { op: 'occurrence.open', id: 'o1', from: 32, to: 43, quote, claim, audience: 'all' };
  await sana.commit(id, { base: review?.rev ?? 0, ops: [open] });
  const cookie = await live.cookie(sana.userId);
  const finds = async (words: string): Promise<boolean> =>
    (await library(cookie, words)).some((one) => one.id === id);
  await live.context.store.refreshSearch(null, 1000);
  expect(await finds('quokka')).toBe(true);
  const change = { do: 'describe', type: 'money', check: 'Who counted the okapis?' };
  await sana.say('claim:change', { articleId: id, occurrenceId: 'o1', change });
  expect([await finds('quokka'), await finds('okapi')]).toEqual([false, true]);
  await live.context.store.refreshSearch(null, 1000);
  expect([await finds('quokka'), await finds('okapi')]).toEqual([false, true]);
});

it('[HO6] the library comes in pages, by stage, and with what was handed to oneself alone', async () => {
  const tom = await live.person('Tom', 'editor');
  const sana = await live.person('Sana', 'fact-checker');
  const cookie = await live.cookie(tom);
  for (let i = 0; i < 60; i++) await live.article(`Many ${i}\n\nA wombat was seen.`);
  const ask = async (query: string, as = cookie): Promise<Library> =>
    (await (await live.ask(`/api/articles?${query}`, { cookie: as })).json()) as Library;
  const first = await ask('q=wombat');
  expect(first.articles).toHaveLength(50);
  const second = await ask(`q=wombat&after=${encodeURIComponent(first.next ?? '')}`);
  expect(second).toMatchObject({ next: null });
  const ids = [...first.articles, ...second.articles].map((one) => one.id);
  expect(new Set(ids).size).toBe(60);
  const [one = '', two = ''] = ids;
  await post(`/api/articles/${one}/hand-over`, cookie, { ...asked, to: sana });
  await post(`/api/articles/${two}/hand-over`, cookie, { ...asked, to: sana });
  await post(`/api/articles/${two}/hand-over`, cookie, { ...asked, stage: 'legal' });
  const hers = await live.cookie(sana);
  expect((await ask('mine=1', hers)).articles.map(({ id }) => id)).toEqual([one]);
  expect((await ask('mine=1')).articles).toEqual([]);
  expect((await ask('q=wombat&stage=legal')).articles.map(({ id }) => id)).toEqual([two]);
  expect((await live.ask('/api/articles?stage=nowhere', { cookie })).status).toBe(400);
});
