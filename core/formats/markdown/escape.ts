/** Escapes text for CommonMark with CriticMarkup: whatever an author typed, it is read back as those characters.
 *  Programs for CriticMarkup look for its signs without knowing backslashes, so its signs are taken apart as well. */
import { cleanLine } from '#core/formats/clean-text.ts';

const always = '\\`*_[]<>~|#^';

/** True if the character at `i` needs a backslash wherever it stands. */
function needsEscape(line: string, i: number): boolean {
  const char = line.charAt(i);
  if (always.includes(char)) return true;
  const next = line.charAt(i + 1);
  // The beginning of a character reference; an exclamation mark that would make an image of a link after it.
  if (char === '&') return next === '' || /[#A-Za-z]/.test(next);
  if (char === '!') return next === '';
  // `{++` and `++}`, and so with the other signs: a backslash stands between the brace and the pair, or in the pair.
  if (!'+-='.includes(char)) return false;
  const before = line.charAt(i - 1);
  return (before === '{' && next === char) || (before === char && next === '}');
}

/** What would begin a list, underline or definition at the start of a line, or go on with a link before it. */
const lineStart = /^(?:[+\-=:(]|\d{1,9}(?=[.)]))/;

/** Where a text stands: at the start of a line, behind signs (which a program may take away), or within a line. */
export type Standing = 'line' | 'signs' | 'within';

/** Escapes one line of text. */
export function markdown(text: string, standing: Standing): string {
  const line = cleanLine(text);
  let out = '';
  for (let i = 0; i < line.length; i += 1)
    out += (needsEscape(line, i) ? '\\' : '') + line.charAt(i);
  // A brace at an edge could make one sign with what is written next to it.
  out = out.replace(/\{(?=[+\-=]?$)/, '&#123;');
  if (standing === 'within') return out;
  const lead = /^[ \t]+/.exec(out)?.[0] ?? '';
  const rest = out.slice(lead.length).replace(/^\}/, '&#125;');
  const safe = rest.replace(lineStart, (sign) => (/^\d/.test(sign) ? `${sign}\\` : `\\${sign}`));
  // One space behind signs is as it should be; more could make code of the line once the signs are gone.
  return (standing === 'signs' && lead === ' ' ? lead : keepSpaces(lead)) + safe;
}

/** Spaces at the edge of a line would be dropped, or make code of it. */
export function keepSpaces(spaces: string): string {
  return spaces.replace(/ /g, '&#32;').replace(/\t/g, '&#9;');
}

/** An address in angle brackets; the schema lets no space or control character into one. */
export function markdownAddress(href: string): string {
  const safe = href.replace(
    /[\\<>]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `<${safe.replace(/&/g, '&amp;')}>`;
}

/** A character as a numeric reference: for the neighbour of an emphasis sign that would keep it from being one. */
export function numericReference(char: string): string {
  return `&#${char.codePointAt(0) ?? 0};`;
}
