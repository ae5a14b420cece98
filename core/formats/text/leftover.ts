/** Lines that a web page leaves behind when its text is copied: counters, share links, hidden addresses, image credits. */
import { hasEndMark, wordCount } from '#core/formats/text/shape.ts';

const networks =
  '(?:facebook|twitter|x|whatsapp|linkedin|reddit|pinterest|telegram|instagram|tumblr|email|e-mail|mail|print|google\\+?|pocket|copy link|messenger|threads|bluesky|mastodon)';

const leftovers: RegExp[] = [
  /^(?:read|viewed|seen|shared)[: ]+[\d.,]+[km]? times?\.?$/i,
  /^[\d.,]+[km]? (?:views?|shares?|reads?|comments?|likes?|min(?:ute)?s? read)\.?$/i,
  /^(?:views?|hits|shares?|comments?|likes?|page views)\s?[:(]\s?[\d.,]+[km]?\)?$/i,
  /^(?:reading time|estimated reading time)\b.{0,30}$/i,
  /^(?:no|leave a|add a|post a|write a) (?:comments?|reply)(?: yet)?\.?$/i,
  /^(?:please )?share (?:this|on|via|it|the)(?: (?:article|post|story|page|facebook|twitter|whatsapp|linkedin|with your friends))*[:.!]?$/i,
  /^(?:share|tweet|print|save|bookmark|email|like|pin|send)(?: this)?(?: (?:article|post|story|page|link))?:?$/i,
  /^(?:print|e-?mail|save|download|pdf) (?:this )?(?:article|post|story|page|version)$/i,
  new RegExp(
    `^(?:share|tweet|like|save|${networks})(?:\\s*[|/,·•&]?\\s*(?:share|tweet|like|save|and|on|${networks}))+:?$`,
    'i',
  ),
  /^(?:like|loading|advertisement|advertising|sponsored|related|anzeige|publicité|publicidad)(?: this|\.\.\.|…)?:?$/i,
  /^(?:related|recommended|more|popular|latest|trending) (?:articles?|posts?|stories|reads?|reading|news)(?: .{0,20})?:?$/i,
  /^(?:click here|tap here)(?: (?:to|for)\b.{0,80})?[.:]?$/i,
  /^(?:subscribe|sign up)(?: (?:to|for|now|here|today)\b.{0,100})?[.!]?$/i,
  /^follow (?:us|me|@\w+|the \w+)(?: on\b.{0,60})?[.:!]?$/i,
  /^(?:continue reading|read more|read also|also read|see also|you may also like)(?: ?[:»→>].{0,120})?[.…]*$/i,
  /^(?:teilen|drucken|artikel (?:teilen|drucken)|partager|imprimer|compartir|imprimir|condividi|stampa)(?: (?:sur|auf|en|su) \w+)?:?$/i,
  /^(?:©|copyright\b|\(c\) ).{0,120}$/i,
  /^all rights reserved\.?$/i,
];

const hiddenAddress =
  /\[e-?mail[ ]protected\]|(?<![\w.+-])[\w.+-]{1,64}\s?[[(]\s?at\s?[\])]\s?[\w.-]{1,64}(?:\s?[[(]\s?dot\s?[\])]\s?\w{1,64}){0,4}/i;

const creditLabel =
  /^(?:(?:featured|lead|cover|header|main|top|banner)\s)?(?:image|photo(?:graph)?|picture|illustration)s?\s(?:source|credits?|courtesy)\s?:\s?(.{1,160})$/iu;
const creditBy =
  /^(?:[Ii]mage|[Pp]hoto(?:graph)?|[Pp]icture|[Ii]llustration)s?\s(?:by|courtesy of)\s?:?\s(\p{Lu}.{0,80})$/u;

/** True for a line that a page left behind and no author wrote. */
export function isWebLeftover(text: string): boolean {
  return text.length <= 160 && leftovers.some((pattern) => pattern.test(text));
}

/** True if the line only offers an e-mail address that the page hides. */
export function isHiddenAddressLine(text: string): boolean {
  if (text.length > 200) return false;
  const match = hiddenAddress.exec(text);
  return match !== null && wordCount(text.replace(match[0], '')) <= (hasEndMark(text) ? 2 : 5);
}

/** The hidden addresses inside a sentence; they stay in the text. */
export function hiddenAddressesIn(text: string): string[] {
  return [...text.matchAll(new RegExp(hiddenAddress.source, 'gi'))].map((match) => match[0]);
}

/** The name an image credit gives ("Featured Image Source: X" gives "X"), or null for any other line. */
export function creditOf(text: string): string | null {
  if (text.length > 220) return null;
  const named = creditLabel.exec(text)?.[1];
  const by = hasEndMark(text) ? undefined : creditBy.exec(text)?.[1];
  const name = (named ?? by)?.trim();
  if (name === undefined || wordCount(name) > 12 || wordCount(name) === 0) return null;
  return name;
}
