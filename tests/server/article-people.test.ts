// Who is in one article, and what restricting it does, on a real server.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ArticlePeople, HousePeople, MadeLink } from '#core/people/answers.ts';
import type { Library } from '#core/sync/answers.ts';
import { comment, soonMs, until } from '#tests/server/live-server.ts';
import {
  admin,
  ask,
  closeHouse,
  editor,
  guest,
  join,
  live,
  mail,
  openHouse,
  type Told,
} from '#tests/server/people-house.ts';

beforeAll(openHouse);
afterAll(closeHouse);

describe('the people of an article', () => {
  const path = (article: string, rest = ''): string => `/api/articles/${article}/people${rest}`;
  const put = (article: string, id: string, body: object, as = editor): Promise<Told> =>
    ask('PUT', path(article, `/${id}`), { as }, body);
  const restrict = (article: string, restricted: boolean, as = editor): Promise<Told> =>
    ask('PUT', `/api/articles/${article}/restricted`, { as }, { restricted });
  const shown = async (article: string, as = editor): Promise<ArticlePeople> =>
    (await ask('GET', path(article), { as })).body as ArticlePeople;

  it('[PE12][PE14][PE15] are added and taken off by who shares it; the open page hears of it', async () => {
    const article = await live.article();
    const writer = await live.person('Mia', 'writer');
    expect((await shown(article)).others.map((one) => one.id)).toContain(writer);
    expect((await put(article, writer, { role: 'writer' })).status).toBe(200);
    const list = await shown(article);
    expect(list.people.find((one) => one.person.id === writer)).toMatchObject({
      role: 'writer',
      by: 'membership',
      endsAt: null,
    });
    expect(list.people.find((one) => one.person.id === editor)).toMatchObject({ by: 'desk' });
    expect(JSON.stringify(list)).not.toContain('@');
    const tab = await live.tab(writer);
    expect((await tab.join(article)).ok).toBe(true);
    expect((await ask('DELETE', path(article, `/${writer}`), { as: editor })).status).toBe(200);
    await until(() => tab.received.includes('article:resync'), soonMs);
    expect((await tab.join(article)).code).toBe('ARTICLE_UNKNOWN');
    expect((await ask('DELETE', path(article, `/${writer}`), { as: editor })).code).toBe(
      'NOT_FOUND',
    );
    for (const action of ['article.person', 'article.person.remove']) {
      const rows = await live.audits(action);
      expect(
        rows.filter((row) => row.articleId === article),
        action,
      ).toHaveLength(1);
    }
  });

  it('[PE12] nobody becomes more in an article than an editor may give, and others give nothing', async () => {
    const article = await live.article();
    const viewer = await live.person('Vic', 'viewer');
    const checker = await live.person('Sid', 'fact-checker');
    for (const role of ['reviewer', 'legal', 'editor', 'admin'])
      expect((await put(article, viewer, { role })).code, role).toBe('FORBIDDEN');
    expect((await put(article, checker, { role: 'fact-checker' })).status).toBe(200);
    expect((await put(article, viewer, { role: 'editor' }, admin)).status).toBe(200);
    expect((await put(article, viewer, { role: 'admin' }, admin)).code).toBe('FORBIDDEN');
    expect((await put(article, editor, { role: 'viewer' }, checker)).code).toBe('FORBIDDEN');
    expect((await ask('GET', path(article), { as: checker })).code).toBe('FORBIDDEN');
    expect((await restrict(article, true, checker)).code).toBe('FORBIDDEN');
    const outsider = await live.person('Wim', 'writer');
    expect((await ask('GET', path(article), { as: outsider })).code).toBe('ARTICLE_UNKNOWN');
    expect((await put(article, 'nobody', { role: 'viewer' })).code).toBe('NOT_FOUND');
    const past = { role: 'writer', endsAt: '2020-01-01T00:00:00Z' };
    expect((await put(article, outsider, past)).code).toBe('BAD_REQUEST');
  });

  it('[PE12] a writer who is taken off their own article does not read it any more', async () => {
    const article = await live.article();
    const writer = await live.person('Wes', 'writer');
    await live.context.accounts.setWriter(article, writer);
    expect((await shown(article)).people.find((one) => one.person.id === writer)?.by).toBe(
      'writing',
    );
    await ask('DELETE', path(article, `/${writer}`), { as: editor });
    expect((await ask('GET', `/api/articles/${article}`, { as: writer })).status).toBe(404);
  });

  it('[PE13][PE15] a restricted article is gone for the desk, stays for who restricted it, and an administrator hands it on', async () => {
    const article = await live.article();
    const checker = await live.person('Ike', 'fact-checker');
    const listed = async (as: string): Promise<boolean> =>
      ((await ask('GET', '/api/articles', { as })).body as Library).articles.some(
        (one) => one.id === article,
      );
    const tab = await live.tab(checker);
    await tab.join(article);
    expect(await listed(checker)).toBe(true);
    expect((await restrict(article, true)).status).toBe(200);
    await until(() => tab.received.includes('article:resync'), soonMs);
    const mine = await live.tab(editor);
    expect((await mine.join(article)).ok).toBe(true);
    await mine.commit(article, { ops: [comment('r1', 'Only among us.')] });
    expect((await tab.say('article:since', { articleId: article, rev: 0 })).code).toBe(
      'ARTICLE_UNKNOWN',
    );
    expect(tab.received).not.toContain('Only among us.');
    for (const as of [checker, admin]) {
      expect(await listed(as)).toBe(false);
      for (const rest of ['', '/export?format=txt'])
        expect((await ask('GET', `/api/articles/${article}${rest}`, { as })).status).toBe(404);
    }
    expect(await listed(editor)).toBe(true);
    expect((await shown(article)).people.map((one) => one.person.id)).toEqual([editor]);

    const house = (await ask('GET', '/api/people', { as: admin })).body as HousePeople;
    expect(house.restricted).toContainEqual({ id: article, headline: 'A headline of its own' });
    expect((await put(article, checker, { role: 'fact-checker' }, admin)).status).toBe(200);
    expect((await shown(article, admin)).people).toHaveLength(2);
    expect(await listed(admin)).toBe(false);
    expect(await listed(checker)).toBe(true);
    expect((await restrict(article, false)).status).toBe(200);
    expect(await listed(admin)).toBe(true);
    const rows = await live.audits('article.restrict');
    expect(rows.filter((row) => row.articleId === article).map((row) => row.detail)).toEqual([
      { restricted: true },
      { restricted: false },
    ]);
  });

  it('[PE12] shows the invitations that wait, and who shares the article takes them back', async () => {
    const article = await live.article();
    const email = mail();
    const { token } = (await guest(article, email)).body as MadeLink;
    const [waiting] = (await shown(article)).invitations;
    expect(waiting).toMatchObject({ email, role: 'writer', by: 'Tom' });
    const id = waiting?.id ?? '';
    const outsider = await live.person('Wim', 'writer');
    expect((await ask('DELETE', `/api/invitations/${id}`, { as: outsider })).code).toBe(
      'NOT_FOUND',
    );
    expect((await ask('DELETE', `/api/invitations/${id}`, { as: editor })).status).toBe(200);
    expect((await join(token, email)).code).toBe('LINK_EXPIRED');
  });
});
