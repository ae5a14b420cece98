// Files that are broken or built to do harm: refused with a code and a sentence, in bounded time and memory.
import { strToU8, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { readDocx } from '#core/formats/docx/read-docx.ts';
import { readZip, zipLimits } from '#core/formats/docx/read-zip.ts';
import { wordFile, wordFiles } from '#tests/formats/docx/word-file.ts';
import { testContext } from '#tests/formats/round-trip.ts';

const read = (bytes: Uint8Array) => readDocx(bytes, testContext({ language: 'en' }));
const refused = (bytes: Uint8Array): string => {
  const found = read(bytes);
  return found.ok ? 'ok' : `${found.code}: ${found.detail}`;
};
const body = '<w:p><w:r><w:t>Words.</w:t></w:r></w:p>';

/** A file with bytes overwritten: `at` from the place where `sign` stands for the last time. */
function patched(bytes: Uint8Array, sign: readonly number[], at: number, put: readonly number[]) {
  const out = Uint8Array.from(bytes);
  for (let i = out.length - sign.length; i >= 0; i -= 1)
    if (sign.every((byte, k) => out[i + k] === byte)) {
      out.set(put, i + at);
      return out;
    }
  throw new Error('The sign is not there.');
}

/** Milliseconds of work since then: a machine that is busy with other things makes no file slow to read. */
function workSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
const directory = [0x50, 0x4b, 0x01, 0x02];
const end = [0x50, 0x4b, 0x05, 0x06];

it('[WD13] what is no Word file is refused with a sentence', () => {
  expect(refused(new Uint8Array())).toBe('FILE_EMPTY: ');
  expect(refused(strToU8('words'))).toMatch(/^FILE_NOT_WORD: .*no Word file/);
  expect(refused(zipSync({ 'a.txt': strToU8('a') }))).toBe(
    'FILE_NOT_WORD: It holds no Word document.',
  );
  expect(refused(wordFile({ body: '<w:p>' }))).toMatch(/^FILE_NOT_WORD: .*not well-formed/);
  const whole = wordFile({ body });
  expect(refused(whole.subarray(0, whole.length - 40))).toMatch(/^FILE_NOT_WORD: .*cut off/);
  expect(read(whole).ok).toBe(true);
});

it('[WD13] bombs are refused before they are unpacked, whatever they say of their size', () => {
  const bomb = zipSync(
    { ...wordFiles({ body }), 'word/comments.xml': new Uint8Array(8 * 1024 * 1024) },
    { level: 6 },
  );
  expect(refused(bomb)).toMatch(/^FILE_UNSAFE: .*more than a document can hold/);
  const files = { 'word/document.xml': new Uint8Array(8 * 1024 * 1024) };
  // The same part that says it is small.
  const liar = patched(zipSync(files, { level: 6 }), directory, 24, [16, 0, 0, 0]);
  const before = process.cpuUsage();
  expect(refused(liar)).toMatch(/^FILE_UNSAFE: .*more than a document can hold/);
  expect(workSince(before)).toBeLessThan(5000);
});

it('[WD13] too many parts, parts that overlap and locked parts are refused', () => {
  const many: Record<string, Uint8Array> = {};
  for (let i = 0; i <= zipLimits.entries; i += 1) many[`word/p${i}.xml`] = new Uint8Array();
  expect(refused(zipSync(many))).toMatch(/^FILE_UNSAFE: It has 2001 parts/);
  const two = zipSync({ 'a.xml': strToU8('<a/>'), 'b.xml': strToU8('<b/>') }, { level: 0 });
  expect(refused(patched(two, directory, 42, [0, 0, 0, 0]))).toMatch(/over one another/);
  const one = zipSync({ 'word/document.xml': strToU8('<a/>') });
  expect(refused(patched(one, directory, 8, [1, 0]))).toMatch(/^FILE_NOT_WORD: .*password/);
  expect(refused(patched(one, end, 10, [0xff, 0xff]))).toMatch(/^FILE_UNSAFE: .*gigabytes/);
});

it('[WD13] names that lead out of the file are passed over', () => {
  const names = ['../up.xml', '/abs.xml', 'C:\\w.xml', 'a/../../b.xml', 'word/./c.xml', 'fine.xml'];
  const zip = readZip(
    zipSync(Object.fromEntries(names.map((name) => [name, strToU8('<a/>')]))),
    () => true,
  );
  expect(zip.ok && [...zip.parts.keys()]).toEqual(['fine.xml']);
  expect(zip.ok && zip.strange).toBe(5);
  const more = { '../../etc/cron.d/x.xml': '<a/>', '/abs.xml': '<a/>' };
  const found = read(wordFile({ body, more }));
  expect(found.ok && found.imported.warnings.map((one) => one.message)).toEqual([
    '2 parts have names that lead out of the file and were not looked at.',
  ]);
});

it('[WD13] document types and entities are refused in every part', () => {
  const doctype = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>';
  const root = (part: string): string =>
    `${doctype}<w:${part} xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">&a;</w:${part}>`;
  for (const part of ['document', 'comments', 'footnotes', 'styles', 'numbering'])
    expect(
      refused(
        wordFile({
          body,
          comments: '',
          footnotes: '',
          styles: '',
          numbering: '',
          more: { [`word/${part}.xml`]: root(part) },
        }),
      ),
    ).toMatch(/^FILE_UNSAFE: .*document type/);
  expect(refused(wordFile({ body: `<w:p>&unknown;</w:p>` }))).toMatch(/^FILE_NOT_WORD/);
});

it('[WD13] depth and number of elements are bounded', () => {
  const deep = '<w:sdt><w:sdtContent>'.repeat(5000) + '</w:sdtContent></w:sdt>'.repeat(5000);
  expect(refused(wordFile({ body: deep }))).toMatch(/^FILE_UNSAFE: .*nested too deeply/);
  const noisy = Array.from({ length: 300_001 }, (_, i) => `<w:b w:x="${i * 7919}"/>`).join('');
  expect(refused(wordFile({ body: `${noisy}${noisy}` }))).toMatch(/^FILE_UNSAFE: .*more elements/);
}, 120_000);

it('[WD13] a document of a hundred thousand elements is read in bounded time', () => {
  let lines = '';
  for (let i = 0; i < 100_000 / 4; i += 1)
    lines += `<w:p><w:pPr/><w:r><w:t>Line ${i * 7919}.</w:t></w:r></w:p>`;
  const before = process.cpuUsage();
  const found = read(wordFile({ body: lines }));
  expect(found.ok && found.imported.review.doc.childCount).toBe(25_001);
  expect(workSince(before)).toBeLessThan(10_000);
}, 120_000);

it('[WD13] nothing outside the file is looked at: what lies there is named or left', () => {
  const found = read(
    wordFile({
      body: '<w:p><w:r><w:t>Words stay here.</w:t></w:r></w:p>',
      relations:
        '<Relationship Id="c" Type="x/comments" Target="https://evil.example/c.xml" TargetMode="External"/>' +
        '<Relationship Id="s" Type="x/styles" Target="../../../etc/passwd"/>',
    }),
  );
  expect(found.ok && found.imported.review.comments.size).toBe(0);
});

it('[WD13] a damaged part beside the text is left out with a warning', () => {
  const found = read(wordFile({ body, comments: '<broken' }));
  expect(found.ok && found.imported.warnings.map((one) => one.message)).toEqual([
    'Left out: the part word/comments.xml, which is damaged.',
  ]);
});

it('[HX8] a part that is there twice is refused, however its name is written', () => {
  for (const twin of ['word/documenu.xml', 'word/Documenu.xml', 'WORD/documenu.xml']) {
    const whole = zipSync({ ...wordFiles({ body }), [twin]: strToU8('<a/>') });
    expect(refused(whole)).toBe('ok');
    // The other name differs in one letter, which is put right in the directory and before the part.
    const name = strToU8(twin);
    const at = [...whole.keys()].filter((i) => name.every((byte, k) => whole[i + k] === byte));
    expect(at).toHaveLength(2);
    const out = Uint8Array.from(whole);
    for (const i of at) out[i + twin.length - 5] = 't'.charCodeAt(0);
    expect(refused(out)).toMatch(/^FILE_UNSAFE: Two of its parts are named/);
  }
});

it('[HX8] parts that are small each and too much together are refused', () => {
  const files: Record<string, Uint8Array> = { ...wordFiles({ body }) };
  const part = strToU8(`<a>${'x'.repeat(zipLimits.smallPart - 100)}</a>`);
  for (let i = 0; i < 25; i += 1) files[`word/p${i}.xml`] = part;
  const before = process.cpuUsage();
  expect(refused(zipSync(files, { level: 1 }))).toMatch(/^FILE_UNSAFE: .*more than a document/);
  expect(workSince(before)).toBeLessThan(10_000);
  delete files['word/p24.xml'];
  for (let i = 10; i < 24; i += 1) delete files[`word/p${i}.xml`];
  expect(refused(zipSync(files, { level: 1 }))).toBe('ok');
}, 200_000);

it('[HX8] a zip within a zip stays packed, and sizes before a part are not believed either', () => {
  const zeros = zipSync({ 'a.xml': new Uint8Array(50 * 1024 * 1024) }, { level: 9 });
  const nested = zipSync({ ...wordFiles({ body }), 'word/embeddings/a.zip': zeros });
  expect(refused(nested)).toBe('ok');
  expect(refused(zeros)).toMatch(/^FILE_UNSAFE/);
  const local = [0x50, 0x4b, 0x03, 0x04];
  const bomb = zipSync({ 'word/document.xml': new Uint8Array(12 * 1024 * 1024) }, { level: 6 });
  const liar = patched(patched(bomb, local, 22, [9, 0, 0, 0]), directory, 24, [9, 0, 0, 0]);
  expect(refused(liar)).toMatch(/^FILE_UNSAFE/);
});

it('[HX9] a hundred thousand levels are refused, long before they are read', () => {
  for (const tag of ['w:sdt', 'w:tbl', 'w:ins', 'unknown']) {
    const deep = `<${tag}>`.repeat(100_000) + `</${tag}>`.repeat(100_000);
    const before = process.cpuUsage();
    expect(refused(wordFile({ body: deep }))).toMatch(/^FILE_(?:UNSAFE|NOT_WORD)/);
    expect(workSince(before)).toBeLessThan(5000);
  }
}, 120_000);

it('[HX9] giant attributes, names, texts and thousands of declarations take bounded time', () => {
  // What repeats packs too well to be believed; these do not.
  let noise = '';
  for (let i = 0; noise.length < 4_000_000; i += 1) noise += `${(i * 7919) % 100_003}x`;
  const words = '<w:p><w:r><w:t>Words.</w:t></w:r></w:p>';
  const declared = Array.from({ length: 20_000 }, (_, i) => `xmlns:n${i}="u${i}"`).join(' ');
  const bodies = {
    attribute: `<w:p w:rsidR="${noise}"/>${words}`,
    name: `<w:${noise.slice(0, 1_000_000)}/>${words}`,
    declarations: `<w:p ${declared}/>${words}`,
    comment: `<!--${noise}-->${words}`,
    instruction: `<?a ${noise}?>${words}`,
    style: `<w:p><w:pPr><w:pStyle w:val="${noise}"/></w:pPr></w:p>${words}`,
    author: `<w:p><w:ins w:id="1" w:author="${noise}" w:date="${noise}"><w:r><w:t>a</w:t></w:r></w:ins></w:p>${words}`,
  };
  for (const [what, content] of Object.entries(bodies)) {
    const before = process.cpuUsage();
    const found = read(wordFile({ body: content }));
    expect([what, found.ok && found.imported.review.doc.textContent]).toEqual([
      what,
      expect.stringContaining('Words.'),
    ]);
    expect(workSince(before)).toBeLessThan(5000);
  }
}, 200_000);

it('[HX9] entities never multiply', () => {
  const laughs = Array.from({ length: 10 }, (_, i) =>
    i === 0 ? '<!ENTITY e0 "ha">' : `<!ENTITY e${i} "${`&e${i - 1};`.repeat(10)}">`,
  ).join('');
  const file = (xml: string): Uint8Array => wordFile({ body, more: { 'word/document.xml': xml } });
  expect(refused(file(`<!DOCTYPE a [${laughs}]><a>&e9;</a>`))).toMatch(
    /^FILE_UNSAFE: .*document type/,
  );
  expect(refused(file('<a>&e9;</a>'))).toMatch(/^FILE_NOT_WORD/);
});

it('[HX9] a hundred thousand equal elements are a document', () => {
  const line = '<w:p><w:r><w:t>x</w:t></w:r></w:p>';
  const found = read(wordFile({ body: line.repeat(33_334) }));
  expect(found.ok && found.imported.review.doc.childCount).toBe(33_334);
}, 120_000);
