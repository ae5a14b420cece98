/** Signs of the fonts Symbol and Wingdings, which Word keeps as numbers of the font: what they are in Unicode. */
import type { XmlElement } from '#core/formats/docx/read-xml.ts';

/** The font Symbol from 0x20 to 0x7e and from 0xa0 to 0xff, a sign for each place; a space where there is none. */
const low =
  ' !∀#∃%&∍()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼';
const high =
  '€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ 〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭ ';

const wingdings: Readonly<Record<number, string>> = {
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
  0xa7: '▪',
  0xa8: '◻',
  0xd8: '➢',
  0xdf: '←',
  0xe0: '→',
  0xe1: '↑',
  0xe2: '↓',
  0xe8: '➔',
  0xf0: '⇨',
  0xfb: '✗',
  0xfc: '✓',
  0xfd: '☒',
  0xfe: '☑',
};

/** The sign of `w:sym`; '' for a number that is none. Fonts that are not known give the sign of their number. */
export function symbolOf({ attrs }: XmlElement): string {
  const code = Number.parseInt(attrs['w:char'] ?? '', 16);
  if (Number.isNaN(code) || code <= 0 || code > 0xffff) return '';
  const sign = signIn(attrs['w:font'] ?? '', code);
  if (sign !== null) return sign;
  const place = placeOf(code);
  if (place !== code) return bare[place] ?? String.fromCharCode(code);
  return code >= 0xd800 && code <= 0xdfff ? '' : String.fromCharCode(code);
}

/** Words as their font shows them: in Symbol a "b" is a beta. Other fonts show them as they are. */
export function wordsInFont(words: string, font: string): string {
  if (!isSymbolic(font)) return words;
  return [...words]
    .map((sign) => (/\s/.test(sign) ? sign : (signIn(font, sign.codePointAt(0) ?? 0) ?? sign)))
    .join('');
}

const isSymbolic = (font: string): boolean => /^(?:symbol|wingdings)$/i.test(font);

/** Word writes the places of such fonts with or without 0xf000. */
const placeOf = (code: number): number => (code >= 0xf000 && code <= 0xf0ff ? code - 0xf000 : code);

/** The sign at a place of a symbol font; null for one that is not known, and in any other font. */
function signIn(font: string, code: number): string | null {
  if (!isSymbolic(font)) return null;
  const place = placeOf(code);
  if (font.toLowerCase() !== 'symbol') return wingdings[place] ?? null;
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
