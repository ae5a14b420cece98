/** Figures. Word shows what is in the file, and a file that loads a picture from elsewhere tells others who reads it; so
 *  a grey field stands for the picture, with its description, linked to its address. */
import { strToU8, zlibSync } from 'fflate';
import { element } from '#core/formats/docx/xml.ts';
import { namespaces } from '#core/formats/docx/namespaces.ts';
import type { Writing } from '#core/formats/docx/writing.ts';
import { inQuotes } from '#core/formats/warning.ts';

/** What a drawing is called that stands for a figure. */
export const figureName = 'Galley figure';

const width = 4_320_000;
const height = 2_430_000;
const part = 'word/media/picture.png';

/** The paragraph content of a figure's picture. */
export function pictureXml(writing: Writing, src: string, alt: string): string {
  writing.parts.add(part, greyField(), null);
  const image = writing.parts.relate('word/document.xml', 'image', 'media/picture.png');
  const id = writing.nextId();
  const isAddress = /^https?:/i.test(src);
  const link = isAddress
    ? element('a:hlinkClick', {
        'xmlns:a': namespaces.a,
        'r:id': writing.parts.relate('word/document.xml', 'hyperlink', src, true),
      })
    : '';
  writing.warn(
    'changed',
    `The picture ${inQuotes(alt === '' ? src : alt)} is not in the file; a grey field with its description stands for it.`,
  );
  const extent = { cx: width, cy: height };
  const picture =
    `<pic:nvPicPr>${element('pic:cNvPr', { id, name: 'picture.png' })}<pic:cNvPicPr/></pic:nvPicPr>` +
    `<pic:blipFill>${element('a:blip', { 'r:embed': image })}<a:stretch><a:fillRect/></a:stretch></pic:blipFill>` +
    `<pic:spPr><a:xfrm><a:off x="0" y="0"/>${element('a:ext', extent)}</a:xfrm>` +
    `<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>`;
  const graphic = element(
    'a:graphic',
    { 'xmlns:a': namespaces.a },
    element(
      'a:graphicData',
      { uri: namespaces.pic },
      element('pic:pic', { 'xmlns:pic': namespaces.pic }, picture),
    ),
  );
  const drawing = element(
    'wp:inline',
    { distT: 0, distB: 0, distL: 0, distR: 0 },
    element('wp:extent', extent) +
      element(
        'wp:docPr',
        { id, name: figureName, descr: alt, title: isAddress || src === '' ? undefined : src },
        link,
      ) +
      graphic,
  );
  return element('w:r', {}, element('w:drawing', {}, drawing));
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** A PNG of 16 by 9 light grey points. */
function greyField(): Uint8Array {
  const rows = new Uint8Array(9 * 17).fill(0xd9);
  for (let y = 0; y < 9; y += 1) rows[y * 17] = 0;
  const head = [0, 0, 0, 16, 0, 0, 0, 9, 8, 0, 0, 0, 0];
  return Uint8Array.from([
    ...signature,
    ...chunk('IHDR', head),
    ...chunk('IDAT', [...zlibSync(rows, { level: 9 })]),
    ...chunk('IEND', []),
  ]);
}

function chunk(name: string, data: readonly number[]): number[] {
  const body = [...strToU8(name), ...data];
  return [...bytes(data.length), ...body, ...bytes(crc(body))];
}

const bytes = (value: number): number[] => [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff);

function crc(data: readonly number[]): number {
  let sum = 0xffffffff;
  for (const byte of data) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}
