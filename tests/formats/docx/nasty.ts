/** Pieces of nasty Word files, and what holds for every one of them: it is read, sent out again, judged by the schemas and
 *  read once more with the same words and comments. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { readDocx } from '#core/formats/docx/read-docx.ts';
import { writeDocx } from '#core/formats/docx/write-docx.ts';
import type { Imported } from '#core/formats/import/imported.ts';
import { docOf, type View } from '#core/formats/view.ts';
import type { Review } from '#core/sync/review.ts';
import { schemaJudge } from '#tests/formats/docx/judges.ts';
import { wordFile, type WordParts } from '#tests/formats/docx/word-file.ts';
import { commentsOf, testContext } from '#tests/formats/round-trip.ts';

/** Null where the judge is not here; then its part of each test is left out. */
const judge = await schemaJudge();

function open(bytes: Uint8Array): Imported {
  const found = readDocx(bytes, testContext({ language: 'en' }));
  if (!found.ok) throw new Error(found.detail);
  return found.imported;
}

export const words = (review: Review, view: View): string[] =>
  docOf(review.doc, view).content.content.flatMap((one) => {
    const text = one.textBetween(0, one.content.size, '', (leaf) =>
      leaf.type.name === 'lineBreak' ? '/' : '^',
    );
    return text === '' ? [] : [text];
  });

/** Reads a file and holds it to what holds for every one; gives what was read. */
export function read(parts: WordParts): Imported {
  const imported = open(wordFile(parts));
  const { review } = imported;
  review.doc.check();
  const { content } = writeDocx(review, { view: 'marked', notice: null });
  if (judge) {
    const folder = mkdtempSync(join(tmpdir(), 'galley-nasty-'));
    try {
      writeFileSync(join(folder, 'out.docx'), content);
      expect(judge(join(folder, 'out.docx'))).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  const again = open(content).review;
  for (const view of ['accepted', 'original'] as const)
    expect(words(again, view)).toEqual(words(review, view));
  expect(commentsOf(again)).toEqual(commentsOf(review));
  return imported;
}
export const accepted = ({ review }: Imported): string[] => words(review, 'accepted').slice(1);
export const original = ({ review }: Imported): string[] => words(review, 'original').slice(1);
export const told = ({ warnings }: Imported): string =>
  warnings.map((one) => one.message).join('\n');
export const quotes = ({ review }: Imported): string[] =>
  [...review.comments.keys()].map((id) => review.anchors.byId.get(id)?.exact ?? '');
export const authors = ({ review }: Imported): string[] =>
  [...review.people.values()].map(({ name }) => name).toSorted();
export const lists = ({ review }: Imported): string[] =>
  review.doc.content.content.flatMap(({ attrs, textContent }) => {
    const list = attrs['list'] as { kind: string; level: number; start: number } | null | undefined;
    return list ? [`${textContent} ${list.kind} ${list.level} ${list.start}`] : [];
  });

export const p = (content: string, pPr = ''): string =>
  `<w:p>${pPr === '' ? '' : `<w:pPr>${pPr}</w:pPr>`}${content}</w:p>`;
export const r = (text: string, rPr = ''): string =>
  `<w:r>${rPr === '' ? '' : `<w:rPr>${rPr}</w:rPr>`}<w:t xml:space="preserve">${text}</w:t></w:r>`;
export const d = (text: string): string =>
  `<w:r><w:delText xml:space="preserve">${text}</w:delText></w:r>`;
let made = 0;
export const by = (author = 'Ada', at = '2026-01-02T03:04:00Z'): string =>
  `w:id="${(made += 1)}" w:author="${author}" w:date="${at}"`;
export const ins = (content: string, author = 'Ada'): string =>
  `<w:ins ${by(author)}>${content}</w:ins>`;
export const del = (content: string, author = 'Ada'): string =>
  `<w:del ${by(author)}>${content}</w:del>`;
export const mark = (...kinds: string[]): string =>
  `<w:rPr>${kinds.map((kind) => `<w:${kind} ${by()}/>`).join('')}</w:rPr>`;
export const start = (id: number): string => `<w:commentRangeStart w:id="${id}"/>`;
export const end = (id: number): string => `<w:commentRangeEnd w:id="${id}"/>`;
export const ref = (id: number): string => `<w:r><w:commentReference w:id="${id}"/></w:r>`;
export const comment = (
  id: number,
  text: string,
  attrs = 'w:author="Ada" w:date="2026-01-02T03:04:00Z"',
  para = '',
): string =>
  `<w:comment w:id="${id}" ${attrs}><w:p${para === '' ? '' : ` w14:paraId="${para}"`}>${r(text)}</w:p></w:comment>`;
export const sdt = (content: string, tag = 'goog_rdk_1'): string =>
  `<w:sdt><w:sdtPr><w:tag w:val="${tag}"/></w:sdtPr><w:sdtContent>${content}</w:sdtContent></w:sdt>`;
export const tc = (content: string, tcPr = ''): string =>
  `<w:tc><w:tcPr>${tcPr}</w:tcPr>${content}</w:tc>`;
export const tr = (content: string, trPr = ''): string =>
  `<w:tr>${trPr === '' ? '' : `<w:trPr>${trPr}</w:trPr>`}${content}</w:tr>`;
export const tbl = (content: string, tblPr = ''): string =>
  `<w:tbl><w:tblPr>${tblPr}</w:tblPr><w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/></w:tblGrid>${content}</w:tbl>`;
/** A first line that is no headline. */
export const lead = p(r('It begins here.'));
