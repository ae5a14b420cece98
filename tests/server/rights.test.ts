// Every event for every role, member of the article or not. The expected table is written out by hand.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { roles, type Role } from '#core/annotate/audience.ts';
import type { Refusal } from '#core/sync/error.ts';
import { events } from '#server/realtime/events.ts';
import {
  comment,
  insertion,
  liveServer,
  type LiveServer,
  type Tab,
} from '#tests/server/live-server.ts';

let live: LiveServer;
beforeAll(async () => {
  live = await liveServer();
});
afterAll(() => live.end());

type Told = 'ok' | Refusal['code'];

/** What a person is told who reads the article: for each act, by role. */
const reader: Record<string, Record<Role, Told>> = {
  'article:join': all('ok'),
  'article:since': all('ok'),
  'article:audit': all('ok'),
  'article:presence': all('ok'),
  'article:commit comment': { ...all('ok'), viewer: 'READ_ONLY' },
  'article:commit fact': { ...all('ok'), viewer: 'READ_ONLY', writer: 'FORBIDDEN' },
  'article:commit edit': { ...all('SUGGEST_ONLY'), viewer: 'READ_ONLY', editor: 'ok', admin: 'ok' },
  // On a note that does not exist, so those with the right are told just that.
  'claim:change check': {
    ...all('NOTE_UNKNOWN'),
    viewer: 'FORBIDDEN',
    writer: 'FORBIDDEN',
  },
  'article:leave': all('ok'),
};
/** Roles that read an article without being its member. */
const desk: ReadonlySet<Role> = new Set(['reviewer', 'fact-checker', 'legal', 'editor', 'admin']);

function all(told: Told): Record<Role, Told> {
  return Object.fromEntries(roles.map((role) => [role, told])) as Record<Role, Told>;
}

let counter = 0;
const acts: Record<string, (tab: Tab, articleId: string) => Promise<object>> = {
  'article:join': (tab, id) => tab.join(id),
  'article:since': (tab, articleId) => tab.say('article:since', { articleId, rev: 0 }),
  'article:audit': (tab, articleId) => tab.say('article:audit', { articleId, rev: 0, hash: 'a' }),
  'article:presence': (tab, articleId) =>
    tab.say('article:presence', { articleId, at: 0, anchor: 1, head: 1, mode: 'read' }),
  'article:commit comment': (tab, id) =>
    tab.commit(id, { ops: [comment(`c${counter++}`, 'Why?')] }),
  'article:commit fact': (tab, id) => {
    const n = counter++;
    const claim = { id: `k${n}`, type: 'money', text: '$550', check: 'Who says so?' };
    const { text: _none, ...place } = comment(`o${n}`, '') as { text: string };
    return tab.commit(id, { ops: [{ ...place, op: 'occurrence.open', claim }] });
  },
  'article:commit edit': (tab, id) =>
    tab.commit(id, { intent: 'edit', steps: [insertion(1, 'x')] }),
  'claim:change check': (tab, articleId) =>
    tab.say('claim:change', {
      articleId,
      occurrenceId: 'nothing',
      change: { do: 'describe', type: 'money', check: '' },
    }),
  'article:leave': (tab, articleId) => tab.say('article:leave', { articleId }),
};

it('[PR12] each event has a row, and each row is in this table', () => {
  const tested = new Set(Object.keys(acts).map((act) => act.split(' ')[0]));
  expect([...tested].toSorted()).toEqual(Object.keys(events).toSorted());
  expect(Object.keys(acts)).toEqual(Object.keys(reader));
});

for (const role of roles)
  for (const member of [true, false])
    it(`[PR12] a ${role} who is ${member ? '' : 'not '}a member may do just this`, async () => {
      const article = await live.article();
      const id = await live.person('Pat', role);
      if (member) await live.member(article, id, role);
      const tab = await live.tab(id);
      expect(await tab.connect()).toBeNull();
      const reads = member || desk.has(role);
      for (const [act, run] of Object.entries(acts)) {
        const answer = (await run(tab, article)) as Partial<Refusal> & { ok: boolean };
        const told = answer.ok ? 'ok' : answer.code;
        expect(told, act).toBe(reads ? reader[act]?.[role] : 'ARTICLE_UNKNOWN');
      }
      const mine = await live.ask(`/api/articles/${article}`, { cookie: await live.cookie(id) });
      expect(mine.status).toBe(reads ? 200 : 404);
    });
