// Nothing seen by the wrong eyes: random histories with mixed audiences, each note with a word of its own. Everything every reader
// is sent is kept and looked through: events, answers of every route, results of searches, copies (Word files unpacked), logs,
// metrics, and what nodes tell each other.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import pg from 'pg';
import { sees, type Audience, type Role } from '#core/annotate/audience.ts';
import type { ReviewJson } from '#core/sync/review.ts';
import { makeHttp } from '#server/http/http.ts';
import { routes, routesOf } from '#tests/server/audience-routes.ts';
import {
  insertion,
  liveServer,
  until,
  type LiveServer,
  type Tab,
} from '#tests/server/live-server.ts';
import { overHttp, parcelOf } from '#tests/server/told-over-http.ts';
import { freshDatabase, type FreshDatabase } from '#tests/support/database.ts';
import { seeded, type Rng } from '#tests/sync/random.ts';

const runs = Math.min(40, Number(process.env['FUZZ_RUNS'] ?? 2));
const metricsToken = 'a-token-for-the-metrics';
let fresh: FreshDatabase;
let live: LiveServer;
let line: pg.Client;
let told = '';

interface Reader {
  name: string;
  id: string;
  /** What they are in the house, and in the articles; null for somebody without access. */
  house: Role;
  role: Role | null;
}
const cast: Omit<Reader, 'id'>[] = [
  { name: 'Tom', house: 'editor', role: 'editor' },
  { name: 'Ines', house: 'reviewer', role: 'reviewer' },
  { name: 'Lea', house: 'legal', role: 'legal' },
  { name: 'Maria', house: 'writer', role: 'writer' },
  { name: 'Gus', house: 'viewer', role: 'viewer' },
  { name: 'Rhea', house: 'viewer', role: 'reviewer' },
  { name: 'Ada', house: 'admin', role: null },
  { name: 'Olaf', house: 'writer', role: null },
  // Of the house, and in nothing that happens.
  { name: 'Nobodyhere', house: 'editor', role: null },
];
let readers: Reader[] = [];
const who = (name: string): Reader => {
  const found = readers.find((reader) => reader.name === name);
  if (!found) throw new Error(`There is no ${name}.`);
  return found;
};

beforeAll(async () => {
  fresh = await freshDatabase();
  live = await liveServer({ METRICS_TOKEN: metricsToken }, fresh);
  for (const one of cast) readers.push({ ...one, id: await live.person(one.name, one.house) });
  line = new pg.Client({ connectionString: fresh.url });
  await line.connect();
  line.on('notification', ({ payload }) => (told += payload ?? ''));
  await line.query('LISTEN "galley#/"');
});
afterAll(async () => {
  await line.end();
  await live.end();
  await fresh.drop();
});

/** The tabs of one history: a person may have twenty. */
const seated: Tab[] = [];
afterEach(() => {
  for (const tab of seated.splice(0)) tab.close();
});

interface Planted {
  word: string;
  audience: Audience;
}

interface Played {
  article: string;
  planted: Planted[];
  tabs: Map<string, Tab>;
  rev: number;
}

const mayRead = (reader: Reader, audience: Audience): boolean =>
  reader.role !== null && sees({ id: reader.id, role: reader.role }, audience);

