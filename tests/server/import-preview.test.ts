// Importing with a look before: what is shown, what is chosen, what is saved, and what is refused.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportPreview } from '#core/formats/import/preview.ts';
import type { ArticleAnswer } from '#core/sync/answers.ts';
import type { Refusal } from '#core/sync/error.ts';
import { reviewFromJson, type Review } from '#core/sync/review.ts';
import { liveServer, type LiveServer } from '#tests/server/live-server.ts';

let live: LiveServer;
let editor: string;
let viewer: string;

beforeAll(async () => {
  live = await liveServer();
  editor = await live.cookie(await live.person('Tom', 'editor'));
  viewer = await live.cookie(await live.person('Vera', 'viewer'));
});
afterAll(() => live.end());

const post = (path: string, body: BodyInit, type: string, cookie = editor): Promise<Response> =>
  live.ask(path, { method: 'POST', body, cookie, headers: { 'content-type': type } });
const ask = (path: string, body: unknown, cookie = editor): Promise<Response> =>
  post(path, JSON.stringify(body), 'application/json', cookie);
const previewed = async (body: unknown): Promise<ImportPreview> => {
  const answer = await ask('/api/import/preview', body);
  expect(answer.status).toBe(200);
  return (await answer.json()) as ImportPreview;
};
const saved = async (body: unknown): Promise<{ id: string; review: Review }> => {
  const answer = await ask('/api/import', body);
  expect(answer.status).toBe(201);
  const { id } = (await answer.json()) as { id: string };
  const opened = await live.context.store.open(id);
  if (!opened) throw new Error('The article is not there.');
  return { id, review: reviewFromJson(opened.snapshot) };
};
const words = (preview: ImportPreview): string[] =>
  preview.blocks.map((one) => `${one.role}: ${one.runs.map((run) => run.text).join('')}`);
const count = async (): Promise<number> => (await live.context.store.listArticles()).length;

const marked =
  '# A tale\n\nBy Ada Lim\n\nA safe {~~heaven~>haven~~}{>>@Ada: typo<<} for {==all==}{>>@Tom: why?<<}{>>@Ada: so<<}.\n\n## Then\n\nMore[^1].\n\n[^1]: A note.\n';
const filed =
  'Opinion\n\nA tale of two cities and more\n\nBy Ada Lim\n\nIt was the best of times, it was the worst of times.\n\nRead 325 times\n\nIt was the age of wisdom, and it was the age of foolishness.\n';

describe('the preview', () => {
  it('[IP20] shows masthead, blocks, counts, guesses and warnings of a file, and saves nothing', async () => {
    const before = await count();
    const answer = await post('/api/import/preview?name=..%2Ftale.md', marked, 'text/markdown');
    expect(answer.status).toBe(200);
    const preview = (await answer.json()) as ImportPreview;
    expect(preview).toMatchObject({
      name: 'tale.md',
      format: 'md',
      headline: 'A tale',
      counts: { headings: 1, footnotes: 1, suggestions: 1, comments: 1, facts: 0 },
      more: 0,
    });
    expect(words(preview)).toEqual([
      'headline: A tale',
      'byline: Ada Lim',
      'paragraph: A safe heavenhaven for all.',
      'heading1: Then',
      'paragraph: More.',
      'footnote: A note.',
    ]);
    const [, , paragraph] = preview.blocks;
    expect(paragraph?.runs.find((run) => run.text === 'heaven')?.change).toBe('deletion');
    expect(paragraph?.runs.find((run) => run.text === 'all')?.noted).toBe(true);
    expect(preview.guesses).toContainEqual({
      what: 'byline',
      block: 1,
      confidence: 0.95,
      text: 'Ada Lim',
    });
    expect(await count()).toBe(before);
    expect(await live.audits('article.import')).toEqual([]);
  });

  it('[IP20] reads by the ending of the name, by the format that is named, else as plain text', async () => {
    const html = '<h1>Tale</h1><p>Once <script>x</script>upon a time.</p>';
    expect((await previewed({ text: html, name: 'a.HTM' })).headline).toBe('Tale');
    expect((await previewed({ text: html, format: 'html' })).headline).toBe('Tale');
    expect((await previewed({ text: html })).format).toBe('txt');
    expect((await previewed({ text: html, format: 'html' })).warnings.join()).toContain('<script>');
  });

  it('[IP21] words that were taken out can be put back, and every guess can be another', async () => {
    const first = await previewed({ text: filed });
    const flag = first.flags.find((one) => one.taken);
    expect(flag?.flag).toMatchObject({ kind: 'web-leftover', text: 'Read 325 times' });
    expect(first.guesses.map((one) => one.what)).toEqual(
      expect.arrayContaining(['kicker', 'headline', 'byline']),
    );
    const choices = {
      language: 'en-GB',
      restore: [flag?.index ?? -1],
      blocks: { 0: 'paragraph', 2: 'standfirst', 4: 'heading2' },
    };
    const second = await previewed({ text: filed, choices });
    expect(second.language).toBe('en-GB');
    expect(words(second)).toEqual([
      'headline: A tale of two cities and more',
      'standfirst: By Ada Lim',
      'paragraph: Opinion',
      'paragraph: It was the best of times, it was the worst of times.',
      'paragraph: Read 325 times',
      'heading2: It was the age of wisdom, and it was the age of foolishness.',
    ]);
    expect(second.blocks.map((one) => one.index)).toEqual([1, 2, 0, 3, null, 4]);
    const { review } = await saved({ text: filed, choices });
    expect(review.doc.childCount).toBe(6);
    expect(review.doc.child(4).textContent).toBe('Read 325 times');
    expect(review.article.language).toBe('en-GB');
  });

  it('[IP21] a role goes to the block that was chosen for it, and notes move with their words', async () => {
    const { review } = await saved({
      text: marked,
      format: 'md',
      choices: { blocks: { 2: 'headline', 1: 'paragraph' } },
    });
    const roles = Array.from({ length: review.doc.childCount }, (_, i) => review.doc.child(i));
    expect(roles.map((one) => `${one.type.name}: ${one.textContent}`)).toEqual([
      'headline: A safe heavenhaven for all.',
      'block: A tale',
      'block: By Ada Lim',
      'block: Then',
      'block: More.',
      'footnote: A note.',
    ]);
    const [anchor] = [...review.anchors.byId.values()];
    expect(anchor).toMatchObject({ exact: 'all', state: 'attached' });
    expect(review.doc.textBetween(anchor?.from ?? 0, anchor?.to ?? 0)).toBe('all');
    expect([...review.suggestions.values()]).toMatchObject([{ deleted: 'heaven' }]);
  });
});

