/** Figures. A kept picture is put into the file as it is. One that is on the web stays there: a file that loads a picture from
 *  elsewhere tells others who reads it, so a grey field stands for it, with its description, linked to its address. */
import { strToU8, zlibSync } from 'fflate';
import { keptPicture } from '#core/article/picture.ts';
import { endingOf, type Asset } from '#core/formats/assets/asset.ts';
import { jpegTurn } from '#core/formats/assets/read-jpeg.ts';
import { element } from '#core/formats/docx/xml.ts';
import { namespaces } from '#core/formats/docx/namespaces.ts';
import type { Writing } from '#core/formats/docx/writing.ts';
import { inQuotes } from '#core/formats/warning.ts';

/** What a drawing is called that stands for a picture that is elsewhere. */
export const figureName = 'Galley figure';

interface Extent {
  cx: number;
  cy: number;
}

/** A drawing: the part that holds its picture, and how it is shown. */
interface Drawing {
  part: string;
  name: string;
  extent: Extent;
  /** Degrees, clockwise. */
  turn: number;
  alt: string;
  title?: string | undefined;
  link?: string;
}

/** English Metric Units: so many to a point of a screen, and the room on a page between its margins and above a caption. */
const toPoint = 9525;
const room: Extent = { cx: 5_731_510, cy: 7_600_000 };
const field: Extent = { cx: 4_320_000, cy: 2_430_000 };
const fieldPart = 'word/media/picture.png';

/** The paragraph content of a figure's picture. */
export function pictureXml(writing: Writing, src: string, alt: string): string {
  const kept = keptPicture(src);
  const asset = kept ? writing.assets.get(kept.hash) : undefined;
  return kept && asset ? keptXml(writing, kept.hash, asset, alt) : fieldXml(writing, src, alt);
}

function keptXml(writing: Writing, hash: string, asset: Asset, alt: string): string {
  let part = writing.pictures.get(hash);
  if (part === undefined) {
    part = `word/media/picture-${writing.pictures.size + 1}.${endingOf(asset.type)}`;
    writing.pictures.set(hash, part);
    writing.parts.addPicture(part, asset.bytes, asset.type);
  }
  if (asset.type === 'image/webp')
    writing.warn(
      'changed',
      `The picture ${inQuotes(alt)} is a WebP file; older versions of Word do not show it.`,
    );
  // Word shows the points as they lie in the file, and turns what it is told to turn.
  const turn = asset.type === 'image/jpeg' ? jpegTurn(asset.bytes) : 0;
  const shown = fitted(asset);
  const extent = turn % 180 === 0 ? shown : { cx: shown.cy, cy: shown.cx };
  return drawingXml(writing, { part, name: `Picture ${writing.pictures.size}`, extent, turn, alt });
}

/** The size of a picture on a page: its own at 96 points to the inch, or as much as there is room for. */
function fitted({ width, height }: Asset): Extent {
  const own = { cx: width * toPoint, cy: height * toPoint };
  const by = Math.min(1, room.cx / own.cx, room.cy / own.cy);
  return { cx: Math.max(1, Math.round(own.cx * by)), cy: Math.max(1, Math.round(own.cy * by)) };
}

function fieldXml(writing: Writing, src: string, alt: string): string {
  writing.parts.add(fieldPart, greyField(), null);
  const isAddress = /^https?:/i.test(src);
  writing.warn(
    'changed',
    `The picture ${inQuotes(alt === '' ? src : alt)} is not in the file; a grey field with its description stands for it.`,
  );
  return drawingXml(writing, {
    part: fieldPart,
    name: figureName,
    extent: field,
    turn: 0,
    alt,
    ...(isAddress ? { link: src } : { title: src === '' ? undefined : src }),
  });
}

/** The room that a picture on its side takes beyond its own, once it is turned. */
function roomAround({ cx, cy }: Extent): string {
  const [across, along] = [cy - cx, cx - cy].map((more) => Math.max(0, Math.round(more / 2)));
  return element('wp:effectExtent', { l: across, t: along, r: across, b: along });
}

function drawingXml(writing: Writing, drawing: Drawing): string {
  const { part, name, extent, turn, alt, title } = drawing;
  const file = part.slice('word/media/'.length);
  const image = writing.parts.relate('word/document.xml', 'image', `media/${file}`);
  const id = writing.nextId();
  const link =
    drawing.link === undefined
      ? ''
      : element('a:hlinkClick', {
          'xmlns:a': namespaces.a,
          'r:id': writing.parts.relate('word/document.xml', 'hyperlink', drawing.link, true),
        });
  const form = element(
    'a:xfrm',
    { rot: turn === 0 ? undefined : turn * 60_000 },
    `<a:off x="0" y="0"/>${element('a:ext', { ...extent })}`,
  );
  const picture =
    `<pic:nvPicPr>${element('pic:cNvPr', { id, name: file })}<pic:cNvPicPr/></pic:nvPicPr>` +
    `<pic:blipFill>${element('a:blip', { 'r:embed': image })}<a:stretch><a:fillRect/></a:stretch></pic:blipFill>` +
    `<pic:spPr>${form}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>`;
  const graphic = element(
    'a:graphic',
    { 'xmlns:a': namespaces.a },
    element(
      'a:graphicData',
      { uri: namespaces.pic },
      element('pic:pic', { 'xmlns:pic': namespaces.pic }, picture),
    ),
  );
  const inline = element(
    'wp:inline',
    { distT: 0, distB: 0, distL: 0, distR: 0 },
    element('wp:extent', { ...extent }) +
      (turn % 180 === 0 ? '' : roomAround(extent)) +
      element('wp:docPr', { id, name, descr: alt, title }, link) +
      graphic,
  );
  return element('w:r', {}, element('w:drawing', {}, inline));
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
