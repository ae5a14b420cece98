// Sending out over HTTP: planted open items of each kind hold the release copy back, each reader gets their copy, and each
// sending is kept.
import { createHash } from 'node:crypto';
import { Transform } from 'prosemirror-transform';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { schema } from '#core/article/schema.ts';
import { track } from '#core/suggest/track.ts';
import type { Stage } from '#core/sync/stage.ts';
import type { ContentsAnswer, GateRefusal, SendOutAnswer } from '#core/formats/send-out/answers.ts';
import type { Refusal } from '#core/sync/error.ts';
import {
  comment,
  insertion,
  liveServer,
  type LiveServer,
  type Tab,
} from '#tests/server/live-server.ts';

let live: LiveServer;
let tom: string;
let sana: string;
let ines: string;
let maria: string;
let outside: string;
beforeAll(async () => {
  live = await liveServer();
  tom = await live.person('Tom', 'editor');
  sana = await live.person('Sana', 'fact-checker');
  ines = await live.person('Ines', 'reviewer');
  maria = await live.person('Maria', 'writer');
  outside = await live.person('Otto', 'writer');
});
afterAll(() => live.end());

const cookies = new Map<string, string>();
async function cookieOf(userId: string): Promise<string> {
  const kept = cookies.get(userId) ?? (await live.cookie(userId));
  cookies.set(userId, kept);
  return kept;
}
const get = async (as: string, path: string): Promise<Response> =>
  live.ask(path, { cookie: await cookieOf(as) });
const send = async (as: string, article: string, asked: object): Promise<Response> =>
  live.ask(`/api/articles/${article}/send-out`, { cookie: await cookieOf(as), json: asked });
const told = async (as: string, article: string): Promise<SendOutAnswer> =>
  (await (await get(as, `/api/articles/${article}/send-out`)).json()) as SendOutAnswer;
const release = { preset: 'release', view: 'accepted', format: 'txt' };

/** An article with its tabs at hand, and the revision they are at. */
async function scene(): Promise<{ article: string; tabs: Record<string, Tab>; act: Act }> {
  const article = await live.article();
  await live.member(article, maria, 'writer');
  const tabs: Record<string, Tab> = {};
  let rev = 0;
  const act: Act = async (who, over) => {
    const tab = (tabs[who] ??= await live.tab(who));
    if (!tab.socket.connected) await tab.join(article);
    const answer = await tab.commit(article, { base: rev, ...over });
    expect(answer, JSON.stringify(over)).toMatchObject({ ok: true });
    rev = answer.rev ?? rev;
  };
  return { article, tabs, act };
}
type Act = (who: string, over: object) => Promise<void>;

const fact = (id: string, audience: unknown = 'all'): object => {
  const { text: _none, ...place } = comment(id, '', audience) as { text: string };
  const claim = { id: `k-${id}`, type: 'money', text: '$550', check: 'Says who?' };
  return { ...place, op: 'occurrence.open', claim };
};
const cite = {
  do: 'cite',
  source: { kind: 'web', title: 'Briefing', publisher: '', address: '', dated: '' },
  locator: '',
  stance: 'supports',
  quote: '',
};

async function verdict(tab: Tab, article: string, on: string, code: string): Promise<void> {
  const change = (what: object): Promise<unknown> =>
    tab.say('claim:change', { articleId: article, occurrenceId: on, change: what });
  await change(cite);
  const { facts } = await tab.join(article);
  const file = facts?.claims.find(({ claim }) => claim.id === `k-${on}`);
  const citationIds = [file?.citations[0]?.id];
  const check = { do: 'check', verdict: code, certainty: 'primary', rationale: 'So.', citationIds };
  expect(await change(check)).toMatchObject({ ok: true });
}

