// The article that is written in: 2,000 words in 40 paragraphs, the same for every system.

export const headline = 'Counted';
const lexicon = 'turtles nest on warm sand along the coast and nobody counts them twice'.split(' ');

export const paragraphs: readonly string[] = Array.from({ length: 40 }, (_, p) =>
  Array.from({ length: 50 }, (_, w) => lexicon[(p * 5 + w * 3) % lexicon.length] ?? '').join(' '),
);

/** Where the n-th writer of an article stands: spread over its paragraphs and within them. */
export function placeOf(n: number): { paragraph: number; offset: number } {
  const paragraph = (n * 7) % paragraphs.length;
  const length = paragraphs[paragraph]?.length ?? 0;
  const share = ((Math.floor(n / paragraphs.length) % 5) + 1) / 6;
  return { paragraph, offset: Math.floor(length * share) };
}

/** The position of a place in a document of one headline and then paragraphs. */
export function positionOf(
  { paragraph, offset }: { paragraph: number; offset: number },
  title: string = headline,
): number {
  let pos = title.length + 2;
  for (let p = 0; p < paragraph; p++) pos += (paragraphs[p]?.length ?? 0) + 2;
  return pos + 1 + offset;
}
