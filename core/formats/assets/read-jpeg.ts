/** The size of a JPEG, from its markers. A camera may keep a picture lying on its side and say so: then it is shown upright,
 *  and that is its size. */

interface Head {
  width: number;
  height: number;
  /** As in EXIF: 1 is upright, 3, 6 and 8 are turned, the others are mirrored as well. */
  orientation: number;
}

/** Markers that begin a frame; 0xc4, 0xc8 and 0xcc are tables. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/** What stands before the points; null when the bytes break off before them. */
function headOf(bytes: Uint8Array): Head | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let orientation = 1;
  let frame: { width: number; height: number } | null = null;
  for (let at = 2; at + 4 <= bytes.length;) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    // Fill bytes, and markers without content.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) {
      at += 2;
      continue;
    }
    if (marker === 0xda) return frame && { ...frame, orientation };
    const length = view.getUint16(at + 2);
    if (length < 2 || at + 2 + length > bytes.length) return null;
    if (isFrame(marker) && length >= 8)
      frame = { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    else if (marker === 0xe1)
      orientation = turnIn(bytes.subarray(at + 4, at + 2 + length)) ?? orientation;
    at += 2 + length;
  }
  return null;
}

/** The orientation in an EXIF block; null when it says none. */
function turnIn(block: Uint8Array): number | null {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  if (block.length < 14 || view.getUint32(0) !== 0x45786966) return null;
  const little = view.getUint16(6) === 0x4949;
  const list = 6 + view.getUint32(10, little);
  if (list + 2 > block.length) return null;
  const count = view.getUint16(list, little);
  for (let i = 0; i < count; i += 1) {
    const at = list + 2 + i * 12;
    if (at + 12 > block.length) return null;
    if (view.getUint16(at, little) === 0x0112) return view.getUint16(at + 8, little);
  }
  return null;
}

/** The size as the picture is shown. */
export function jpegSize(bytes: Uint8Array): { width: number; height: number } | null {
  const head = headOf(bytes);
  if (!head) return null;
  const { width, height, orientation } = head;
  return orientation >= 5 && orientation <= 8
    ? { width: height, height: width }
    : { width, height };
}

/** By how many degrees a JPEG is turned to be upright: 0, 90, 180 or 270, clockwise. */
export function jpegTurn(bytes: Uint8Array): number {
  switch (headOf(bytes)?.orientation) {
    case 3:
    case 4:
      return 180;
    case 5:
    case 6:
      return 90;
    case 7:
    case 8:
      return 270;
    default:
      return 0;
  }
}
