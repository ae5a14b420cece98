// Notes for some readers only: their words are looked for, letter by letter, in everything other readers are sent.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Library } from '#core/sync/answers.ts';
import {
  comment,
  liveServer,
  until,
  type LiveServer,
  type Tab,
} from '#tests/server/live-server.ts';

let live: LiveServer;
beforeAll(async () => {
  live = await liveServer();
});
afterAll(() => live.end());

/** Everything HTTP tells this person about the article. */
async function overHttp(userId: string, article: string): Promise<string> {
  const cookie = await live.cookie(userId);
  const views = ['original', 'accepted', 'marked'];
  const copies = ['html', 'md', 'txt', 'json'].flatMap((format) =>
    views.map((view) => `/api/articles/${article}/export?format=${format}&view=${view}`),
  );
  let all = '';
  for (const path of ['/api/me', '/api/articles', `/api/articles/${article}`, ...copies]) {
    const answer = await live.ask(path, { cookie });
    expect(answer.status, path).toBe(200);
    all += JSON.stringify([...answer.headers]) + (await answer.text());
  }
  return all;
}

it('[PR13] a planted word of a note reaches its audience and nobody else', async () => {
  const article = await live.article();
  const ines = await live.person('Ines', 'reviewer');
  const tom = await live.person('Tom', 'editor');
  const lea = await live.person('Lea', 'legal');
  const maria = await live.person('Maria', 'writer');
  await live.member(article, maria, 'writer');
  const people = { ines, tom, lea, maria };
  type Name = keyof typeof people;
  const tabs = {} as Record<Name, Tab>;
  for (const [name, id] of Object.entries(people) as [Name, string][]) {
    tabs[name] = await live.tab(id);
    expect((await tabs[name].join(article)).ok).toBe(true);
  }
  const claim = { id: 'kk', type: 'money', text: 'walrusclaim', check: 'walruscheck' };
  const { text: _none, ...place } = comment('o1', '', 'desk') as { text: string };
  const said: [Name, object][] = [
    ['tom', comment('c-desk', 'walrus one', 'desk')],
    ['ines', { op: 'reply', id: 'r1', on: 'c-desk', text: 'walrus two' }],
    ['tom', { op: 'edit', id: 'c-desk', on: 'c-desk', text: 'walrus three' }],
    ['ines', { ...place, op: 'occurrence.open', claim }],
    ['tom', comment('c-legal', 'narwhal four', 'legal')],
    ['lea', { op: 'reply', id: 'r2', on: 'c-legal', text: 'narwhal five' }],
    ['tom', comment('c-two', 'seahorse six', { people: [tom, maria] })],
    ['maria', { op: 'reply', id: 'r3', on: 'c-two', text: 'seahorse seven' }],
    ['tom', comment('c-all', 'porpoise eight', 'all')],
    ['tom', { op: 'resolve', on: 'c-desk' }],
  ];
  let rev = 0;
  for (const [name, op] of said) {
    const answer = await tabs[name].commit(article, { base: rev, ops: [op] });
    expect(answer, JSON.stringify(op)).toMatchObject({ ok: true, rev: ++rev });
  }
  for (const tab of Object.values(tabs)) await until(() => tab.commits.at(-1)?.rev === rev);
  // Answers that name a note they cannot see must be those for a note that does not exist.
  for (const on of ['c-desk', 'c-legal', 'o1', 'nothing'])
    expect(
      await tabs.maria.commit(article, {
        base: rev,
        ops: [{ op: 'reply', id: 'rx', on, text: 'x' }],
      }),
      on,
    ).toMatchObject({ ok: false, code: 'NOTE_UNKNOWN' });

  const sees: Record<string, readonly Name[]> = {
    walrus: ['ines', 'tom', 'lea'],
    narwhal: ['tom', 'lea'],
    seahorse: ['tom', 'maria'],
    porpoise: ['ines', 'tom', 'lea', 'maria'],
  };
  for (const [name, id] of Object.entries(people) as [Name, string][]) {
    const late = await live.tab(id);
    await late.join(article);
    await late.say('article:since', { articleId: article, rev: 0 });
    await late.join(article, { rev: 0 });
    expect(tabs[name].commits.map((commit) => commit.rev)).toEqual(said.map((_, n) => n + 1));
    const http = await overHttp(id, article);
    for (const [word, names] of Object.entries(sees)) {
      const should = names.includes(name);
      const where = { frames: tabs[name].received, late: late.received, http };
      for (const [what, all] of Object.entries(where))
        expect(all.includes(word), `${name} finds ${word} in ${what}`).toBe(should);
    }
    const { articles } = JSON.parse(
      await (await live.ask('/api/articles', { cookie: await live.cookie(id) })).text(),
    ) as Library;
    const counts = articles.find((one) => one.id === article)?.counts;
    const comments = Object.values(sees).filter((names) => names.includes(name)).length;
    expect(counts, name).toMatchObject({ comments, facts: name === 'maria' ? 0 : 1 });
  }
  for (const word of Object.keys(sees)) expect(live.logged()).not.toContain(word);
});
