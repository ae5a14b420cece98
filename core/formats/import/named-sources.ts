/** Reads what a writer's note names as its sources: addresses, pages, minutes. The note itself is kept word for word by
 *  whoever asks, so what is taken out of a title here is lost nowhere. */
import type { SourceKind } from '#core/facts/claim-file.ts';

/** A source as a note names it. */
export interface NamedSource {
  /** Its part of the note, to the letter. */
  text: string;
  /** What is left of it without address and place; the address where nothing is. */
  title: string;
  /** A web address, a DOI as one, or an ISBN; '' for none. */
  address: string;
  /** A kept copy of the same page; '' for none. */
  archive: string;
  /** Pages or minutes, to the letter. */
  locator: string;
  kind: SourceKind;
  /** It says “ibid.”: the source is that of the note before. */
  same: boolean;
}

/** Words of a note that carry an address which they do not show. */
export interface NoteLink {
  from: number;
  to: number;
  href: string;
}

interface Span {
  from: number;
  to: number;
}
interface Address extends Span {
  address: string;
  isArchive: boolean;
  kind: SourceKind;
}
interface Place extends Span {
  isTime: boolean;
}

/** The longest title a source may have. */
const longestTitle = 300;

const webAddress = /\b(?:https?:\/\/|www\.)[^\s<>"“”„«»]+/giu;
const doi = /\b(?:doi:\s*)?(10\.\d{4,9}\/[^\s<>"“”„«»]+)/giu;
const isbn = /\bISBN(?:-1[03])?:?\s*(?:97[89][-\s]?)?(?:\d[-\s]?){9}[\dX]\b/gu;
const archives =
  /^https?:\/\/(?:(?:web|wayback)\.archive\.org|archive\.(?:today|ph|is|li|md|vn|fo)|perma\.cc|(?:www\.)?webcitation\.org|ghostarchive\.org|wayback\.archive-it\.org)\//iu;
const recordings =
  /^https?:\/\/(?:[\w-]+\.)*(?:youtube\.com|youtu\.be|vimeo\.com|soundcloud\.com|podcasts\.apple\.com|open\.spotify\.com)\//iu;

const number = String.raw`(?:\d+|[ivxlcdm]+)`;
const era = String.raw`(?:1[5-9]|20)\d\d(?!\d)`;
const range = String.raw`${number}(?:\s?[-–—]\s?${number}|\s?ff?\.?(?![\p{L}\d]))?`;
const pages = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:(?:pp?|[Pp]ages?|Seiten?)\.?|S\.)\s?${range}(?:(?:,\s?|\s?(?:and|und|u\.|&)\s)(?!${era})${range}(?![\p{L}\d]|\.\d))*(?![\p{L}\d])`,
  'gu',
);
const time = String.raw`\d{1,3}:[0-5]\d(?::[0-5]\d)?`;
const times = new RegExp(
  String.raw`(?<![\p{L}\p{N}:.,/-])${time}(?:\s?[-–—]\s?${time})?(?![\p{L}\p{N}:]|\s?(?:[ap]\.?m\b|Uhr|o['’]clock))`,
  'giu',
);
/** What a time of one digit needs beside it: else it may be a verse or a score. */
const aboutRecordings =
  /\b(?:min(?:ute)?s?|at|from|video|audio|podcast|film|recording|tape|interview|episode|ab|bei|time(?:stamp)?|timecode)\b|[[(]$/iu;
const ibid =
  /^\W*(?:(?:see|cf\.|vgl\.|siehe)\s+)?(?:ibid(?:em)?|ib|ebenda|ebd)(?![\p{L}\p{N}])\.?/iu;
const person =
  /^(?:(?:the )?(?:author|writer)['’]s )?(?:(?:phone|telephone|personal) )?(?:interview|conversation|call|e-?mail|correspondence|gespräch)\b/iu;
const year = new RegExp(String.raw`(?<!\d)${era}`, 'u');

/** An address without the marks of the sentence around it. */
function bare(found: string): string {
  let text = found;
  for (;;) {
    const last = text.at(-1) ?? '';
    const opens = last === ')' ? '(' : last === ']' ? '[' : '';
    const isLoose = opens !== '' && text.split(opens).length < text.split(last).length;
    if (!isLoose && !/[.,;:!?'’”*]/u.test(last)) return text;
    text = text.slice(0, -1);
  }
}

function addressesIn(text: string, links: readonly NoteLink[]): Address[] {
  const found: Address[] = [];
  const isFree = (from: number, words: string): boolean =>
    !found.some((one) => one.from < from + words.length && one.to > from);
  const add = (from: number, words: string, address: string): void => {
    found.push({
      from,
      to: from + words.length,
      address,
      isArchive: archives.test(address),
      kind: recordings.test(address) ? 'recording' : 'web',
    });
  };
  for (const { index, 0: match } of text.matchAll(webAddress)) {
    const words = bare(match);
    if (/^(?:https?:\/\/|www\.)[^/.]/iu.test(words))
      add(index, words, /^www/iu.test(words) ? `https://${words}` : words);
  }
  for (const { from, to, href } of links)
    if (/^https?:/iu.test(href) && !found.some((one) => one.from < to && one.to > from))
      // The words of a link are words of the title: nothing is taken out.
      found.push({ ...addressOf(href), from, to: from });
  for (const { index, 0: match, 1: name = '' } of text.matchAll(doi))
    if (isFree(index, match)) {
      const words = bare(match);
      const cut = bare(name);
      found.push({ ...addressOf(`https://doi.org/${cut}`), from: index, to: index + words.length });
    }
  for (const { index, 0: match } of text.matchAll(isbn))
    if (isFree(index, match))
      found.push({ ...addressOf(match), from: index, to: index + match.length });
  return found.toSorted((a, b) => a.from - b.from);
}

const addressOf = (address: string): Omit<Address, 'from' | 'to'> => ({
  address,
  isArchive: archives.test(address),
  kind: /^ISBN|^https:\/\/doi\.org\//u.test(address)
    ? 'document'
    : recordings.test(address)
      ? 'recording'
      : 'web',
});

function placesIn(text: string, addresses: readonly Address[]): Place[] {
  const isFree = ({ from, to }: Span): boolean =>
    !addresses.some((one) => one.from < to && one.to > from);
  const found: Place[] = [];
  for (const { index, 0: match } of text.matchAll(pages))
    found.push({ from: index, to: index + match.length, isTime: false });
  for (const { index, 0: match } of text.matchAll(times)) {
    const isSure =
      /^\d{2,}:/u.test(match) ||
      /:\d\d:/u.test(match) ||
      addresses.some(({ kind }) => kind === 'recording') ||
      aboutRecordings.test(text.slice(Math.max(0, index - 20), index));
    if (isSure) found.push({ from: index, to: index + match.length, isTime: true });
  }
  return found.filter(isFree).toSorted((a, b) => a.from - b.from);
}

/** True for a part that could stand as a source of its own. */
const hasAddress = (text: string, links: readonly NoteLink[]): boolean =>
  addressesIn(text, links).length > 0;
const hasSign = (text: string, links: readonly NoteLink[]): boolean =>
  hasAddress(text, links) || placesIn(text, []).length > 0 || year.test(text) || ibid.test(text);

interface Part extends Span {
  /** What stands before it: a line end parts less surely than a semicolon. */
  after: 'line' | 'semicolon';
}

/** The parts of a note: parted by a semicolon or a line end, and by what stands between two addresses alone. */
function partsOf(text: string, links: readonly NoteLink[]): Span[] {
  const within = ({ from, to }: Span): NoteLink[] =>
    links
      .filter((one) => one.from >= from && one.to <= to)
      .map((one) => ({ ...one, from: one.from - from, to: one.to - from }));
  const raw: Part[] = [];
  let from = 0;
  let after: Part['after'] = 'semicolon';
  for (const { index, 0: match } of text.matchAll(/;\s+|(?<![ \t])[ \t]*\n\s*/gu)) {
    raw.push({ from, to: index, after });
    from = index + match.length;
    after = match.startsWith(';') ? 'semicolon' : 'line';
  }
  raw.push({ from, to: text.length, after });
  const filled = raw.filter((part) => text.slice(part.from, part.to).trim() !== '');
  const anyAddress = hasAddress(text, links);
  const stands = (part: Part): boolean => {
    const words = text.slice(part.from, part.to);
    const own = within(part);
    if (part.after === 'line' && anyAddress) {
      const found = addressesIn(words, own);
      return found.some((one) => !one.isArchive) || ibid.test(words);
    }
    return hasSign(words, own) && !isKeptCopy(words, own);
  };
  // A part that cannot stand alone belongs to the one after it, the last ones to the one before.
  const whole: Span[] = [];
  let open: number | null = null;
  for (const part of filled) {
    const start: number = open ?? part.from;
    if (stands(part)) {
      whole.push({ from: start, to: part.to });
      open = null;
    } else if (
      isKeptCopy(text.slice(part.from, part.to), within(part)) &&
      whole.length > 0 &&
      open === null
    )
      (whole.at(-1) as Span).to = part.to;
    else open = start;
  }
  if (open !== null) {
    const last = whole.at(-1);
    if (last) last.to = text.length;
    else whole.push({ from: open, to: text.length });
  }
  return whole.flatMap((part) => betweenAddresses(text, part, within(part)));
}

/** True for a kept copy of a page that is named before: an address of an archive and hardly a word. */
function isKeptCopy(text: string, links: readonly NoteLink[]): boolean {
  const found = addressesIn(text, links);
  if (found.length !== 1 || !found[0]?.isArchive) return false;
  return titleOf(text, found).split(/\s+/u).length <= 4 && !year.test(titleOf(text, found));
}

/** What stands between two addresses that belong together is short. */
const longestBetween = 100;

/** Two addresses with nothing but a comma or “and” between them are two sources. */
function betweenAddresses(text: string, part: Span, links: readonly NoteLink[]): Span[] {
  const found = addressesIn(text.slice(part.from, part.to), links).filter((one) => !one.isArchive);
  const out: Span[] = [];
  let { from } = part;
  found.forEach((one, i) => {
    const next = found[i + 1];
    if (!next) return;
    const words = text.slice(part.from + one.to, part.from + next.from);
    if (
      one.to === one.from ||
      words.length > longestBetween ||
      !/^[\s>)\]]*(?:[,;&]|and|und|see also|sowie)?[\s<([]*$/iu.test(words)
    )
      return;
    out.push({ from, to: part.from + one.to });
    from = part.from + next.from;
  });
  return [...out, { from, to: part.to }];
}

/** So many characters of a note are looked at for its title. */
const mostOfTitle = 2000;

/** The words of a part without its addresses and places. */
function titleOf(text: string, taken: readonly Span[]): string {
  let words = '';
  let at = 0;
  for (const { from, to } of taken.toSorted((a, b) => a.from - b.from)) {
    words += text.slice(at, Math.max(at, from));
    at = Math.max(at, to);
  }
  const rest = text.slice(at);
  if (at === 0 || !/^\.+$/u.test(rest)) words += rest;
  // Of more, nothing would be in the title; the patterns below go over their words again and again.
  words = words.slice(0, mostOfTitle);
  let before = '';
  while (before !== words) {
    before = words;
    words = words
      .replace(
        /[([<]\s*(?:(?:archived|kept|available|accessed)(?: copy)?(?: at| here| on)?:?)?\s*[)\]>]/giu,
        ' ',
      )
      .replace(/\s+/gu, ' ')
      .replace(/\s+(?=[,;:.)\]])/gu, '')
      .replace(/([,;:])[,;:.]+/gu, '$1')
      .replace(/[,;:]+(?=[)\]])/gu, '')
      .replace(/^[\s,;:.)\]>–—-]+|[\s,;:(<[–—-]+$/gu, '');
  }
  return /^\(?(?:see|at|from|in|and|also|vgl\.?|siehe|und|cf\.?)?\.?\)?$/iu.test(words)
    ? ''
    : words;
}

const shortened = (title: string): string =>
  title.length <= longestTitle ? title : `${title.slice(0, longestTitle - 1).trimEnd()}…`;

/** The sources that a note names, in order. A note in which nothing is recognised is one source whose title is its text;
 *  an empty one is none. */
export function namedSources(text: string, links: readonly NoteLink[] = []): NamedSource[] {
  return partsOf(text, links).flatMap(({ from, to }) => {
    const cut = text.slice(from, to);
    const words = cut.trim();
    if (words === '') return [];
    const lead = cut.indexOf(words);
    const own = links
      .filter((one) => one.from >= from && one.to <= to)
      .map((one) => ({ ...one, from: one.from - from - lead, to: one.to - from - lead }));
    return [oneSource(words, own)];
  });
}

function oneSource(text: string, links: readonly NoteLink[]): NamedSource {
  const addresses = addressesIn(text, links);
  const kept = addresses.find(({ isArchive }) => isArchive);
  const main = addresses.find(({ isArchive }) => !isArchive) ?? kept;
  const archive = main && kept && main !== kept ? kept : undefined;
  const places = placesIn(text, addresses);
  const taken = [...(main ? [main] : []), ...(archive ? [archive] : []), ...places];
  const title = titleOf(text, taken);
  const address = main?.address ?? '';
  return {
    text,
    title: shortened(title === '' ? address || text : title),
    address,
    archive: archive?.address ?? '',
    locator: places.map((one) => text.slice(one.from, one.to)).join(', '),
    kind: kindOf(title, main, places),
    same: ibid.test(text),
  };
}

function kindOf(title: string, main: Address | undefined, places: readonly Place[]): SourceKind {
  if (places.some(({ isTime }) => isTime)) return 'recording';
  if (main) return main.kind;
  return person.test(title) ? 'person' : 'document';
}
