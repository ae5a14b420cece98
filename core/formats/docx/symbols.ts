/** Signs of the fonts Symbol and Wingdings, which Word keeps as numbers of the font: what they are in Unicode. */
import type { XmlElement } from '#core/formats/docx/read-xml.ts';

/** The font Symbol from 0x20 to 0x7e and from 0xa0 to 0xff, a sign for each place; a space where there is none. */
const low =
  ' !∀#∃%&∍()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼';
const high =
  '€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ 〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭ ';

type Signs = Readonly<Record<number, string>>;

const wingdings: Signs = {
  0x21: '✏',
  0x22: '✂',
  0x28: '☎',
  0x2a: '✉',
  0x45: '☜',
  0x46: '☞',
  0x47: '☝',
  0x48: '☟',
  0x4a: '☺',
  0x4c: '☹',
  0x6c: '●',
  0x6e: '■',
  0x6f: '□',
  0x71: '❑',
  0x73: '⬧',
  0x75: '◆',
  0x76: '❖',
  0x9f: '•',
  0xa1: '○',
  0xa7: '▪',
  0xa8: '◻',
  0xab: '★',
  0xd8: '➢',
  0xdf: '←',
  0xe0: '→',
  0xe1: '↑',
  0xe2: '↓',
  0xe3: '↖',
  0xe4: '↗',
  0xe5: '↙',
  0xe6: '↘',
  0xe7: '←',
  0xe8: '➔',
  0xe9: '↑',
  0xea: '↓',
  0xef: '⇦',
  0xf0: '⇨',
  0xf1: '⇧',
  0xf2: '⇩',
  0xfb: '✗',
  0xfc: '✓',
  0xfd: '☒',
  0xfe: '☑',
  // ① to ⑩ and ❶ to ❿.
  ...row(0x81, 0x2460, 10),
  ...row(0x8c, 0x2776, 10),
};

const wingdings2: Signs = {
  0x4f: '✗',
  0x50: '✓',
  0x51: '☒',
  0x52: '☑',
  0x53: '☒',
  0x54: '☒',
  0xa3: '☐',
};

const webdings: Signs = { 0x61: '✔', 0x63: '☐', 0x67: '■', 0x6e: '●', 0x72: '✖' };

function row(place: number, sign: number, count: number): Signs {
  const signs: Record<number, string> = {};
  for (let i = 0; i < count; i += 1) signs[place + i] = String.fromCharCode(sign + i);
  return signs;
}

/** Fonts of signs, by their names in small letters. */
const fonts: ReadonlyMap<string, Signs> = new Map([
  ['wingdings', wingdings],
  ['wingdings 2', wingdings2],
  ['webdings', webdings],
]);

/** The sign of `w:sym`; '' for a number that is none. Fonts that are not known give the sign of their number. */
export function symbolOf({ attrs }: XmlElement): string {
  const code = Number.parseInt(attrs['w:char'] ?? '', 16);
  if (Number.isNaN(code) || code <= 0 || code > 0xffff) return '';
  const sign = signIn(attrs['w:font'] ?? '', code);
  if (sign !== null) return sign;
  const place = placeOf(code);
  if (place !== code && !isSymbolic(attrs['w:font'] ?? ''))
    return bare[place] ?? String.fromCharCode(code);
  return code >= 0xd800 && code <= 0xdfff ? '' : String.fromCharCode(code);
}

/** Words as their font shows them: in Symbol a "b" is a beta. Other fonts show them as they are. */
export function wordsInFont(words: string, font: string): string {
  if (!isSymbolic(font)) return words;
  return [...words]
    .map((sign) => (/\s/.test(sign) ? sign : (signIn(font, sign.codePointAt(0) ?? 0) ?? sign)))
    .join('');
}

const isSymbolic = (font: string): boolean =>
  font.toLowerCase() === 'symbol' || fonts.has(font.toLowerCase());

/** Word writes the places of such fonts with or without 0xf000. */
const placeOf = (code: number): number => (code >= 0xf000 && code <= 0xf0ff ? code - 0xf000 : code);

/** The sign at a place of a symbol font; null for one that is not known, and in any other font. */
function signIn(font: string, code: number): string | null {
  if (!isSymbolic(font)) return null;
  const place = placeOf(code);
  const signs = fonts.get(font.toLowerCase());
  if (signs) return signs[place] ?? null;
  if (place === 0x20) return ' ';
  if (place < 0x20 || place > 0xff) return null;
  const sign = place < 0x80 ? low[place - 0x20] : high[place - 0xa0];
  return sign === undefined || sign === ' ' ? null : sign;
}

/** Common signs where the file does not say of which font they are. */
const bare: Readonly<Record<number, string>> = {
  0xb7: '•',
  0xa7: '▪',
  0xe0: '→',
  0xdf: '←',
  0x6f: 'o',
};
