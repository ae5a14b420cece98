/** Cuts a source text into chunks of lines, each with its place in the source.
 *  Places are UTF-16 offsets; every chunk and line starts and ends on a character that is not a space. */

/** One line as it reads: `text` has its spaces folded, `from`–`to` is where it stands in the source. */
export interface Line {
  from: number;
  to: number;
  text: string;
  /** Width of the white space before it, in characters (a tab counts four); tells the depth of a list item. */
  indent: number;
}

/** Lines that stand together, with blank lines around them. */
export type Chunk = Line[];

/** What folding a source did to its spaces and characters. */
export interface FoldCounts {
  noBreak: number;
  repeated: number;
  control: number;
}

const lineEnd = /\r\n|[\n\r\u000b\u000c\u0085\u2028\u2029]/g;
const spaceRun = /[\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+/g;
const noBreakSpace = /[\u00a0\u2007\u202f]/g;
/** Characters a document must not hold: controls, the atom placeholder, byte-order marks, broken surrogates. */
const unwanted =
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufeff\ufffc]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** A run of spaces becomes one space; a single thin or ideographic space stays what it is. */
function foldSpaces(text: string): string {
  return text.replace(spaceRun, (run) =>
    run.length > 1 || run === '\t' || run.search(noBreakSpace) >= 0 ? ' ' : run,
  );
}

/** The text without characters a document must not hold and with its spaces folded; the ends are trimmed. */
export function fold(text: string): string {
  return foldSpaces(text.replace(unwanted, '')).trim();
}

/** Counts what `fold` changes in a whole source, so that nothing is changed in silence. */
export function countFolds(source: string): FoldCounts {
  let repeated = 0;
  for (const line of source.split(lineEnd))
    for (const [run] of line.trim().matchAll(spaceRun))
      if (run.length > 1 && run.search(noBreakSpace) < 0) repeated += 1;
  const body = source.startsWith('\ufeff') ? source.slice(1) : source;
  return {
    noBreak: source.match(noBreakSpace)?.length ?? 0,
    repeated,
    control: body.match(unwanted)?.length ?? 0,
  };
}

/** True for what may stand between two ranges: white space and characters a document must not hold. */
export function isSeparator(text: string): boolean {
  return text.replace(unwanted, '').trim() === '';
}

function lineAt(source: string, start: number, end: number): Line | null {
  const raw = source.slice(start, end);
  const text = fold(raw);
  if (text === '') return null;
  // The range runs from the first to the last character that is kept.
  let from = start;
  let to = end;
  while (isSeparator(source.slice(from, from + width(source, from)))) from += width(source, from);
  while (isSeparator(source.slice(to - widthBefore(source, to), to))) to -= widthBefore(source, to);
  const lead = source.slice(start, from).replace(unwanted, '').replaceAll('\t', '    ');
  return { from, to, text, indent: lead.length };
}

function width(source: string, at: number): number {
  return (source.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

function widthBefore(source: string, at: number): number {
  return at >= 2 && (source.codePointAt(at - 2) ?? 0) > 0xffff ? 2 : 1;
}

/** All chunks of a source: blank lines divide them, or, where there are none, every line end does. */
export function chunksOf(source: string): Chunk[] {
  const chunks: Chunk[] = [];
  let chunk: Chunk = [];
  let start = 0;
  const close = (): void => {
    if (chunk.length > 0) chunks.push(chunk);
    chunk = [];
  };
  const take = (end: number): void => {
    const line = start < end ? lineAt(source, start, end) : null;
    if (line) chunk.push(line);
    else close();
  };
  for (const match of source.matchAll(lineEnd)) {
    take(match.index);
    start = match.index + match[0].length;
  }
  take(source.length);
  close();
  const only = chunks.length === 1 ? chunks[0] : undefined;
  if (only && only.length > 1 && wrapColumn(chunks) === null) return only.map((line) => [line]);
  return unwrap(chunks);
}

const startsItem = /^(?:[-*•◦▪‣·]|\[?\^?\d{1,3}[\].)]?:?)\s/u;

/** True if the next line's first word had no room on this one: the sign of a line broken by width. */
function brokenByWidth(line: Line, next: Line, column: number): boolean {
  if (startsItem.test(next.text)) return false;
  const word = next.text.split(' ', 1)[0] ?? '';
  return line.indent + line.text.length + 1 + word.length > column - 8;
}

/** The column a text was wrapped at, or null for a text whose lines are paragraphs. */
function wrapColumn(chunks: readonly Chunk[]): number | null {
  let column = 0;
  for (const chunk of chunks)
    for (const line of chunk) column = Math.max(column, line.indent + line.text.length);
  if (column < 40 || column > 100) return null;
  let pairs = 0;
  let broken = 0;
  for (const chunk of chunks)
    chunk.forEach((line, i) => {
      const next = chunk[i + 1];
      if (!next || startsItem.test(next.text)) return;
      pairs += 1;
      if (brokenByWidth(line, next, column)) broken += 1;
    });
  return pairs >= 2 && broken / pairs >= 0.7 ? column : null;
}

/** Joins lines that were broken by width only; a hyphen at a break stays, without a space after it. */
function unwrap(chunks: Chunk[]): Chunk[] {
  const column = wrapColumn(chunks);
  if (column === null) return chunks;
  return chunks.map((chunk) => {
    const joined: Chunk = [];
    let previous: Line | undefined;
    for (const line of chunk) {
      const target = joined.at(-1);
      if (target && previous && brokenByWidth(previous, line, column)) {
        target.text += (/\p{L}-$/u.test(target.text) ? '' : ' ') + line.text;
        target.to = line.to;
      } else joined.push({ ...line });
      previous = line;
    }
    return joined;
  });
}
