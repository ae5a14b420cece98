/** Small questions about how a line looks: its words, its end, its case. Nothing here knows any one text. */

/** The number of words, counted by spaces. */
export function wordCount(text: string): number {
  return text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

/** The number of a note behind the end of a sentence. */
const noteNumber = /(?<=[.!?”’")])(?:\d{1,2}|\[\d{1,3}\]|[¹²³⁰⁴-⁹]{1,2})$/u;

/** True for text with the end of one sentence and the start of another inside it. */
export function hasSentences(text: string): boolean {
  return /\p{L}{4}["”’)\]]{0,4}[.!?]["”’)\]]{0,4}(?:\d{1,2}|\[\d{1,3}\])?\s+["“‘(]?\p{Lu}/u.test(
    text,
  );
}

/** True if the line ends as a sentence does. Initials at the end ("the U.S.") do not count. */
export function hasEndMark(text: string): boolean {
  const bare = text.replace(noteNumber, '').replace(/["”’')\]»›]{1,6}$/u, '');
  if (/(?:(?<!\p{L})\p{Lu}\.){2,}$/u.test(bare)) return /["”’')\]»›]$/u.test(text);
  return /[.!?…:;,。！？：；।؟۔]$/u.test(bare);
}

/** True if the line ends in a full stop or in a mark that only stands inside or after a sentence. */
export function endsSentence(text: string): boolean {
  return hasEndMark(text) && !/[!?！？؟]["”’')\]»›]{0,6}$/u.test(text);
}

/** True for a line in capitals; a line of fewer than four letters tells nothing. */
export function isCapitals(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.join('') ?? '';
  return (
    letters.length >= 4 && letters === letters.toUpperCase() && letters !== letters.toLowerCase()
  );
}

const months =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|' +
  'januar|februar|märz|mai|juni|juli|oktober|dezember|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre|' +
  'enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre';
const monthDate = new RegExp(`(?<!\\p{L})(?:${months})(?!\\p{L})`, 'iu');

/** True for a line that gives a date and little else ("Updated: 3 August 2017, 10:15"). */
export function isDateLine(text: string): boolean {
  if (wordCount(text) > 8 || !/\d/.test(text)) return false;
  if (/^\p{L}{0,12}:?\s?\d{1,4}[-./]\d{1,2}[-./]\d{1,4}(?:\D|$)/u.test(text)) return true;
  return monthDate.test(text) && /(?<!\d)(?:1[5-9]|20)\d\d(?!\d)/.test(text);
}