/** Opens, answers, changes, settles and deletes notes for changing audiences, and changes the text under them. */
async function play(seed: number, rng: Rng): Promise<Played> {
  const article = await live.article();
  for (const { id, role, house } of readers)
    if (role !== null && (role !== house || role === 'writer' || role === 'viewer'))
      await live.member(article, id, role);
  const tabs = new Map<string, Tab>();
  for (const { name, id, role } of readers) {
    if (role === null) continue;
    const tab = await live.tab(id);
    await tab.join(article);
    tabs.set(name, tab);
    seated.push(tab);
  }
  const planted: Planted[] = [];
  const plant = (audience: Audience): string => {
    const word = `zq${seed.toString(36)}k${planted.length.toString(36)}x`;
    planted.push({ word, audience });
    return word;
  };
  const notes: { id: string; audience: Audience; fact: boolean; by: string }[] = [];
  const two = (a: string, b: string): Audience => ({ people: [who(a).id, who(b).id] });
  const choices: Audience[] = [
    ...['all', 'desk', 'desk', 'legal'].map((one) => one as Audience),
    two('Tom', 'Maria'),
    two('Ines', 'Rhea'),
    two('Lea', 'Gus'),
  ];
  let rev = 0;
  // How much longer or shorter the text has become: nobody writes where there is none, and notes end within it.
  let grown = 0;
  const commit = async (name: string, over: object): Promise<void> => {
    const answer = await tabs.get(name)?.commit(article, { base: rev, ...over });
    expect(answer, `${name} ${JSON.stringify(over)}`).toMatchObject({ ok: true });
    rev = (answer as { rev: number }).rev;
  };
  const changeFact = async (
    name: string,
    occurrenceId: string,
    change: object,
    known: number,
  ): Promise<void> => {
    const asked = { articleId: article, occurrenceId, change };
    const answer = await tabs.get(name)?.say('claim:change', asked);
    // Nobody gives a verdict on what has lost its place, or changes what they do not see; such words are nowhere.
    const isRefused = ['NOTE_UNKNOWN', 'BAD_RANGE'].includes(answer?.code ?? '');
    if (isRefused) planted.length = known;
    else expect(answer, JSON.stringify(change)).toMatchObject({ ok: true });
  };
  const authors = ['Tom', 'Ines', 'Lea', 'Maria', 'Rhea'];
  for (let n = 0; n < 40; n++) {
    const what = rng.int(12);
    const name = rng.pick(authors);
    const own = notes.filter(({ audience }) => mayRead(who(name), audience));
    const note = own.length > 0 ? rng.pick(own) : null;
    const place = { from: 26 + rng.int(20), to: 50 + rng.int(20) };
    const quote = { exact: 'x', prefix: '', suffix: '' };
    if (what < 4 || !note) {
      const audience = rng.pick(choices.filter((one) => mayRead(who(name), one)));
      const fact = rng.chance(0.4) && name !== 'Maria';
      const id = `n${seed}-${n}`;
      const claim = (): object => ({
        id: `k${id}`,
        type: 'money',
        text: plant(audience),
        check: plant(audience),
      });
      const op = fact
        ? { op: 'occurrence.open', id, ...place, quote, audience, claim: claim() }
        : { op: 'comment.open', id, ...place, quote, audience, text: plant(audience) };
      notes.push({ id, audience, fact, by: name });
      await commit(name, { ops: [op] });
    } else if (what < 6) {
      const op = { op: 'reply', id: `r${n}`, on: note.id, text: plant(note.audience) };
      await commit(name, { ops: [op] });
    } else if (what === 6 && note.by === name && !note.fact) {
      const op = { op: 'edit', id: note.id, on: note.id, text: plant(note.audience) };
      await commit(name, { ops: [op] });
    } else if (what === 7 && note.fact) {
      const known = planted.length;
      const change = {
        do: 'cite',
        source: {
          kind: 'web',
          title: plant(note.audience),
          publisher: '',
          address: '',
          dated: '',
        },
        locator: plant(note.audience),
        stance: 'supports',
        quote: plant(note.audience),
      };
      await changeFact('Tom', note.id, change, known);
    } else if (what === 8 && note.fact) {
      const known = planted.length;
      const rationale = plant(note.audience);
      const rest = { certainty: null, citationIds: [], rationale };
      const change = { do: 'check', verdict: 'needs-context', ...rest };
      await changeFact('Lea', note.id, change, known);
    } else if (what === 9 && !note.fact) {
      const answer = await tabs
        .get(name)
        ?.commit(article, { base: rev, ops: [{ op: 'resolve', on: note.id }] });
      if (answer?.ok) rev = (answer as unknown as { rev: number }).rev;
    } else if (what === 10) {
      const steps = [insertion(24 + rng.int(10), 'so ')];
      await commit('Tom', { intent: 'edit', steps });
      grown += 3;
    } else if (grown < 0) {
      // What has gone is made up for first.
      const steps = [insertion(26 + rng.int(10), 'and so on and on ')];
      await commit('Tom', { intent: 'edit', steps });
      grown += 17;
    } else {
      // Words under notes go, so that these lose their place.
      const from = 26 + rng.int(10);
      const steps = [{ stepType: 'replace', from, to: from + 12 }];
      await commit('Tom', { intent: 'edit', steps });
      grown -= 12;
    }
  }
  for (const tab of tabs.values()) await until(() => tab.commits.at(-1)?.rev === rev);
  return { article, planted, tabs, rev };
}

it('[AU1] every route of the server is in the table of those that are looked through', () => {
  const there = routesOf(makeHttp(live.context, '/nowhere'));
  expect(there.length).toBeGreaterThan(40);
  expect(Object.keys(routes).toSorted()).toEqual([...new Set(there)].toSorted());
});

