/** What is said about work that was not on the server: once, when it is back, and what became of it. */

const counted = (count: number, one: string, other: string): string =>
  count === 1 ? one : other.replace('#', String(count));

export const isBack = 'What was not saved when you left is back.';

export const fromOtherTab = 'Work from a window of yours that has gone is saved too.';

export const unplacedFromBefore =
  'What was not saved before could not be placed by itself. Its words are at the head of the article.';

export const differed =
  'This copy was not the same as the server’s and was loaded again. This has been noted there.';

/** After a long time away: how long, what was suggested, and what was not. */
export function lateInWords(minutes: number, suggested: number, refused: number): string {
  const away =
    minutes < 120
      ? `You were offline for ${minutes} minutes.`
      : `You were offline for ${Math.round(minutes / 60)} hours.`;
  const what = counted(suggested, 'one suggestion', '# suggestions');
  const came =
    suggested === 0
      ? ''
      : ` What you wrote in Edit mode came back as ${what}, since others may have gone on meanwhile.`;
  const not =
    refused === 0
      ? ''
      : ` ${counted(refused, 'One change', '# changes')} could not be placed; the words are at the head of the article.`;
  return `${away}${came}${not}`;
}
