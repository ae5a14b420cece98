// What no reading of a file may do: open another file, ask for a name, make a connection, start a program.
import { lookup } from 'node:dns';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { readDocx } from '#core/formats/docx/read-docx.ts';
import { writeDocx } from '#core/formats/docx/write-docx.ts';
import { readArticle } from '#core/formats/read-article.ts';
import { wordFile } from '#tests/formats/docx/word-file.ts';
import { testContext } from '#tests/formats/round-trip.ts';
import { withDoorsShut } from '#tests/support/shut-doors.ts';

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const relation = (id: string, type: string, target: string, mode = 'External'): string =>
  `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}" TargetMode="${mode}"/>`;
const rels = (content: string): string =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${content}</Relationships>`;

const drawing =
  '<w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" r:link="p" r:embed="q"/></w:drawing>';
const reaching = wordFile({
  body:
    `<w:p><w:r><w:t>Words </w:t></w:r><w:hyperlink r:id="h"><w:r><w:t>linked</w:t></w:r></w:hyperlink><w:r>${drawing}</w:r></w:p>` +
    '<w:altChunk r:id="a"/><w:subDoc r:id="s"/>' +
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>INCLUDETEXT "/etc/passwd"</w:instrText></w:r>' +
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>shown</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
  relations:
    relation('h', 'hyperlink', 'https://links.example/page') +
    relation('p', 'image', 'http://127.0.0.1:9/spy.png') +
    relation('q', 'image', '../../../../etc/passwd', 'Internal') +
    relation('a', 'aFChunk', 'file:///etc/passwd') +
    relation('s', 'subDocument', '\\\\evil.example\\share\\part.docx') +
    relation('c', 'comments', 'https://evil.example/comments.xml'),
  more: {
    'word/_rels/settings.xml.rels': rels(
      relation('t', 'attachedTemplate', 'https://evil.example/macro.dotm'),
    ),
  },
});

it('[HX10] what a Word file points to outside itself is named and never looked at', () => {
  const { result, tried } = withDoorsShut(() =>
    readDocx(reaching, testContext({ language: 'en' })),
  );
  expect(tried).toEqual([]);
  if (!result.ok) throw new Error(result.detail);
  const told = result.imported.warnings.map(({ message }) => message).join('\n');
  for (const target of [
    'file:///etc/passwd',
    '\\\\evil.example\\share\\part.docx',
    'https://evil.example/comments.xml',
    'https://evil.example/macro.dotm',
    'http://127.0.0.1:9/spy.png',
  ])
    expect(told).toContain(target);
  // A link of the text is a link, and nothing that a file brings unasked.
  expect(told).not.toContain('links.example');
  expect(JSON.stringify(result.imported.review.doc.toJSON())).toContain('links.example');
  expect(result.imported.review.doc.textContent).not.toContain('root:');
});

it('[HX10] pages and texts open nothing, whatever they name', () => {
  const page =
    '<!DOCTYPE html PUBLIC "x" "http://evil.example/x.dtd"><html><head><link rel=stylesheet href="http://evil.example/a.css">' +
    '<base href="file:///etc/"><meta http-equiv=refresh content="0;url=http://evil.example"><script src="http://evil.example/a.js"></script></head>' +
    '<body><h1>Head</h1><p>Words<img src="http://evil.example/a.png" srcset="http://evil.example/b.png 2x"> <iframe src="file:///etc/passwd"></iframe>' +
    '<object data="http://evil.example/o"></object><svg><use href="http://evil.example/s.svg#a"/></svg><p>More words.</p></body></html>';
  const markdown =
    '# Head\n\n![a](http://evil.example/a.png) [b](file:///etc/passwd) <http://evil.example>\n\n[c]: http://evil.example\n';
  for (const [format, text] of [
    ['html', page],
    ['md', markdown],
    ['txt', `${page}\n\n${markdown}`],
  ] as const) {
    const { result, tried } = withDoorsShut(() => readArticle(format, text, testContext()));
    expect([format, result.ok, tried]).toEqual([format, true, []]);
    if (!result.ok) continue;
    const { review } = result.imported;
    const out = withDoorsShut(() => writeDocx(review, { view: 'marked', notice: null }));
    expect(out.tried).toEqual([]);
  }
});

it('[HX10] each door that is tried is seen', () => {
  const doors: [string, () => unknown][] = [
    ['fs.readFileSync', () => readFileSync('/etc/hostname')],
    ['dns.lookup', () => lookup('localhost', () => undefined)],
    ['net.connect', () => connect(9)],
    ['fetch', () => fetch('http://127.0.0.1:9')],
  ];
  for (const [name, open] of doors) {
    const { tried } = withDoorsShut(() => {
      try {
        return open();
      } catch {
        return null;
      }
    });
    expect(tried).toContain(name);
  }
  // And they are open again.
  expect(readFileSync(import.meta.filename, 'utf8')).toContain('open again');
});
