/** Reads what stands in the comments of CriticMarkup: `@Author 2026-11-20T10:00Z on “words”: text`. */

/** One comment. `author` is null for a bare remark; `about` is null where no words are quoted. */
export interface Remark {
  author: string | null;
  at: string;
  about: string | null;
  text: string;
}

const stamp = /\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:?\d\d)?)?/;
const signed = new RegExp(
  `^@(?:([^\\n]{1,200}?) (${stamp.source})|([^:\\n]{1,200}?))(?: on “([^]*?)”)?(?::\\s?([^]*))?$`,
  'u',
);

/** The time as ISO 8601 in UTC to the millisecond; '' for what is no time in UTC that exists. */
export function timeOf(text: string): string {
  const match = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?)?Z?$/.exec(
    text,
  );
  if (!match) return '';
  const [, year, month, day, hour = '00', minute = '00', second = '00', part = '0'] = match;
  const longest = [31, Number(year) % 4 === 0 ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  const days = longest[Number(month) - 1] ?? 0;
  const fits = Number(day) >= 1 && Number(day) <= days && Number(year) > 0;
  if (!fits || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return '';
  return `${year}-${month}-${day}T${hour}:${minute}:${second}.${part.padEnd(3, '0')}Z`;
}

/** Reads one comment, its escapes already undone. Line ends were written as “¶”. */
export function readRemark(text: string): Remark {
  const lines = (words: string): string => words.replaceAll(' ¶ ', '\n').trim();
  const match = signed.exec(text.trimStart());
  if (!match) return { author: null, at: '', about: null, text: lines(text) };
  const [, dated, at = '', undated = '', about, said = ''] = match;
  return {
    author: dated ?? undated.trim(),
    at: timeOf(at),
    about: about ?? null,
    text: lines(said),
  };
}

const titles =
  /^(?:(?:Replace “[^]*?” with “[^]*?”|(?:Insert|Delete) “[^]*?”|Start a new paragraph here|Join with the paragraph before|A change)(?: — |$))/u;

/** The reason of a change without the words that say what the change is. */
export function reasonOf(text: string): string {
  return text.replace(titles, '');
}

/** A fact in words ("Fact to check: money — Which year?"), or null. */
export function factOf(text: string): { type: string; claim: string; check: string } | null {
  const match = /^Fact to check: ([a-z-]+)(?: — ([^]*))?$/u.exec(text);
  if (!match) return null;
  const [, type = '', rest = ''] = match;
  const cut = rest.indexOf('\n');
  return cut < 0
    ? { type, claim: '', check: rest }
    : { type, claim: rest.slice(0, cut), check: rest.slice(cut + 1) };
}
