/** Files that have the name of a Word file and are something else: what they are, and what helps. */

const compound = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const rtf = [...'{\\rtf'].map((sign) => sign.charCodeAt(0));
/** How a locked document is called within its shell, in UTF-16. */
const locked = [...'EncryptedPackage'].flatMap((sign) => [sign.charCodeAt(0), 0]);

const standsAt = (bytes: Uint8Array, at: number, sign: readonly number[]): boolean =>
  sign.every((byte, i) => bytes[at + i] === byte);

function holds(bytes: Uint8Array, sign: readonly number[]): boolean {
  const [first = 0] = sign;
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1))
    if (standsAt(bytes, at, sign)) return true;
  return false;
}

/** A sentence for a file that is no package at all; null for one that may be. */
export function otherKind(bytes: Uint8Array): string | null {
  if (standsAt(bytes, 0, rtf)) return 'It is a text in RTF; save it as .docx.';
  if (!standsAt(bytes, 0, compound)) return null;
  return holds(bytes, locked)
    ? 'It is locked with a password; save it without one.'
    : 'It has the form of before 2007 (.doc); save it as .docx.';
}

/** A sentence for a package without a Word document, by the names of its parts. */
export function otherPackage(names: readonly string[]): string {
  const has = (name: string): boolean => names.includes(name);
  if (has('xl/workbook.xml')) return 'It is a table of Excel.';
  if (has('ppt/presentation.xml')) return 'It is a presentation.';
  if (has('content.xml') && has('mimetype')) return 'It is an OpenDocument file; save it as .docx.';
  return 'It holds no Word document.';
}
