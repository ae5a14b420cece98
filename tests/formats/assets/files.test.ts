/** Pictures in files: what is taken out of one is the same, byte for byte, in the next. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { pictureAddress } from '#core/article/picture.ts';
import { schema } from '#core/article/schema.ts';
import type { Asset, Assets } from '#core/formats/assets/asset.ts';
import { readPicture } from '#core/formats/assets/read-picture.ts';
import { convert } from '#core/formats/convert.ts';
import { readDocx } from '#core/formats/docx/read-docx.ts';
import { writeDocx } from '#core/formats/docx/write-docx.ts';
import type { Imported } from '#core/formats/import/imported.ts';
import { readReviewFile } from '#core/formats/import/review-file.ts';
import { readHtml } from '#core/formats/read-html.ts';
import { readJson } from '#core/formats/read-json.ts';
import { readMarkdown } from '#core/formats/read-markdown.ts';
import { writeHtml } from '#core/formats/write-html.ts';
import { writeJson } from '#core/formats/write-json.ts';
import { writeMarkdown } from '#core/formats/write-markdown.ts';
import { writeText } from '#core/formats/write-text.ts';
import { newReview, type Review } from '#core/sync/review.ts';
import { dataAddress, gif, hashBytes, jpeg, png, webp } from '#tests/formats/assets/pictures.ts';
import { schemaJudge } from '#tests/formats/docx/judges.ts';
import { wordFiles } from '#tests/formats/docx/word-file.ts';
import { testContext } from '#tests/formats/round-trip.ts';

const context = () => testContext({ hashBytes });
const marked = { view: 'marked', notice: null } as const;
const info = { id: 'a1', language: 'en', stage: 'desk' } as const;

/** A review with a figure for each picture. */
function withPictures(...files: Uint8Array[]): { review: Review; assets: Assets } {
  const assets = new Map<string, Asset>();
  const figures = files.map((bytes, i) => {
    const read = readPicture(bytes);
    if (!read.ok) throw new Error(read.code);
    const { asset } = read;
    const hash = hashBytes(bytes);
    assets.set(hash, asset);
    const src = pictureAddress(hash, asset.width, asset.height);
    return schema.node('figure', { src, alt: `Picture <${i}>` }, schema.text(`Caption ${i}`));
  });
  const doc = schema.node('doc', null, [
    schema.node('headline', null, schema.text('Pictures')),
    schema.node('block', null, schema.text('It begins here.')),
    ...figures,
  ]);
  return { review: newReview(info, [], doc), assets };
}

const figuresOf = ({ doc }: Review): { src: string; alt: string; caption: string }[] =>
  doc.content.content
    .filter((node) => node.type.name === 'figure')
    .map((node) => ({
      src: String(node.attrs['src']),
      alt: String(node.attrs['alt']),
      caption: node.textContent,
    }));

const hashes = (assets: Assets): string[] =>
  [...assets].map(([hash, { bytes }]) => {
    expect(hashBytes(bytes)).toBe(hash);
    return hash;
  });

const told = ({ warnings }: Pick<Imported, 'warnings'>): string =>
  warnings.map(({ message }) => message).join('\n');

function readWord(bytes: Uint8Array): Imported {
  const read = readDocx(bytes, context());
  if (!read.ok) throw new Error(read.detail);
  return read.imported;
}

const drawing = (id: string, more = ''): string =>
  `<w:p><w:r><w:drawing xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><wp:inline><wp:docPr id="1" name="P" descr="${id}"/><a:blip r:embed="${id}"/>${more}</wp:inline></w:drawing></w:r></w:p>`;

/** A Word file of another program with these parts as pictures. */
function foreign(pictures: Record<string, Uint8Array>, body: string): Uint8Array {
  const relations = Object.keys(pictures)
    .map((name) => `<Relationship Id="${name}" Type="x/image" Target="media/${name}"/>`)
    .join('');
  const files = wordFiles({
    body: `<w:p><w:r><w:t>It begins.</w:t></w:r></w:p>${body}`,
    relations,
  });
  for (const [name, bytes] of Object.entries(pictures)) files[`word/media/${name}`] = bytes;
  return zipSync(files);
}

