/** Finding words in a text: loosely (case, accents and the form of quotation marks aside) or letter by letter. */

/** `exact`: letters, accents and quotation marks as they are written. `whole`: not inside a longer word. */
export interface How {
  exact: boolean;
  whole: boolean;
}

/** What a plain search does. */
export const loosely: How = { exact: false, whole: false };

export interface Stretch {
  from: number;
  to: number;
}

/** More places than this are no help to anybody. */
const most = 2000;

/** Marks over and under letters, of the Latin, Greek, Cyrillic and Arabic scripts. In other scripts a mark is a letter. */
const accents = /[\u0300-\u036f\u064b-\u065f\u0670]/gu;

const alike: Readonly<Record<string, string>> = {
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
};
const blank = (letter: string): string => (letter === '\u00a0' ? ' ' : letter);
const bare = (letter: string): string => {
  const plain = letter.normalize('NFD').replace(accents, '').toLowerCase();
  return blank(alike[plain] ?? plain);
};

/** A text reduced to what is compared, and for each unit of it the letters it stands for. */
interface Folded {
  text: string;
  units: Stretch[];
}

function folded(text: string, { exact }: How): Folded {
  let out = '';
  const units: Stretch[] = [];
  let at = 0;
  for (const letter of text) {
    const to = at + letter.length;
    const plain = exact ? blank(letter) : bare(letter);
    const last = units.at(-1);
    // An accent of its own belongs to the letter before it.
    if (plain === '' && last) last.to = to;
    for (let i = 0; i < plain.length; i++) units.push({ from: at, to });
    out += plain;
    at = to;
  }
  return { text: out, units };
}

const letterBefore = (text: string, at: number): string => {
  const low = text.charCodeAt(at - 1);
  const pair = low >= 0xdc00 && low <= 0xdfff;
  return text.slice(Math.max(0, at - (pair ? 2 : 1)), at);
};
const letterAt = (text: string, at: number): string => {
  const code = text.codePointAt(at);
  return code === undefined ? '' : String.fromCodePoint(code);
};
const inWord = (letter: string): boolean => /^[\p{L}\p{N}\p{M}_]$/u.test(letter);

/** True when `from`..`to` does not begin or end inside a word. */
function standsAlone(text: string, { from, to }: Stretch): boolean {
  const cutsBefore = inWord(letterBefore(text, from)) && inWord(letterAt(text, from));
  const cutsAfter = inWord(letterBefore(text, to)) && inWord(letterAt(text, to));
  return !cutsBefore && !cutsAfter;
}

/** Every place of `words` in `text`, from the first on, none over another. */
export function matchesIn(text: string, words: string, how: How = loosely): Stretch[] {
  const wanted = folded(words, how).text;
  // One blank may be looked for letter by letter; loosely it would be found everywhere while one is still typing.
  if (wanted === '' || (wanted.trim() === '' && !how.exact)) return [];
  const { text: within, units } = folded(text, how);
  const found: Stretch[] = [];
  let next = 0;
  for (let at = within.indexOf(wanted); at >= 0; at = within.indexOf(wanted, next)) {
    next = at + 1;
    const [first, last] = [units[at], units[at + wanted.length - 1]];
    if (!first || !last) break;
    // A letter that stands for several units is found whole or not at all.
    if (units[at - 1]?.from === first.from || units[at + wanted.length]?.from === last.from)
      continue;
    const place = { from: first.from, to: last.to };
    if (how.exact && /^\p{M}$/u.test(letterAt(text, place.to))) continue;
    if (how.whole && !standsAlone(text, place)) continue;
    found.push(place);
    if (found.length >= most) break;
    next = at + wanted.length;
  }
  return found;
}
