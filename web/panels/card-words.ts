/** The words of cards that hold several suggestions, and of the lines that stand for folded cards. */
import { plural } from '#web/ui/messages.ts';

const changes = (count: number): string => plural(count, { one: '# change', other: '# changes' });

export const cardWords = {
  alternatives: (count: number) => plural(count, { one: '# alternative', other: '# alternatives' }),
  insteadOf: (words: string) => `instead of “${words}”`,
  alternative: (at: number, count: number) => `Alternative ${at} of ${count}`,
  oneOf: (whole: string) => `One of ${whole}`,
  acceptThis: 'Accept this',
  stetThis: 'Refuse only this one',
  keep: 'Keep as is',
  recast: (count: number) => `${changes(count)} in this sentence`,
  silent: (count: number) =>
    plural(count, { one: '# silent correction', other: '# silent corrections' }),
  silentHint: 'Only spaces, quotation marks and dashes.',
  acceptAll: (count: number) => `Accept ${changes(count)}`,
  oneByOne: 'Decide one by one',
  together: 'Back on one card',
  list: 'List them',
  unlist: 'Hide the list',
} as const;