it('[AS4] pictures of a Word file are kept byte for byte, each once, whatever their parts are called', () => {
  const [one, two] = [png(40, 30), jpeg(640, 480)];
  const found = readWord(
    foreign(
      { 'image1.tmp': one, 'image2.png': two },
      drawing('image1.tmp') + drawing('image2.png') + drawing('image1.tmp'),
    ),
  );
  expect(hashes(found.assets)).toEqual([hashBytes(one), hashBytes(two)]);
  expect(figuresOf(found.review)).toEqual([
    { src: pictureAddress(hashBytes(one), 40, 30), alt: 'image1.tmp', caption: '' },
    { src: pictureAddress(hashBytes(two), 640, 480), alt: 'image2.png', caption: '' },
    { src: pictureAddress(hashBytes(one), 40, 30), alt: 'image1.tmp', caption: '' },
  ]);
  expect(told(found)).toBe('');
});

it('[AS4] what is no picture, and what Word shows of one beside its bytes, is told', () => {
  const html = Buffer.from('<html><script>alert(1)</script></html>');
  const found = readWord(
    foreign(
      {
        'lie.png': html,
        'huge.png': png(50_000, 50_000, [0, 0, 0], false),
        'cut.png': png(9, 9),
        'a.svg': Buffer.from('<svg/>'),
      },
      drawing('lie.png') +
        drawing('huge.png') +
        drawing('a.svg') +
        drawing('gone.png') +
        drawing('cut.png', '<a:srcRect l="1000"/><a:xfrm rot="5400000"/>'),
    ),
  );
  expect(hashes(found.assets)).toEqual([hashBytes(png(9, 9))]);
  expect(figuresOf(found.review).map(({ src }) => src === '')).toEqual([
    true,
    true,
    true,
    true,
    false,
  ]);
  for (const words of [
    '“lie.png” is no PNG, JPEG, GIF or WebP file',
    '“huge.png” has too many points',
    '“a.svg” is an SVG drawing',
    '“gone.png” is not in the file',
    '“cut.png” is kept whole',
    '“cut.png” stands upright',
  ])
    expect(told(found)).toContain(words);
});

it('[AS4] without a hash no picture is kept, and that is told', () => {
  const read = readDocx(foreign({ 'a.png': png(2, 2) }, drawing('a.png')), testContext());
  if (!read.ok) throw new Error(read.detail);
  expect(read.imported.assets.size).toBe(0);
  expect(told(read.imported)).toContain('cannot be kept here');
});

it('[AS4] a package whose pictures unpack to more than the limit is read without them', () => {
  const bomb = Buffer.concat([png(2, 2), Buffer.alloc(11 * 1024 * 1024)]);
  const found = readWord(
    foreign({ 'a.png': bomb, 'b.png': png(3, 3) }, drawing('a.png') + drawing('b.png')),
  );
  expect(found.assets.size).toBe(1);
  expect(told(found)).toContain('is larger than 10 MB');
});

