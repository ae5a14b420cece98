// The wire, with real sockets on a real server.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Refusal } from '#core/sync/error.ts';
import { maxCommitBytes } from '#core/sync/limits.ts';
import type { Peer } from '#core/sync/protocol.ts';
import { namedOf } from '#server/realtime/presence.ts';
import {
  comment,
  insertion,
  liveServer,
  until,
  type LiveServer,
} from '#tests/server/live-server.ts';
import { cutAfterOwn } from '#web/session/line.ts';

let live: LiveServer;
let ines: string;
let tom: string;
let maria: string;

beforeAll(async () => {
  live = await liveServer();
  ines = await live.person('Ines', 'reviewer');
  tom = await live.person('Tom', 'editor');
  maria = await live.person('Maria', 'writer');
});
afterAll(() => live.end());

describe('an article with two people', () => {
  it('[PR1] gives a new reader the whole review and one that was here before what it missed', async () => {
    const article = await live.article();
    const a = await live.tab(tom);
    const first = await a.join(article);
    expect(first).toMatchObject({ ok: true, rev: 0, lastSeq: 0, peers: [] });
    expect(first.review?.people.map((person) => person.id)).toContain(ines);
    expect(first.me).toMatchObject({ id: tom, role: 'editor' });
    for (const words of ['one', 'two'])
      expect((await a.commit(article, { ops: [comment(words, words)] })).ok).toBe(true);
    const b = await live.tab(ines);
    const second = await b.join(article, { rev: 1 });
    expect(second.review).toBeUndefined();
    expect(second.commits?.map((commit) => commit.rev)).toEqual([2]);
    const far = await b.join(article, { rev: 7 });
    expect(far.review?.rev).toBe(2);
    const since = await b.say('article:since', { articleId: article, rev: 0 });
    expect(since.commits?.map((commit) => commit.rev)).toEqual([1, 2]);
    expect((await (await live.tab(tom, { clientId: a.clientId })).join(article)).lastSeq).toBe(2);
  });

  it('[PR2] sends each commit to everybody in the article, in order and under dense numbers', async () => {
    const article = await live.article();
    const [a, b] = [await live.tab(tom), await live.tab(ines)];
    await a.join(article);
    await b.join(article);
    const edits = [1, 2, 3].map((n) =>
      a.commit(article, { intent: 'edit', steps: [insertion(1, String(n))] }),
    );
    const notes = [4, 5].map((n) => b.commit(article, { ops: [comment(`n${n}`, 'Why?')] }));
    for (const answer of await Promise.all([...edits, ...notes])) expect(answer.ok).toBe(true);
    await until(() => a.commits.length === 5 && b.commits.length === 5);
    for (const tab of [a, b]) expect(tab.commits.map(({ rev }) => rev)).toEqual([1, 2, 3, 4, 5]);
    expect(a.commits).toEqual(b.commits);
    expect(new Set(a.commits.map(({ userId }) => userId))).toEqual(new Set([tom, ines]));
  });

  it('[PR3] sends authors and readers the same frames, which they cut after their own commits', async () => {
    const article = await live.article();
    const [a, b] = [await live.tab(tom), await live.tab(ines)];
    await a.join(article);
    await b.join(article);
    const all = Array.from({ length: 12 }, (_, n) =>
      (n % 3 === 0 ? b : a).commit(article, { ops: [comment(`n${n}`, 'Why?')] }),
    );
    await Promise.all(all);
    await until(() => a.commits.length === 12 && b.commits.length === 12);
    expect(a.frames).toEqual(b.frames);
    const whole = a.commits;
    for (const { clientId } of [a, b]) {
      const cut = cutAfterOwn(whole, clientId);
      expect(cut.flat()).toEqual(whole);
      expect(cut.length).toBeGreaterThan(1);
      for (const frame of cut) {
        const own = frame.findIndex((commit) => commit.clientId === clientId);
        expect([-1, frame.length - 1]).toContain(own);
      }
    }
  });

  it('[PR4] answers a commit that comes twice with what came of it, and writes it once', async () => {
    const article = await live.article();
    const a = await live.tab(tom);
    await a.join(article);
    const commit = a.made({ intent: 'edit', steps: [insertion(1, 'x')] });
    const asked = { articleId: article, commit };
    const [first, again] = await Promise.all([
      a.say('article:commit', asked),
      a.say('article:commit', asked),
    ]);
    expect(first).toMatchObject({ ok: true, rev: 1, seq: commit.seq });
    expect(again).toEqual(first);
    a.close();
    const b = await live.tab(tom, { clientId: a.clientId });
    await b.join(article);
    expect(await b.say('article:commit', asked)).toEqual(first);
    expect((await live.context.store.article(article))?.rev).toBe(1);
  });

  it('[PR5] says who is here and where, each client once, until they go', async () => {
    const article = await live.article();
    const [a, b] = [await live.tab(tom), await live.tab(ines)];
    await a.join(article);
    expect((await b.join(article)).peers?.map((peer) => peer.person.name)).toEqual(['Tom']);
    for (let n = 0; n < 10; n++)
      b.socket.emit('article:presence', {
        articleId: article,
        at: 0,
        anchor: n,
        head: n,
        mode: 'suggest',
      });
    const seen = await until(() =>
      a.peers.find((peer) => peer.clientId === b.clientId && peer.head === 9),
    );
    expect(seen).toMatchObject({ person: { id: ines }, mode: 'suggest', anchor: 9 });
    expect(live.context.activeIn(article).map((person) => person.id)).toEqual([tom, ines]);
    b.close();
    await until(() => a.peers.length === 1);
    expect(live.context.activeIn(article).map((person) => person.id)).toEqual([tom]);
  });

  it('[PR5] sends carets at most every 100 ms, however often they move', async () => {
    const article = await live.article();
    const [a, b] = [await live.tab(tom), await live.tab(ines)];
    await a.join(article);
    await b.join(article);
    let frames = 0;
    a.socket.on('article:presence', () => frames++);
    const start = performance.now();
    while (frames < 6) {
      b.socket.emit('article:presence', {
        articleId: article,
        at: 0,
        anchor: 1,
        head: 1,
        mode: 'read',
      });
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    expect(frames).toBeLessThanOrEqual((performance.now() - start) / 100 + 2);
  });

  it('[PR5] names a hundred of a crowd, those who write first', () => {
    const peers = Array.from({ length: 250 }, (_, n): Peer => {
      const head = n % 50 === 0 ? n : null;
      const person = { id: `p${n}`, name: 'P', role: 'viewer' as const, color: 0 };
      return { clientId: `c${n}`, person, at: 0, anchor: head, head, mode: 'read' };
    });
    const named = namedOf(peers);
    expect(named).toHaveLength(100);
    expect(named.slice(0, 5).map(({ head }) => head)).toEqual([0, 50, 100, 150, 200]);
    expect(new Set(named.map(({ clientId }) => clientId)).size).toBe(100);
    expect(namedOf(peers.slice(0, 100))).toEqual(peers.slice(0, 100));
  });
});

describe('what is refused', () => {
  const code = (answer: object): string | undefined => (answer as Partial<Refusal>).code;

  it('[PR6] a client name in use by somebody else, and a commit under another client’s name', async () => {
    const article = await live.article();
    const a = await live.tab(tom);
    await a.join(article);
    const thief = await live.tab(ines, { clientId: a.clientId });
    expect(code(await thief.join(article))).toBe('FORGED_AUTHOR');
    const b = await live.tab(ines);
    await b.join(article);
    const forged = { ...b.made({ ops: [comment('c1', 'x')] }), clientId: a.clientId };
    expect(code(await b.say('article:commit', { articleId: article, commit: forged }))).toBe(
      'FORGED_AUTHOR',
    );
  });

  it('[PR6] the author is the session’s, whatever the message says', async () => {
    const article = await live.article();
    const a = await live.tab(ines);
    await a.join(article);
    const claimed = { userId: tom, at: '1999-01-01T00:00:00.000Z', by: tom };
    const answer = await a.say('article:commit', {
      articleId: article,
      ...claimed,
      commit: a.made({ ...claimed, ops: [{ ...comment('c1', 'Mine.'), ...claimed }] }),
    });
    expect(answer.ok).toBe(true);
    const [stored] = await live.context.store.commits(article, 0, 1);
    expect(stored).toMatchObject({ userId: ines });
    expect(stored?.at.startsWith('1999')).toBe(false);
    expect(JSON.stringify(stored)).not.toContain(tom);
    const mark = { type: 'insertion', attrs: { id: 's1', by: tom } };
    const forged = await a.commit(article, {
      base: 1,
      intent: 'suggest',
      steps: [insertion(1, 'x', [mark])],
      ops: [{ op: 'suggestion.open', id: 's1', reason: '', category: '' }],
    });
    expect(forged.ok).toBe(false);
    expect((await live.context.store.article(article))?.rev).toBe(1);
  });

  it('[PR7] a reviewer’s plain edit is refused and nothing changes', async () => {
    const article = await live.article();
    const [a, b] = [await live.tab(ines), await live.tab(tom)];
    await a.join(article);
    await b.join(article);
    const steps = [insertion(1, 'x')];
    expect(code(await a.commit(article, { intent: 'edit', steps }))).toBe('SUGGEST_ONLY');
    expect((await a.commit(article, { intent: 'suggest', steps })).ok).toBe(false);
    expect((await live.context.store.article(article))?.rev).toBe(0);
    expect(b.commits).toEqual([]);
  });

  it('[PR8] every message that is not understood is answered, and the server lives', async () => {
    const article = await live.article();
    const a = await live.tab(tom);
    await a.join(article);
    const good = a.made({});
    const bad: [string, ...unknown[]][] = [
      ['article:commit'],
      ['article:commit', null],
      ['article:commit', 7],
      ['article:commit', []],
      ['article:commit', { articleId: article }],
      ['article:commit', { articleId: '../x', commit: good }],
      ['article:commit', { articleId: article, commit: { ...good, seq: 0 } }],
      ['article:commit', { articleId: article, commit: { ...good, seq: 1e99 } }],
      ['article:commit', { articleId: article, commit: { ...good, base: -1 } }],
      ['article:commit', { articleId: article, commit: { ...good, base: 10 } }],
      ['article:commit', { articleId: article, commit: { ...good, intent: 'destroy' } }],
      ['article:commit', { articleId: article, commit: { ...good, steps: [null] } }],
      ['article:commit', { articleId: article, commit: { ...good, steps: Array(501).fill({}) } }],
      ['article:commit', { articleId: article, commit: { ...good, ops: [{ op: 'drop' }] } }],
      ['article:commit', { articleId: article, commit: { ...good, steps: [Buffer.from('x')] } }],
      ['article:join', { articleId: article, clientId: 'x' }],
      ['article:join', { articleId: article, clientId: a.clientId, have: { rev: '1' } }],
      ['article:since', { articleId: article, rev: NaN }],
      ['article:presence', { articleId: article, at: 0, anchor: 'x', head: 0, mode: 'read' }],
      ['article:leave', 'x'],
      ['article:unknown', { articleId: article }],
      ['__proto__', {}],
      ['constructor', {}],
    ];
    for (const [event, ...asked] of bad)
      expect(await a.say(event, ...asked), JSON.stringify([event, asked])).toMatchObject({
        ok: false,
        code: 'BAD_MESSAGE',
      });
    expect((await live.context.store.article(article))?.rev).toBe(0);
    expect((await a.commit(article, { ops: [comment('c1', 'Still here.')] })).ok).toBe(true);
  });

  it('[PR8] a step that is none, or fits nowhere, is refused by name', async () => {
    const article = await live.article();
    const a = await live.tab(tom);
    await a.join(article);
    const steps: object[] = [
      { stepType: 'nothing' },
      { stepType: 'replace' },
      { stepType: 'replace', from: -5, to: 2 },
      { stepType: 'replace', from: 1, to: 1e9 },
      { stepType: 'replace', from: 0, to: 23 },
      { stepType: 'replace', from: 1, to: 1, slice: { content: [{ type: 'script' }] } },
      {
        stepType: 'addMark',
        from: 1,
        to: 3,
        mark: { type: 'link', attrs: { href: 'javascript:x' } },
      },
    ];
    for (const step of steps) {
      const answer = await a.commit(article, { intent: 'edit', steps: [step] });
      const told = answer.ok ? answer.dropped : code(answer);
      if (answer.ok) expect(told, JSON.stringify(step)).toHaveLength(1);
      else expect(['BAD_MESSAGE', 'STEP_DOES_NOT_FIT', 'BREAKS_OTHERS']).toContain(told);
    }
    const row = await live.context.store.article(article);
    expect(row?.headline).toBe('A headline of its own');
  });

  it('[PR9] a commit over 256 kB, and one without having joined', async () => {
    const article = await live.article();
    const a = await live.tab(tom);
    await a.connect();
    expect(code(await a.commit(article, {}))).toBe('OUT_OF_ORDER');
    await a.join(article);
    const steps = [insertion(1, 'x'.repeat(maxCommitBytes))];
    expect(code(await a.commit(article, { intent: 'edit', steps }))).toBe('MESSAGE_TOO_LARGE');
  });

  it('[PR10] too much at once is refused with a time to wait, and works again after it', async () => {
    const article = await live.article();
    const a = await live.tab(tom);
    await a.join(article);
    const answers = await Promise.all(
      Array.from({ length: 300 }, () => a.say('article:commit', { articleId: article })),
    );
    const throttled = answers.find((answer) => code(answer) === 'THROTTLED');
    expect(throttled?.retryable).toBe(true);
    expect(throttled?.retryMs).toBeGreaterThan(0);
    await new Promise((resolve) => setTimeout(resolve, 200 + (throttled?.retryMs ?? 0)));
    expect((await a.commit(article, { ops: [comment('c1', 'Now.')] })).ok).toBe(true);
  });

  it('[PR20] an id that is taken is not used again, for a note of any kind', async () => {
    const article = await live.article();
    const [a, b] = [await live.tab(tom), await live.tab(ines)];
    for (const tab of [a, b]) await tab.join(article);
    const { text: _none, ...place } = comment('taken', '') as { text: string };
    const claim = { id: 'k1', type: 'money', text: '$550', check: 'Who says so?' };
    const fact = { ...place, op: 'occurrence.open', claim };
    expect((await a.commit(article, { ops: [fact] })).ok).toBe(true);
    const elsewhere = { ...comment('taken', 'Mine.'), from: 40, to: 44 };
    const suggestion = { op: 'suggestion.open', id: 'taken', reason: '', category: '' };
    for (const op of [fact, elsewhere, suggestion])
      expect(code(await b.commit(article, { base: 1, ops: [op] }))).toBe('BAD_MESSAGE');
    const room = await live.context.rooms.room(article);
    expect(room?.review.anchors.byId.get('taken')).toMatchObject({ kind: 'occurrence', from: 26 });
  });

  it('[PR11] U+0000 in a message becomes U+FFFD, and positions stay', async () => {
    const article = await live.article();
    const a = await live.tab(tom);
    await a.join(article);
    const steps = [insertion(1, 'a\0b'), insertion(4, 'c')];
    expect((await a.commit(article, { intent: 'edit', steps })).ok).toBe(true);
    expect((await live.context.store.article(article))?.headline).toBe(
      'a\ufffdbcA headline of its own',
    );
  });
});

describe('who may connect', () => {
  it('[AC1] only pages of our own addresses open a socket, signed in', async () => {
    const cookie = await live.cookie(tom);
    for (const origin of ['https://evil.example', 'null', 'http://localhost', null])
      expect(await (await live.tab(tom, { origin, cookie })).connect(), String(origin)).toBe(
        'WRONG_ADDRESS',
      );
    expect(await (await live.tab(tom, { cookie })).connect()).toBeNull();
    const stranger = await live.tab(tom, { cookie: 'galley.session_token=nothing' });
    expect(await stranger.connect()).toBe('NOT_SIGNED_IN');
  });

  it('[AC2] a sign-out ends that session’s sockets and no others', async () => {
    const article = await live.article();
    const [here, there] = [await live.tab(maria), await live.tab(tom)];
    await live.member(article, maria, 'writer');
    live.context.standings.forget();
    const cookie = await live.cookie(maria);
    const tab = await live.tab(maria, { cookie });
    for (const one of [here, there, tab]) expect((await one.join(article)).ok).toBe(true);
    await live.ask('/api/auth/sign-out', { method: 'POST', cookie });
    await until(() => tab.ended !== '' && !tab.socket.connected);
    expect(here.socket.connected).toBe(true);
    expect(there.socket.connected).toBe(true);
    await until(() => there.peers.length === 2);
  });

  it('[AC3] a person whose access ended hears nothing more of the article', async () => {
    const article = await live.article();
    await live.member(article, maria, 'writer');
    live.context.standings.forget();
    const [a, b] = [await live.tab(tom), await live.tab(maria)];
    await a.join(article);
    expect((await b.join(article)).ok).toBe(true);
    const ended = '2020-01-01T00:00:00.000Z';
    await live.context.store.putMembership({
      articleId: article,
      userId: maria,
      role: 'writer',
      endsAt: ended,
    });
    live.context.recheckSessions();
    await until(() => live.context.activeIn(article).every((person) => person.id !== maria));
    await a.commit(article, { ops: [comment('c1', 'After.')] });
    expect(await b.say('article:since', { articleId: article, rev: 0 })).toMatchObject({
      code: 'ARTICLE_UNKNOWN',
    });
    expect(b.received).not.toContain('After.');
  });
});