const reasons = async (as: string, article: string): Promise<string[]> => {
  const answer = await send(as, article, release);
  if (answer.status === 200) return [];
  expect(answer.status).toBe(409);
  const body = (await answer.json()) as GateRefusal;
  expect(body).toMatchObject({ ok: false, code: 'GATE_CLOSED', retryable: false });
  expect(body.gate.open).toBeGreaterThan(0);
  for (const { sentence } of body.gate.reasons) expect(sentence).toMatch(/^\S.*\.$/);
  // What the dialog is told before is what the sending is refused with.
  expect((await told(as, article)).gate).toEqual(body.gate);
  return body.gate.reasons.map(({ code, on }) => (on === null ? code : `${code} ${on}`));
};

it('[SO3] each planted open thing holds the release copy back until it is closed; then it goes out', async () => {
  const { article, tabs, act } = await scene();
  expect(await reasons(tom, article)).toEqual([]);
  await act(ines, { ops: [comment('c1', 'Who says so?')] });
  expect(await reasons(tom, article)).toEqual(['COMMENT_OPEN c1']);
  await act(ines, { ops: [{ op: 'resolve', on: 'c1' }] });
  const doc = (await live.context.rooms.room(article))?.review.doc;
  if (!doc) throw new Error('no article');
  const tracked = track(doc, new Transform(doc).insert(30, schema.text('quite ')), ines, {
    idFor: () => 's1',
  });
  if ('refused' in tracked) throw new Error(tracked.refused);
  await act(ines, {
    intent: 'suggest',
    steps: tracked.steps.map((step) => step.toJSON() as object),
    ops: [{ op: 'suggestion.open', id: 's1', reason: '', category: '' }],
  });
  expect(await reasons(tom, article)).toEqual(['SUGGESTION_UNDECIDED s1']);
  await act(tom, { intent: 'decide', ops: [{ op: 'decide', ids: ['s1'], verdict: 'accept' }] });
  expect(await reasons(tom, article)).toEqual([]);

  await act(sana, { ops: [fact('o1')] });
  expect(await reasons(tom, article)).toEqual(['FACT_OPEN o1']);
  const checker = tabs[sana];
  if (!checker) throw new Error('no tab');
  await verdict(checker, article, 'o1', 'unverifiable');
  expect(await reasons(tom, article)).toEqual(['FACT_QUERIED o1']);
  await verdict(checker, article, 'o1', 'wrong');
  expect(await reasons(tom, article)).toEqual(['FACT_WRONG o1']);
  await verdict(checker, article, 'o1', 'confirmed');
  expect(await reasons(tom, article)).toEqual([]);
  await act(tom, { intent: 'edit', steps: [insertion(28, 'X')] });
  expect(await reasons(tom, article)).toEqual(['FACT_RECHECK o1']);
  await verdict(checker, article, 'o1', 'confirmed');
  expect(await reasons(tom, article)).toEqual([]);

  for (const stage of ['draft', 'with-writer', 'legal', 'held', 'killed'] satisfies Stage[]) {
    await live.context.store.setStage(article, stage);
    live.context.standings.forget();
    expect(await reasons(tom, article), stage).toEqual(['STAGE']);
  }
  await live.context.store.setStage(article, 'desk');
  live.context.standings.forget();
  const sent = await send(tom, article, release);
  const words = await sent.text();
  expect(words).not.toContain('NOT CLEARED');
  expect(words).toContain('quite ');
  const preview = `/api/articles/${article}/send-out/preview?${new URLSearchParams(release)}`;
  expect(await (await get(tom, preview)).text()).not.toContain('NOT CLEARED');
  // The reading makes no difference to what is open.
  await act(ines, { ops: [comment('c2', 'And this?')] });
  expect(await (await get(tom, preview)).text()).toContain('NOT CLEARED');
  for (const view of ['accepted', 'original'])
    for (const format of ['docx', 'html', 'md', 'txt', 'json'])
      expect((await send(tom, article, { ...release, view, format })).status).toBe(409);
  const quick = await get(
    tom,
    `/api/articles/${article}/export?preset=release&format=txt&view=accepted`,
  );
  expect(((await quick.json()) as Refusal).code).toBe('GATE_CLOSED');
});