it('[AS5] pictures of pages and of Markdown are kept byte for byte, and those of the web are not fetched', () => {
  const [one, two] = [png(12, 8), gif(20, 10)];
  const page = readHtml(
    `<h1>T</h1><p>Text.</p><figure><img src="${dataAddress('image/jpeg', one)}" alt="One"><figcaption>Said</figcaption></figure>` +
      `<img src="https://a.example/b.png" alt="Far"><img src="${dataAddress('image/png', Buffer.from('<script>'))}" alt="Lie">` +
      `<img src="data:image/svg+xml,%3Csvg/%3E" alt="Drawn">`,
    context(),
  );
  expect(figuresOf(page.review)).toEqual([
    { src: pictureAddress(hashBytes(one), 12, 8), alt: 'One', caption: 'Said' },
    { src: 'https://a.example/b.png', alt: 'Far', caption: '' },
    { src: '', alt: 'Lie', caption: '' },
    { src: '', alt: 'Drawn', caption: '' },
  ]);
  expect(hashes(page.assets)).toEqual([hashBytes(one)]);
  expect(told(page)).toContain('The picture “Lie” in line 1 is no PNG');
  expect(told(page)).toContain('The picture “Drawn” in line 1 is an SVG drawing');
  expect(told(page)).not.toContain('base64');

  const text = readMarkdown(
    `# T\n\nText.\n\n![Two](${dataAddress('image/gif', two)})\\\nSaid\n`,
    context(),
  );
  expect(figuresOf(text.review)).toEqual([
    { src: pictureAddress(hashBytes(two), 20, 10), alt: 'Two', caption: 'Said' },
  ]);
  expect(hashes(text.assets)).toEqual([hashBytes(two)]);
});

it('[AS6] JSON read and written again has the same bytes, pictures and all', () => {
  const { review, assets } = withPictures(png(4, 4), jpeg(30, 20, 6), webp('VP8L', 5, 6));
  const unused = new Map([
    ...assets,
    [hashBytes(gif(1, 1)), { type: 'image/gif', bytes: gif(1, 1), width: 1, height: 1 } as const],
  ]);
  const file = writeJson(review, undefined, unused);
  const read = readJson(file, hashBytes);
  if (!read.ok) throw new Error(read.detail);
  expect(writeJson(read.review, read.facts, read.assets)).toBe(file);
  expect(hashes(read.assets)).toEqual([...assets.keys()].toSorted());
  const imported = readReviewFile(file, context());
  if (!imported.ok) throw new Error(imported.detail);
  expect(hashes(imported.imported.assets).toSorted()).toEqual([...assets.keys()].toSorted());
  // A review without pictures is written as ever.
  expect(writeJson(newReview(info, [], review.doc))).not.toContain('"assets"');
});

it('[AS6] a picture in JSON that is not what its name says has the file refused', () => {
  const { review, assets } = withPictures(png(4, 4));
  const file = writeJson(review, undefined, assets);
  const other = png(4, 4, [1, 2, 3]).toString('base64');
  for (const [what, to] of [
    [png(4, 4).toString('base64'), other],
    ['"type": "image/png"', '"type": "image/gif"'],
    ['"width": 4', '"width": 5'],
    [png(4, 4).toString('base64'), Buffer.from('<html>').toString('base64')],
    [png(4, 4).toString('base64'), '***'],
  ] as const) {
    expect(file).toContain(what);
    const read = readJson(file.replace(what, to), hashBytes);
    expect(read).toMatchObject({ ok: false, code: 'FILE_NOT_REVIEW' });
  }
});

it('[AS7] pictures go through a Word file and come back byte for byte, each once', () => {
  const files = [png(40, 30), jpeg(640, 480, 6), gif(9, 9), webp('VP8 ', 50, 40), png(40, 30)];
  const { review, assets } = withPictures(...files);
  const written = writeDocx(review, { ...marked, assets });
  expect(writeDocx(review, { ...marked, assets }).content).toEqual(written.content);
  const media = Object.entries(unzipSync(written.content)).filter(([name]) =>
    name.includes('media/'),
  );
  expect(media.map(([name]) => name)).toEqual([
    'word/media/picture-1.png',
    'word/media/picture-2.jpg',
    'word/media/picture-3.gif',
    'word/media/picture-4.webp',
  ]);
  media.forEach(([, bytes], i) =>
    expect(Buffer.from(bytes).equals(files[i] ?? png(1, 1))).toBe(true),
  );
  const back = readWord(written.content);
  expect(figuresOf(back.review)).toEqual(figuresOf(review));
  expect(hashes(back.assets)).toEqual([...assets.keys()]);
  expect(told(back)).toBe('');
  expect(told(written)).toMatch(/^The picture “Picture <3>” is a WebP file; older versions/);
  // Without its bytes a figure is a grey field that knows what it stands for.
  const bare = readWord(writeDocx(review, marked).content);
  expect(figuresOf(bare.review)).toEqual(figuresOf(review));
});

