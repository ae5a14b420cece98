// History over HTTP: sittings, names, comparing, a past review and the way back, for those who may.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Commit, StepJson } from '#core/sync/commit.ts';
import type { Role } from '#core/annotate/audience.ts';
import { schema } from '#core/article/schema.ts';
import type {
  ComparisonAnswer,
  HistoryAnswer,
  RestoreAnswer,
  Version,
} from '#core/sync/history.ts';
import { apply, reviewFromJson, reviewToJson, type ReviewJson } from '#core/sync/review.ts';
import { track } from '#core/suggest/track.ts';
import { Transform } from 'prosemirror-transform';
import {
  comment,
  insertion,
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

interface Asker {
  id: string;
  cookie: string;
}

async function asker(name: string, role: Role): Promise<Asker> {
  const id = await live.person(name, role);
  return { id, cookie: await live.cookie(id) };
}

async function get<T>(who: Asker, path: string): Promise<{ status: number; body: T }> {
  const answer = await live.ask(`/api/articles/${path}`, { cookie: who.cookie });
  return { status: answer.status, body: (await answer.json()) as T };
}

async function post<T>(
  who: Asker,
  path: string,
  body: unknown,
): Promise<{ status: number; body: T }> {
  const answer = await live.ask(`/api/articles/${path}`, { cookie: who.cookie, json: body });
  return { status: answer.status, body: (await answer.json()) as T };
}

const textOf = (review: ReviewJson): string => {
  const { doc } = reviewFromJson(review);
  return doc.textBetween(0, doc.content.size, '\n');
};

const headOf = async (who: Asker, id: string): Promise<ReviewJson> => {
  const { head } = (await get<HistoryAnswer>(who, `${id}/history`)).body;
  return (await get<ReviewJson>(who, `${id}/history/${head}`)).body;
};

/** A replacement of the first place of `words`, made in the newest text. */
async function change(
  tab: Tab,
  who: Asker,
  articleId: string,
  [words, by]: [string, string],
  intent: 'edit' | 'suggest' = 'edit',
  suggestion = 's1',
): Promise<void> {
  const review = await headOf(who, articleId);
  const { doc } = reviewFromJson(review);
  let from = -1;
  doc.descendants((node, pos) => {
    const at = node.isText ? (node.text ?? '').indexOf(words) : -1;
    if (from < 0 && at >= 0) from = pos + at;
  });
  const tr = new Transform(doc);
  if (by === '') tr.delete(from, from + words.length);
  else tr.replaceWith(from, from + words.length, schema.text(by));
  let { steps } = tr;
  if (intent === 'suggest') {
    const tracked = track(doc, tr, who.id, { idFor: () => suggestion });
    if ('refused' in tracked) throw new Error(tracked.refused);
    steps = tracked.steps;
  }
  const ops =
    intent === 'suggest'
      ? [{ op: 'suggestion.open', id: suggestion, reason: '', category: '' }]
      : [];
  const json = steps.map((step) => step.toJSON() as StepJson);
  const answer = await tab.commit(articleId, { base: review.rev, intent, steps: json, ops });
  expect(answer).toMatchObject({ ok: true });
}

describe('the past of an article', () => {
  it('[HI1][HI10] lists sittings by person with counts, and named versions', async () => {
    const ed = await asker('Ed', 'editor');
    const rea = await asker('Rea', 'reviewer');
    const id = await live.article();
    const [a, b] = [await live.tab(ed.id), await live.tab(rea.id)];
    await a.join(id);
    await b.join(id);
    await change(a, ed, id, ['heaven', 'haven']);
    await change(b, rea, id, ['fund', 'funds'], 'suggest');
    await b.commit(id, { base: 2, ops: [comment('c1', 'Why?')] });
    await a.commit(id, {
      base: 3,
      intent: 'decide',
      ops: [{ op: 'decide', ids: ['s1'], verdict: 'accept' }],
    });
    const named = await post<Version>(rea, `${id}/history/versions`, {
      rev: 2,
      name: '  Copy-edited ',
    });
    expect(named.status).toBe(201);
    const { body } = await get<HistoryAnswer>(ed, `${id}/history`);
    expect(body).toMatchObject({ head: 4, before: null, may: { name: true, restore: true } });
    expect(body.sittings.map(({ by, first, last, counts }) => [by, first, last, counts])).toEqual([
      [ed.id, 1, 4, { edited: 1, accepted: 1 }],
      [rea.id, 2, 3, { suggested: 1, commented: 1 }],
    ]);
    expect(body.versions).toEqual([
      { id: named.body.id, rev: 2, name: 'Copy-edited', by: rea.id, at: named.body.at },
    ]);
    const older = await get<HistoryAnswer>(ed, `${id}/history?before=3`);
    expect(older.body.sittings.map(({ last }) => last)).toEqual([2, 1]);
    for (const name of ['', '   ', 'x'.repeat(121), 'a\nb'])
      expect((await post(ed, `${id}/history/versions`, { rev: 2, name })).status, name).toBe(400);
    expect((await post(ed, `${id}/history/versions`, { rev: 5, name: 'Later' })).status).toBe(404);
    expect(await live.audits('version.name')).toHaveLength(1);
  });

  it('[HI18] a version is renamed by who named it or by an editor, and the audit keeps the old name', async () => {
    const ed = await asker('Ed', 'editor');
    const rea = await asker('Rea', 'reviewer');
    const other = await asker('Oz', 'reviewer');
    const id = await live.article();
    const named = await post<Version>(rea, `${id}/history/versions`, { rev: 0, name: 'Filde' });
    const path = `/api/articles/${id}/history/versions/${named.body.id}`;
    const rename = async (who: typeof ed, name: unknown, at = path): Promise<number> =>
      (await live.ask(at, { method: 'PUT', cookie: who.cookie, json: { name } })).status;
    expect(await rename(other, 'Mine')).toBe(403);
    expect(await rename(rea, ' Filed ')).toBe(200);
    expect(await rename(ed, 'As filed')).toBe(200);
    for (const wrong of ['', '   ', 5, 'a\nb', 'x'.repeat(121)])
      expect(await rename(ed, wrong)).toBe(400);
    expect(await rename(ed, 'Nothing', `${path}x`)).toBe(404);
    const elsewhere = await live.article();
    expect(await rename(ed, 'Elsewhere', path.replace(id, elsewhere))).toBe(404);
    const listed = async (who: typeof ed): Promise<HistoryAnswer> =>
      (await get<HistoryAnswer>(who, `${id}/history`)).body;
    const { versions, may } = await listed(ed);
    expect(versions).toEqual([{ ...named.body, name: 'As filed' }]);
    expect(may.rename).toEqual([named.body.id]);
    expect((await listed(rea)).may.rename).toEqual([named.body.id]);
    expect((await listed(other)).may.rename).toEqual([]);
    const kept = (await live.audits('version.rename')).map(({ detail }) => detail);
    expect(kept).toMatchObject([
      { was: 'Filde', name: 'Filed' },
      { was: 'Filed', name: 'As filed' },
    ]);
  });

  it('[HI8] gives the review of every revision as the log does, across snapshots', async () => {
    const ed = await asker('Ed', 'editor');
    const id = await live.article();
    const opening = await headOf(ed, id);
    const tab = await live.tab(ed.id);
    await tab.join(id);
    const pairs: [string, string][] = [
      ['heaven', 'haven'],
      ['fund', 'bank'],
      ['headline', 'title'],
      ['long', 'short'],
    ];
    for (const pair of pairs.slice(0, 2)) await change(tab, ed, id, pair);
    const room = await live.context.rooms.room(id);
    await room?.rest();
    for (const pair of pairs.slice(2)) await change(tab, ed, id, pair);
    const log = await live.context.store.commits(id, 0, 100);
    expect(log).toHaveLength(4);
    let replay = reviewFromJson(opening);
    for (const commit of [null, ...log]) {
      if (commit) replay = apply(replay, commit);
      const { body } = await get<ReviewJson>(ed, `${id}/history/${replay.rev}`);
      expect(body.doc).toEqual(reviewToJson(replay).doc);
      expect(body.rev).toBe(replay.rev);
    }
    for (const rev of ['5', '-1', 'x', '1.5', '99999999999']) {
      const { status } = await get(ed, `${id}/history/${rev}`);
      expect(status, rev).toBe(rev === '5' ? 404 : 400);
    }
  });

  it('[HI8] no byte of a note of the desk reaches the writer, and a sitting of hidden notes alone is not there', async () => {
    const ed = await asker('Ed', 'editor');
    const writer = await asker('Wil', 'writer');
    const id = await live.article();
    await live.member(id, writer.id, 'writer');
    const tab = await live.tab(ed.id);
    await tab.join(id);
    await tab.commit(id, { ops: [comment('secret-note', 'Is this libel?', 'desk')] });
    let seen = '';
    for (const path of ['history', 'history/1', 'history/compare?from=0&to=1'])
      seen += JSON.stringify((await get(writer, `${id}/${path}`)).body);
    expect(seen).not.toMatch(/libel|secret-note/);
    expect((await get<HistoryAnswer>(writer, `${id}/history`)).body.sittings).toEqual([]);
    expect((await get<HistoryAnswer>(ed, `${id}/history`)).body.sittings).toHaveLength(1);
    expect(JSON.stringify((await get(ed, `${id}/history/1`)).body)).toMatch(/libel/);
  });

  it('[HI4] compares two revisions, whichever is named first, and says who changed the text', async () => {
    const ed = await asker('Ed', 'editor');
    const rea = await asker('Rea', 'reviewer');
    const id = await live.article();
    const [a, b] = [await live.tab(ed.id), await live.tab(rea.id)];
    await a.join(id);
    await b.join(id);
    await change(a, ed, id, ['heaven', 'haven']);
    await change(b, rea, id, ['fund', 'bank'], 'suggest');
    await b.commit(id, { base: 2, ops: [comment('c1', 'Why?')] });
    const asked = await get<ComparisonAnswer>(ed, `${id}/history/compare?from=3&to=0`);
    expect(asked.body).toMatchObject({
      from: 0,
      to: 3,
      by: [ed.id, rea.id],
      inserted: 1,
      deleted: 1,
    });
    const changed = asked.body.blocks.filter((block) => block.change !== 'kept');
    expect(changed.map(({ runs }) => runs.filter((run) => run.kind !== 'kept'))).toEqual([
      [
        { kind: 'deleted', text: 'heaven' },
        { kind: 'inserted', text: 'haven' },
      ],
    ]);
    const edited = await get<ComparisonAnswer>(
      ed,
      `${id}/history/compare?from=1&to=3&text=accepted`,
    );
    expect(edited.body).toMatchObject({ inserted: 1, deleted: 1, by: [rea.id] });
    const bad = await get(ed, `${id}/history/compare?from=1&to=3&text=marked`);
    expect(bad.status).toBe(400);
  });
});

describe('the way back', () => {
  it('[HI11][HI7] is one edit of the asker that all see; annotations stay, the audit has it, and twice is once', async () => {
    const ed = await asker('Ed', 'editor');
    const rea = await asker('Rea', 'reviewer');
    const id = await live.article();
    const [a, b] = [await live.tab(ed.id), await live.tab(rea.id)];
    await a.join(id);
    await b.join(id);
    // Pending at revision 1: must not come back under Rea's name once it is gone.
    await change(b, rea, id, ['heaven', 'haven'], 'suggest', 'old');
    const before = (await get<ReviewJson>(ed, `${id}/history/0`)).body;
    await a.commit(id, {
      base: 1,
      intent: 'decide',
      ops: [{ op: 'decide', ids: ['old'], verdict: 'accept' }],
    });
    await change(a, ed, id, ['for all who come, ', '']);
    await change(b, rea, id, ['last', 'past'], 'suggest', 'new');
    const { doc } = reviewFromJson(await headOf(ed, id));
    let at = -1;
    doc.descendants((node, pos) => {
      if (node.isText && node.text?.includes('second')) at = pos + node.text.indexOf('second');
    });
    const place = { from: at, to: at + 6, quote: { exact: 'second', prefix: '', suffix: '' } };
    await b.commit(id, { base: 4, ops: [{ ...comment('c1', 'Which first?'), ...place }] });

    const { status, body } = await post<RestoreAnswer>(ed, `${id}/history/restore`, { rev: 1 });
    expect(status).toBe(200);
    expect(body).toEqual({ rev: 6, changed: true });
    const frame = await until(() => b.commits.find((one: Commit) => one.rev === 6));
    expect(frame).toMatchObject({ userId: ed.id, intent: 'edit', ops: [] });
    const now = await headOf(rea, id);
    expect(textOf(now)).toBe(textOf(before).replace('last', 'lastpast'));
    const rows = new Map(now.suggestions.map((row) => [row.id, row.status]));
    expect([rows.get('old'), rows.get('new')]).toEqual(['accepted', 'pending']);
    expect(JSON.stringify(now.doc)).not.toContain('"old"');
    expect(now.anchors).toMatchObject([{ id: 'c1', state: 'attached', exact: 'second' }]);
    expect((await live.audits('article.restore')).at(-1)).toMatchObject({
      articleId: id,
      detail: { restored: 1, rev: 6 },
    });
    const { sittings } = (await get<HistoryAnswer>(ed, `${id}/history`)).body;
    expect(sittings[0]).toMatchObject({ by: ed.id, last: 6, restored: 1 });

    const again = await post<RestoreAnswer>(ed, `${id}/history/restore`, { rev: 1 });
    expect(again.body).toEqual({ rev: 6, changed: false });
    expect((await post(ed, `${id}/history/restore`, { rev: 7 })).status).toBe(404);
  });

  it('[HI11] what others commit in the same moment is kept', async () => {
    const ed = await asker('Ed', 'editor');
    const rea = await asker('Rea', 'editor');
    const id = await live.article();
    const [a, b] = [await live.tab(ed.id), await live.tab(rea.id)];
    await a.join(id);
    await b.join(id);
    await change(a, ed, id, ['heaven', 'haven']);
    await change(a, ed, id, ['long', 'short']);
    const { doc } = reviewFromJson(await headOf(ed, id));
    let end = 0;
    doc.forEach((block, offset) => (end = offset + 1 + block.content.size));
    const typing = Array.from({ length: 20 }, () =>
      b.commit(id, { base: 2, intent: 'edit', steps: [insertion(end, '+')] }),
    );
    const restoring = post<RestoreAnswer>(ed, `${id}/history/restore`, { rev: 0 });
    for (const answer of await Promise.all(typing)) expect(answer.ok).toBe(true);
    expect((await restoring).body.changed).toBe(true);
    const filed = textOf((await get<ReviewJson>(ed, `${id}/history/0`)).body);
    const now = textOf(await headOf(ed, id));
    // What was typed before the restoration is part of what it takes back; what came after it stands.
    expect(now.replaceAll('+', '')).toBe(filed);
    const late = await b.commit(id, { base: 2, intent: 'edit', steps: [insertion(end, '!')] });
    expect(late.ok).toBe(true);
    expect(textOf(await headOf(ed, id))).toBe(`${now}!`);
  });

  it('[HI11] a browser cannot pass its own edit off as a restoration', async () => {
    const ed = await asker('Ed', 'editor');
    const id = await live.article();
    const tab = await live.tab(ed.id, { clientId: 'restore~0~12345678' });
    expect(await tab.join(id)).toMatchObject({ ok: false, code: 'BAD_MESSAGE' });
  });
});

describe('rights', () => {
  const paths = ['history', 'history/0', 'history/compare?from=0&to=0'];

  it('[HI9] people from outside learn nothing, and nobody does without signing in', async () => {
    const id = await live.article();
    const stranger = await asker('Sam', 'writer');
    for (const path of paths) {
      expect((await get(stranger, `${id}/${path}`)).status, path).toBe(404);
      expect((await live.ask(`/api/articles/${id}/${path}`)).status, path).toBe(401);
    }
    expect((await post(stranger, `${id}/history/restore`, { rev: 0 })).status).toBe(404);
    expect((await post(stranger, `${id}/history/versions`, { rev: 0, name: 'x' })).status).toBe(
      404,
    );
    const elsewhere = await live.ask(`/api/articles/${id}/history/restore`, {
      method: 'POST',
      cookie: (await asker('Ed', 'editor')).cookie,
      headers: { origin: 'https://elsewhere.test', 'content-type': 'application/json' },
      body: '{"rev":0}',
    });
    expect(elsewhere.status).toBe(403);
  });

  it('[HI9] a viewer reads, a reviewer names, an editor restores', async () => {
    const id = await live.article();
    const ed = await asker('Ed', 'editor');
    const tab = await live.tab(ed.id);
    await tab.join(id);
    await change(tab, ed, id, ['heaven', 'haven']);
    const told: [Role, number, number][] = [
      ['viewer', 403, 403],
      ['reviewer', 201, 403],
      ['writer', 201, 403],
      ['editor', 201, 200],
    ];
    for (const [role, naming, restoring] of told) {
      const who = await asker('Pat', role);
      await live.member(id, who.id, role);
      for (const path of paths)
        expect((await get(who, `${id}/${path}`)).status, `${role} ${path}`).toBe(200);
      const { body } = await get<HistoryAnswer>(who, `${id}/history`);
      expect(body.may, role).toMatchObject({ name: naming === 201, restore: restoring === 200 });
      const named = await post(who, `${id}/history/versions`, { rev: 1, name: role });
      expect(named.status, role).toBe(naming);
      const restore = await post(who, `${id}/history/restore`, { rev: 0 });
      expect(restore.status, role).toBe(restoring);
    }
  });
});