it('[SO4] what the sender does not see holds the release back, is counted, and stays unsaid', async () => {
  const { article, act } = await scene();
  await act(tom, { ops: [comment('c1', 'The walrus knows.', { people: [tom, maria] })] });
  await act(tom, { ops: [fact('o2', { people: [tom] })] });
  expect(await reasons(tom, article)).toEqual(['COMMENT_OPEN c1', 'FACT_OPEN o2']);
  const answer = await send(ines, article, release);
  const body = await answer.text();
  expect(answer.status).toBe(409);
  expect(JSON.parse(body)).toMatchObject({ gate: { open: 2, hidden: 2 } });
  for (const word of ['walrus', 'c1', 'o2', '$550', 'Tom']) expect(body).not.toContain(word);
});

it('[SO1][SO2][SO5] each copy holds its own notes, and the counts say so', async () => {
  const { article, act } = await scene();
  const planted: [string, unknown, string][] = [
    [tom, 'all', 'walrus'],
    [tom, 'desk', 'narwhal'],
    [tom, 'legal', 'seahorse'],
    [tom, { people: [tom, maria] }, 'porpoise'],
    [maria, { people: [maria] }, 'manatee'],
    [ines, { people: [ines] }, 'dugong'],
  ];
  for (const [i, [who, audience, word]] of planted.entries())
    await act(who, { ops: [comment(`c${i}`, `The ${word}.`, audience)] });
  const words = planted.map(([, , word]) => word);
  const holds = async (as: string, preset: string): Promise<string[]> => {
    const asked = { preset, view: preset === 'working' ? 'accepted' : 'marked', format: 'json' };
    const text = await (await send(as, article, asked)).text();
    return words.filter((word) => text.includes(word));
  };
  expect(await holds(tom, 'working')).toEqual([]);
  expect(await holds(tom, 'writer')).toEqual(['walrus']);
  expect(await holds(tom, 'legal')).toEqual(['walrus', 'narwhal', 'seahorse']);
  expect(await holds(ines, 'legal')).toEqual(['walrus', 'narwhal']);
  expect(await holds(tom, 'file')).toEqual(['walrus', 'narwhal', 'seahorse', 'porpoise']);
  expect(await holds(maria, 'file')).toEqual(['walrus', 'porpoise', 'manatee']);
  const query = 'preset=writer&view=marked&format=docx';
  const contents = (await (
    await get(tom, `/api/articles/${article}/send-out/contents?${query}`)
  ).json()) as ContentsAnswer;
  expect(contents).toMatchObject({
    notes: 1,
    facts: 0,
    notShown: 0,
    staysOut: { desk: 1, legal: 1, named: 1 },
    fileName: 'A headline of its own (for the writer).docx',
  });
});

it('[SO8] everything goes only to those who may archive, and with it what they do not see', async () => {
  const { article, act } = await scene();
  await act(ines, { ops: [comment('c1', 'The dugong.', { people: [ines] })] });
  const archive = { preset: 'archive', view: 'marked', format: 'json' };
  for (const who of [ines, sana, maria]) {
    expect((await told(who, article)).presets).not.toContain('archive');
    const answer = await send(who, article, archive);
    expect(answer.status).toBe(403);
    expect(await answer.text()).not.toContain('dugong');
  }
  expect((await told(tom, article)).presets).toContain('archive');
  expect(await (await send(tom, article, archive)).text()).toContain('dugong');
  const own = { preset: 'file', view: 'marked', format: 'json' };
  expect(await (await send(tom, article, own)).text()).not.toContain('dugong');
});