it('[AS7] a picture is no larger than the page, upright, and described', () => {
  const { review, assets } = withPictures(png(40, 30), jpeg(4000, 2000, 6), png(1200, 300));
  const parts = unzipSync(writeDocx(review, { ...marked, assets }).content);
  const xml = Buffer.from(parts['word/document.xml'] ?? []).toString();
  const extents = [...xml.matchAll(/<wp:extent cx="(\d+)" cy="(\d+)"\/>/g)].map((one) => [
    Number(one[1]),
    Number(one[2]),
  ]);
  // The second is shown turned, 2000 by 4000, as high as there is room for; its own sides are the other way round.
  expect(extents).toEqual([
    [40 * 9525, 30 * 9525],
    [7_600_000, 3_800_000],
    [5_731_510, 1_432_878],
  ]);
  expect(xml.match(/<a:xfrm rot="5400000">/g)).toHaveLength(1);
  expect(xml).toContain('<wp:effectExtent l="0" t="1900000" r="0" b="1900000"/>');
  expect(xml).toContain('descr="Picture &lt;0&gt;"');
});

it('[AS7] a Word file with pictures has no schema error', async (context) => {
  const judge = await schemaJudge();
  if (!judge) return context.skip('there is no judge of schemas here');
  const folder = mkdtempSync(join(tmpdir(), 'galley-pictures-'));
  try {
    const file = join(folder, 'a.docx');
    const { review, assets } = withPictures(
      png(40, 30),
      jpeg(640, 480, 6),
      gif(9, 9),
      webp('VP8 ', 50, 40),
    );
    writeFileSync(file, writeDocx(review, { ...marked, assets }).content);
    expect(judge(file)).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('[AS8] a page holds its pictures with their sizes, and lets no other in', () => {
  const files = [png(40, 30), jpeg(640, 480, 6)];
  const { review, assets } = withPictures(...files);
  const page = writeHtml(review, { ...marked, assets });
  expect(page.content).toContain(
    `<img src="${dataAddress('image/png', files[0] ?? png(1, 1))}" alt="Picture &lt;0&gt;" width="40" height="30">`,
  );
  expect(page.content).toContain('width="480" height="640"');
  expect(page.content).toContain("default-src 'none'; img-src data:;");
  expect(page.warnings).toEqual([]);
  const back = readHtml(page.content, context());
  expect(figuresOf(back.review)).toEqual(figuresOf(review));
  expect(hashes(back.assets)).toEqual([...assets.keys()]);
  expect(told(writeHtml(review, marked))).toContain(
    'is kept in the library and is not in the file',
  );
  for (const write of [writeMarkdown, writeText]) {
    const copy = write(review, { ...marked, assets });
    expect(copy.content).not.toContain('base64');
    expect(told(copy)).toContain('“Picture <0>” is kept in the library and is not in the file');
  }
});

it('[AS7] the command line takes pictures from one format to the next', () => {
  const bytes = png(40, 30);
  const hash = (text: string): string => hashBytes(Buffer.from(text));
  const page = `<h1>T</h1><p>Text.</p><img src="${dataAddress('image/png', bytes)}" alt="One">`;
  const input = { name: 'a.html', format: 'html', text: page, hash, hashBytes } as const;
  const word = convert(input, { format: 'docx', view: 'marked' });
  if (!word.ok || typeof word.content === 'string') throw new Error('No file.');
  const json = convert(
    { name: 'a.docx', format: 'docx', bytes: word.content, hash, hashBytes },
    { format: 'json', view: 'marked' },
  );
  if (!json.ok) throw new Error('No file.');
  const text = Buffer.from(json.content).toString();
  expect(text).toContain(`"data": "${bytes.toString('base64')}"`);
  expect(text).toContain(`"${hashBytes(bytes)}": {`);
});
