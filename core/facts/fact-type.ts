/** A first guess at the type of a statement, which the person may change. */
import type { ClaimType } from '#core/annotate/annotation.ts';

const months =
  /\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b/iu;

const guesses: readonly (readonly [ClaimType, RegExp])[] = [
  ['quote', /[“”"]|(?:^|\s)‘[^’]+’(?:\s|$)/u],
  ['money', /[$€£¥₨]\s?\d|\b(?:USD|EUR|GBP|Rs\.?)\s?\d|\d\s?(?:dollars|euros|pounds|rupees)\b/iu],
  ['date', /\b(?:19|20)\d{2}\b/u],
  ['number', /\d/u],
  ['attribution', /\b(?:said|says|stated|claims?|according to|announced|told)\b/iu],
  ['causal', /\b(?:because|caused?|led to|due to|result of)\b/iu],
  ['comparison', /\b(?:most|least|largest|biggest|first|only|more than|less than)\b/iu],
  ['name', /^(?:\p{Lu}[\p{L}’'-]*\s?)+$/u],
];

/** The first type whose sign the words show; a description when they show none. */
export function guessFactType(words: string): ClaimType {
  const text = words.trim();
  if (months.test(text) && /\d/u.test(text)) return 'date';
  return guesses.find(([, sign]) => sign.test(text))?.[0] ?? 'description';
}
