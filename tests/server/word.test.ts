// Word files over HTTP: taken in with a look before, and sent out.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PreviewAnswer } from '#core/formats/import/about.ts';
import type { Refusal } from '#core/sync/error.ts';
import { reviewFromJson } from '#core/sync/review.ts';
import { partsOf, wordFile } from '#tests/formats/docx/word-file.ts';
import { liveServer, type LiveServer } from '#tests/server/live-server.ts';

let live: LiveServer;
let editor: string;

beforeAll(async () => {
  live = await liveServer();
  editor = await live.cookie(await live.person('Tom', 'editor'));
});
afterAll(() => live.end());

const file = wordFile({
  body:
    '<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>A tale</w:t></w:r></w:p>' +
    '<w:p><w:commentRangeStart w:id="0"/><w:r><w:t xml:space="preserve">A safe </w:t></w:r>' +
    '<w:del w:id="1" w:author="Ada Lim" w:date="2026-01-02T03:04:05Z"><w:r><w:delText>heaven</w:delText></w:r></w:del>' +
    '<w:ins w:id="2" w:author="Ada Lim" w:date="2026-01-02T03:04:05Z"><w:r><w:t>haven</w:t></w:r></w:ins>' +
    '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r><w:r><w:rPr><w:u w:val="single"/></w:rPr><w:t>.</w:t></w:r></w:p>',
  comments:
    '<w:comment w:id="0" w:author="Ben" w:date="2026-01-02T04:00:00Z"><w:p><w:r><w:t>Why?</w:t></w:r></w:p></w:comment>',
});

const post = (path: string, body: BodyInit, type: string): Promise<Response> =>
  live.ask(path, { method: 'POST', body, cookie: editor, headers: { 'content-type': type } });

it('[WD15] a Word file is shown with its warnings, saved with its notes, and sent out again as one', async () => {
  const bytes = new Uint8Array(file);
  const looked = await post(
    '/api/import/preview?name=tale.docx',
    bytes,
    'application/octet-stream',
  );
  expect(looked.status).toBe(200);
  const preview = (await looked.json()) as PreviewAnswer;
  expect(preview).toMatchObject({
    format: 'docx',
    headline: 'A tale',
    counts: { suggestions: 1, comments: 1 },
  });
  expect(preview.warnings.join('\n')).toContain('underlining (1)');
  const base64 = Buffer.from(file).toString('base64');
  const asked = JSON.stringify({
    base64,
    name: 'tale.docx',
    choices: { blocks: { '1': 'quote' } },
  });
  const saved = await post('/api/import', asked, 'application/json');
  expect(saved.status).toBe(201);
  const { id } = (await saved.json()) as { id: string };
  const opened = await live.context.store.open(id);
  const review = opened && reviewFromJson(opened.snapshot);
  expect(review?.doc.child(1).attrs['style']).toBe('quote');
  expect([...(review?.comments.values() ?? [])].map(({ text }) => text)).toEqual(['Why?']);

  const sent = await live.ask(`/api/articles/${id}/export?format=docx`, { cookie: editor });
  expect(sent.status).toBe(200);
  expect(sent.headers.get('content-type')).toBe(
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  );
  expect(sent.headers.get('content-disposition')).toContain('A tale (marked).docx');
  const parts = partsOf(new Uint8Array(await sent.arrayBuffer()));
  expect(parts.get('word/document.xml')).toMatch(/<w:del [^>]*w:author="Ada Lim"/);
  expect(parts.get('word/comments.xml')).toContain('Why?');
  expect(parts.get('word/header1.xml')).toContain('NOT CLEARED');
});

it('[WD15] refuses a file that is none in a sentence', async () => {
  for (const body of ['PK\u0003\u0004', 'words']) {
    const answer = await post('/api/import?name=x.docx', body, 'application/octet-stream');
    expect(answer.status).toBe(422);
    expect(((await answer.json()) as Refusal).code).toBe('FILE_NOT_WORD');
  }
});