it('[SO9] a sending is kept with the digest of its bytes and told to everybody on the article; a refused one is not', async () => {
  const { article, act } = await scene();
  await act(ines, { ops: [comment('c1', 'Open.')] });
  await send(tom, article, release);
  expect((await told(tom, article)).sendings).toEqual([]);
  const asked = { preset: 'writer', view: 'marked', format: 'docx' };
  const answer = await send(ines, article, asked);
  const bytes = Buffer.from(await answer.arrayBuffer());
  const digest = createHash('sha256').update(bytes).digest();
  expect(answer.headers.get('repr-digest')).toBe(`sha-256=:${digest.toString('base64')}:`);
  const path = `/api/articles/${article}/export?format=md`;
  const looked = await live.ask(path, { method: 'HEAD', cookie: await cookieOf(tom) });
  expect(looked.status).toBe(200);
  expect(looked.headers.get('content-disposition')).toMatch(/\.md$/);
  await get(tom, path);
  for (const who of [tom, maria]) {
    const { sendings } = await told(who, article);
    expect(sendings).toMatchObject([
      { by: tom, name: 'Tom', preset: 'file', view: 'marked', format: 'md', rev: 1 },
      {
        ...asked,
        by: ines,
        name: 'Ines',
        rev: 1,
        digest: digest.toString('hex'),
        bytes: bytes.length,
      },
    ]);
  }
  const audits = (await live.audits('article.export')).filter((one) => one.articleId === article);
  expect(audits).toMatchObject([
    { detail: { ...asked, rev: 1, digest: digest.toString('hex') } },
    { detail: { preset: 'file' } },
  ]);
  // The same revision gives the same bytes.
  const again = Buffer.from(await (await send(ines, article, asked)).arrayBuffer());
  expect(again.equals(bytes)).toBe(true);
});

it('[SO10] a copy has a safe name and a policy of its own; a preview can be framed by our page only and is not kept', async () => {
  const { article } = await scene();
  const answer = await send(tom, article, { preset: 'working', view: 'accepted', format: 'html' });
  const { headers } = answer;
  expect(headers.get('content-disposition')).toBe(
    `attachment; filename="A headline of its own (not cleared).html"; filename*=UTF-8''A%20headline%20of%20its%20own%20%28not%20cleared%29.html`,
  );
  expect(headers.get('content-security-policy')).toMatch(/default-src 'none';.*sandbox/);
  const before = (await told(tom, article)).sendings.length;
  const path = `/api/articles/${article}/send-out/preview?preset=working&view=accepted`;
  const page = await get(tom, `${path}&format=docx`);
  expect(page.headers.get('content-security-policy')).toMatch(/frame-ancestors 'self'; sandbox$/);
  expect(page.headers.get('x-frame-options')).toBe('SAMEORIGIN');
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(await page.text()).toContain('NOT CLEARED');
  const text = await get(tom, `${path}&format=md`);
  expect(text.headers.get('content-type')).toContain('text/plain');
  expect((await told(tom, article)).sendings.length).toBe(before);
});

it('[SO11] who may not is refused: a release by the writer, any copy by somebody from outside, what no preset has', async () => {
  const { article } = await scene();
  expect((await send(maria, article, release)).status).toBe(403);
  expect((await told(maria, article)).presets).not.toContain('release');
  for (const path of ['', '/contents?preset=file&format=txt', '/preview?preset=file&format=txt'])
    expect((await get(outside, `/api/articles/${article}/send-out${path}`)).status, path).toBe(404);
  expect((await send(outside, article, release)).status).toBe(404);
  const cases = [
    { preset: 'release', view: 'marked', format: 'docx' },
    { preset: 'archive', view: 'marked', format: 'docx' },
    { preset: 'page', view: 'accepted', format: 'docx' },
    { preset: 'file', view: 'marked', format: 'pdf' },
  ];
  for (const asked of cases) {
    const answer = await send(tom, article, asked);
    expect(((await answer.json()) as Refusal).code, JSON.stringify(asked)).toBe('FORMAT_UNKNOWN');
  }
  expect((await send(tom, article, { format: 'txt' })).status).toBe(400);
  expect((await live.ask(`/api/articles/${article}/send-out`)).status).toBe(401);
});