describe('random histories', () => {
  for (let seed = 1; seed <= runs; seed++)
    it(`[AU2] no word of a note reaches anybody outside its audience (seed ${seed})`, async () => {
      const { article, planted, tabs, rev } = await play(seed, seeded(seed));
      const other = await live.article();
      const sent = await live.ask(`/api/articles/${article}/export?format=docx&view=marked`, {
        cookie: await live.cookie(who('Gus').id),
      });
      const copy = new Uint8Array(await sent.arrayBuffer());
      const parcel = await parcelOf(live, await live.cookie(who('Lea').id), [article]);
      let found = 0;
      let hidden = 0;
      for (const reader of readers) {
        if (['Tom', 'Ada', 'Nobodyhere'].includes(reader.name)) continue;
        const late = await live.tab(reader.id);
        seated.push(late);
        await late.join(article);
        await late.say('article:since', { articleId: article, rev: 0 });
        await late.say('article:since', { articleId: article, rev: 0, steps: true });
        await late.join(article, { rev: 0 });
        const outside = planted.filter(({ audience }) => !mayRead(reader, audience));
        const word = outside[0]?.word ?? 'none';
        const about = { article, other, person: who('Tom').id, rev, word, copy, parcel };
        const answers = await overHttp(live, reader.id, about);
        const all = (tabs.get(reader.name)?.received ?? '') + late.received + answers;
        for (const { word: each, audience } of planted) {
          if (mayRead(reader, audience)) found += all.includes(each) ? 1 : 0;
          else expect(all.includes(each), `${reader.name} finds ${each}`).toBe(false);
        }
        hidden += outside.length;
        for (const { word: each } of outside.slice(0, 6)) {
          const cookie = await live.cookie(reader.id);
          for (const path of [`/api/articles?q=${each}`, `/api/facts?q=${each}`])
            expect(await (await live.ask(path, { cookie })).text(), path).not.toContain(article);
        }
      }
      // The control: the readers a note is for do find it, so that what is looked through is not empty.
      const meant = readers.flatMap((reader) =>
        reader.name === 'Tom' ? [] : planted.filter(({ audience }) => mayRead(reader, audience)),
      );
      expect(found).toBe(meant.length);
      expect(hidden).toBeGreaterThan(40);
      const metrics = await live.ask('/metrics', {
        headers: { authorization: `Bearer ${metricsToken}` },
      });
      expect(metrics.status).toBe(200);
      const around = { log: live.logged(), metrics: await metrics.text(), nodes: told };
      expect(told.length).toBeGreaterThan(100);
      for (const { word } of planted)
        for (const [what, text] of Object.entries(around))
          expect(text.includes(word), `${word} in ${what}`).toBe(false);
    }, 400_000);
});

it('[AU3] who gains access is told to load anew, and then has everything that is theirs now', async () => {
  const { article, planted, tabs } = await play(77, seeded(77));
  const maria = tabs.get('Maria');
  const desk = planted.filter(({ audience }) => audience === 'desk');
  expect(desk.length).toBeGreaterThan(3);
  const before = maria?.received ?? '';
  for (const { word } of desk) expect(before).not.toContain(word);
  const answer = await live.ask(`/api/articles/${article}/people/${who('Maria').id}`, {
    method: 'PUT',
    cookie: await live.cookie(who('Ada').id),
    json: { role: 'reviewer' },
  });
  expect(answer.status).toBe(200);
  await until(() => maria?.received.includes('"why":"rights"'));
  await maria?.join(article);
  for (const { word, audience } of planted) {
    const theirs = sees({ id: who('Maria').id, role: 'reviewer' }, audience);
    if (!theirs) expect(maria?.received, word).not.toContain(word);
  }
  // Words that were changed since are only in the log; all that stand in notes now are here.
  const head = maria?.received.slice(before.length) ?? '';
  const there = desk.filter(({ word }) => head.includes(word)).length;
  expect(there).toBeGreaterThan(desk.length / 2);
});

it('[AU4] who is of the desk is told the names of the house; a guest those of the people in what they may see', async () => {
  const { article, tabs } = await play(99, seeded(99));
  const nobody = who('Nobodyhere').id;
  const join = async (name: string): Promise<string[]> => {
    const tab = await live.tab(who(name).id);
    const { review } = await tab.join(article);
    return (review as ReviewJson).people.map(({ id }) => id);
  };
  expect(await join('Ines')).toContain(nobody);
  for (const name of ['Gus', 'Rhea', 'Maria']) {
    const people = await join(name);
    expect(people, name).not.toContain(nobody);
    expect(people, name).toContain(who(name).id);
    expect(people, name).toContain(who('Tom').id);
    expect(tabs.get(name)?.received, name).not.toContain(nobody);
    const cookie = await live.cookie(who(name).id);
    for (const path of ['history', 'history/0', 'history/5'])
      expect(
        await (await live.ask(`/api/articles/${article}/${path}`, { cookie })).text(),
        path,
      ).not.toContain(nobody);
  }
  // Lea's notes for legal and herself are no reason to name her; who catches up is told who wrote what they missed.
  const tab = await live.tab(who('Gus').id);
  const { people = [] } = (await tab.join(article, { rev: 0 })) as { people?: { id: string }[] };
  expect(people.map(({ id }) => id)).toContain(who('Tom').id);
  expect(people.map(({ id }) => id)).not.toContain(nobody);
});