describe('the import', () => {
  it('[IP22] suggestions and comments of a file are part of the article from its beginning', async () => {
    const { id, review } = await saved({ text: marked, name: 'tale.md' });
    expect([...review.suggestions.values()]).toMatchObject([
      { reason: 'typo', status: 'pending', deleted: 'heaven', inserted: 'haven' },
    ]);
    expect([...review.comments.values()]).toMatchObject([
      { text: 'why?', replies: [{ text: 'so' }] },
    ]);
    const { article } = (await (
      await live.ask(`/api/articles/${id}`, { cookie: editor })
    ).json()) as ArticleAnswer;
    expect(article).toMatchObject({ headline: 'A tale', source: 'tale.md', rev: 0 });
    expect(article.counts).toMatchObject({ comments: 1, pendingSuggestions: 1 });
  });

  it('[IP23] authors of a file are names that cannot sign in, and none takes the name of one of the house', async () => {
    await saved({ text: marked, name: 'tale.md' });
    await saved({ text: marked, name: 'tale.md' });
    const people = await live.context.store.people();
    const imported = people.filter((one) => one.id.startsWith('imported-'));
    expect(imported.map((one) => one.name).toSorted()).toEqual(['Ada', 'Tom (from a file)']);
    expect(imported.map((one) => one.role)).toEqual(['viewer', 'viewer']);
    const answer = await ask('/api/auth/sign-in/email', {
      email: `${imported[0]?.id}@imported.invalid`,
      password: '',
    });
    expect(answer.ok).toBe(false);
    // They are no people of the house: no list has them, no role or password can be given to them.
    const admin = await live.cookie(await live.person('Root', 'admin'));
    const list = await (await live.ask('/api/people', { cookie: admin })).text();
    expect(list).toContain('Root');
    expect(list).not.toContain('imported-');
  });

  it('[IP24] refuses what it cannot read in a sentence, for previews as for imports, and saves nothing', async () => {
    const before = await count();
    const cases: [body: BodyInit, type: string, code: string][] = [
      ['', 'text/plain', 'FILE_EMPTY'],
      [new Uint8Array([0x50, 0x4b, 3, 4, 0]), 'application/zip', 'FILE_NOT_WORD'],
      [new Uint8Array([0x63, 0xe9, 0x20]), 'text/html', 'FILE_NOT_UTF8'],
      [new Uint8Array(21 * 1024 * 1024).fill(0x61), 'text/markdown', 'FILE_TOO_LARGE'],
      ['word '.repeat(500_000), 'text/plain', 'DOCUMENT_TOO_LARGE'],
      ['{"text": " \\n"}', 'application/json', 'FILE_EMPTY'],
      ['{"text": 5}', 'application/json', 'BAD_REQUEST'],
      ['{"text": "a", "choices": {"blocks": {"0": "script"}}}', 'application/json', 'BAD_REQUEST'],
      ['{"text": "a", "choices": {"language": "<b>"}}', 'application/json', 'BAD_REQUEST'],
      ['{', 'application/json', 'BAD_REQUEST'],
    ];
    for (const path of ['/api/import/preview', '/api/import'])
      for (const [body, type, code] of cases) {
        const answer = await post(path, body, type);
        const told = (await answer.json()) as Refusal;
        expect(told.code, `${path} ${type}`).toBe(code);
        expect(told.message).toMatch(/\.$/);
      }
    for (const path of ['/api/import/preview', '/api/import'])
      expect((await ask(path, { text: 'Words' }, viewer)).status).toBe(403);
    expect(await count()).toBe(before);
  });

  it('[IP24] takes a long text as JSON, with choices, as the page sends it', async () => {
    const text = `# Long\n\n${'Words of a long article. '.repeat(8000)}\n`;
    const asked = { text, format: 'md', choices: { language: 'en' } };
    expect((await previewed(asked)).counts.words).toBe(40_001);
    expect((await saved(asked)).review.doc.childCount).toBe(2);
  });

  it('[IP24] a file dropped on the old address is read by its ending as well', async () => {
    const answer = await post('/api/articles?name=a.md', '# Title\n\nText.\n', 'text/plain');
    const { id } = (await answer.json()) as { id: string };
    expect((await live.context.store.article(id))?.headline).toBe('Title');
  });
});
