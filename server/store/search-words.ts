/** What two texts have in common for the library's search: letters without case, accents and the variants of one keyboard, and
 *  the short runs of characters ("grams") that PostgreSQL indexes, whatever its locale or its extensions. */

/** Letters that are one letter to whoever searches, and that Unicode does not decompose. */
const same: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  ς: 'σ',
  // Arabic, Persian, Urdu and Pashto keyboards write the same letter with different characters.
  ى: 'ي',
  ی: 'ي',
  ې: 'ي',
  ۍ: 'ي',
  ے: 'ي',
  ک: 'ك',
  ګ: 'گ',
  ہ: 'ه',
  ھ: 'ه',
  ە: 'ه',
  ة: 'ه',
  ٱ: 'ا',
  ـ: '',
  '‘': "'",
  '’': "'",
  '‚': "'",
  ʼ: "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '‐': '-',
  '‑': '-',
  '–': '-',
  '—': '-',
  '−': '-',
};
const variants = new RegExp(`[${Object.keys(same).join('')}]`, 'gu');
/** Accents and vowel points; the vowel signs of other scripts are letters of their own, and so are the sound marks of kana. */
const accents =
  /(?=\p{M})(?![\u3099\u309a])[\p{Script=Inherited}\p{Script=Arabic}\p{Script=Hebrew}]/gu;
const digits = /[\u0660-\u0669\u06f0-\u06f9]/gu;

/** A text as it is searched. Lines stay lines; everything that only looks different is the same. */
export const fold = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(accents, '')
    .replace(/\p{Cf}/gu, '')
    .toLowerCase()
    .replace(variants, (letter) => same[letter] ?? letter)
    .replace(digits, (digit) => String((digit.codePointAt(0) ?? 0) & 15))
    .replace(/\p{Cc}/gu, '\n')
    .replace(/[^\S\n]+/gu, ' ');

/** What is looked for: every word, and whole phrases that stand in quotation marks. All of them must be there. */
export function searchTerms(words: string): string[] {
  const found = [...fold(words).matchAll(/"([^"]+)"|([^\s"]+)/gu)];
  const terms = found.map(([, phrase, word]) =>
    (phrase ?? word ?? '').replace(/\s+/gu, ' ').trim(),
  );
  return [...new Set(terms.filter((term) => term !== ''))].slice(0, 16);
}

/** Does a folded text hold all the terms? */
export const holds = (folded: string, terms: readonly string[]): boolean =>
  terms.every((term) => folded.includes(term));

/** A run of one to three characters as a whole number of 32 bits; two runs rarely share one, and what is found is looked at again. */
function gramOf(a: number, b: number, c: number): number {
  let hash = Math.imul(a + 1, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 15) ^ (b + 0x85ebca6b), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 13) ^ (c + 0x27d4eb2f), 0x297a2d39);
  return hash ^ (hash >>> 16);
}

const none = 0x110000;

/** All grams of a folded text: each word's characters, pairs and threes. */
export function gramsOf(folded: string): number[] {
  const grams = new Set<number>();
  let before = none;
  let last = none;
  for (const char of folded) {
    const code = char.codePointAt(0) ?? 0;
    if (code === 32 || code === 10) {
      before = none;
      last = none;
      continue;
    }
    grams.add(gramOf(code, none, none));
    if (last !== none) grams.add(gramOf(last, code, none));
    if (before !== none) grams.add(gramOf(before, last, code));
    before = last;
    last = code;
  }
  return [...grams];
}

/** The grams a text must have to hold the terms: the longest there are, since the shorter ones follow from them. */
export function gramsFor(terms: readonly string[]): number[] {
  const grams = new Set<number>();
  for (const word of terms.flatMap((term) => term.split(' '))) {
    const [first = none, second = none, ...rest] = [...word].map(
      (char) => char.codePointAt(0) ?? 0,
    );
    if (first === none) continue;
    if (rest.length === 0) grams.add(gramOf(first, second, none));
    let before = first;
    let last = second;
    for (const code of rest) {
      grams.add(gramOf(before, last, code));
      before = last;
      last = code;
    }
  }
  return [...grams];
}
