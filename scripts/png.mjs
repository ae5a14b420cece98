// Makes a screenshot's file smaller: 256 colours, chosen by what the picture holds, instead of 16
// million. Reads and writes only what a browser's screenshots are: 8 bits, RGB or RGBA, not interlaced.
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);

function* chunks(png) {
  for (let at = SIGNATURE.length; at < png.length;) {
    const length = png.readUInt32BE(at);
    yield {
      type: png.toString('latin1', at + 4, at + 8),
      data: png.subarray(at + 8, at + 8 + length),
    };
    at += length + 12;
  }
}

/** Takes the filters of the format off: each byte was stored as a difference to its neighbours. */
function unfilter(raw, width, height, bpp) {
  const stride = width * bpp;
  const pixels = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)];
    const row = y * stride;
    for (let x = 0; x < stride; x++) {
      const left = x < bpp ? 0 : pixels[row + x - bpp];
      const up = y === 0 ? 0 : pixels[row + x - stride];
      const corner = x < bpp || y === 0 ? 0 : pixels[row + x - stride - bpp];
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
      pixels[row + x] = raw[y * (stride + 1) + 1 + x] + guess;
    }
  }
  return pixels;
}

function paeth(left, up, corner) {
  const by = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  if (by[0] <= by[1] && by[0] <= by[2]) return left;
  return by[1] <= by[2] ? up : corner;
}

const red = (colour) => colour >> 16;
const green = (colour) => (colour >> 8) & 255;
const blue = (colour) => colour & 255;
const parts = [red, green, blue];

/** Splits the box with the widest spread, weighed by how much of the picture it is, until there are 256. */
function boxesOf(counts) {
  const measured = (colours) => {
    let best = { spread: -1, part: red };
    let weight = 0;
    for (const colour of colours) weight += counts.get(colour);
    for (const part of parts) {
      const values = colours.map(part);
      const spread =
        values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b));
      if (spread > best.spread) best = { spread, part };
    }
    return { colours, part: best.part, worth: best.spread * Math.log2(weight + 1) };
  };
  const boxes = [measured([...counts.keys()])];
  while (boxes.length < 256) {
    const widest = boxes.reduce((a, b) => (b.worth > a.worth ? b : a));
    if (widest.worth === 0) break;
    const { colours, part } = widest;
    const sorted = colours.toSorted((a, b) => part(a) - part(b));
    const half = Math.max(
      1,
      sorted.findIndex((one) => part(one) > (part(sorted[0]) + part(sorted.at(-1))) / 2),
    );
    boxes.splice(
      boxes.indexOf(widest),
      1,
      measured(sorted.slice(0, half)),
      measured(sorted.slice(half)),
    );
  }
  return boxes;
}

/** The colour that stands for a box: its most frequent one, so that plain areas keep theirs exactly. */
const standsFor = (colours, counts) =>
  colours.reduce((a, b) => (counts.get(b) > counts.get(a) ? b : a));

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** The same picture as an indexed PNG of at most 256 colours. */
export function smaller(png) {
  let header;
  const data = [];
  for (const one of chunks(png)) {
    if (one.type === 'IHDR') header = one.data;
    if (one.type === 'IDAT') data.push(one.data);
  }
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth, colourType, , , interlaced] = header.subarray(8);
  const bpp = { 2: 3, 6: 4 }[colourType];
  if (depth !== 8 || bpp === undefined || interlaced !== 0) throw new Error('Not a screenshot.');
  const pixels = unfilter(inflateSync(Buffer.concat(data)), width, height, bpp);
  const colours = new Uint32Array(width * height);
  const counts = new Map();
  for (let i = 0; i < colours.length; i++) {
    const colour = pixels.readUIntBE(i * bpp, 3);
    colours[i] = colour;
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const boxes = boxesOf(counts);
  const palette = Buffer.alloc(boxes.length * 3);
  const index = new Map();
  boxes.forEach(({ colours: own }, i) => {
    palette.writeUIntBE(standsFor(own, counts), i * 3, 3);
    for (const colour of own) index.set(colour, i);
  });
  const rows = Buffer.alloc((width + 1) * height);
  for (let i = 0; i < colours.length; i++)
    rows[i + Math.floor(i / width) + 1] = index.get(colours[i]);
  const indexed = Buffer.from(header);
  indexed[9] = 3;
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', indexed),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
