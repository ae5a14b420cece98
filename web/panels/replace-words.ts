/** The words for replacing what was found. */
import { plural } from '#web/ui/messages.ts';

const places = (count: number): string => plural(count, { one: '# place', other: '# places' });

export const replaceWords = {
  open: 'Replace',
  field: 'Replace with',
  exact: 'Match case',
  exactHint: 'Match case, accents and quotation marks',
  whole: 'Whole words',
  one: 'Replace',
  all: (count: number) => `Replace all (${count})`,
  palette: 'Find and replace',
  kept: (count: number) =>
    plural(count, {
      one: '# place stays as it is: an editor has kept its words.',
      other: '# places stay as they are: an editor has kept their words.',
    }),
  done: (left: number) => `Replaced 1. ${left === 0 ? 'None is left.' : `${left} left.`}`,
  reading: 'Read mode does not change the text. Switch to Suggest to replace words.',
  sure: (words: string, by: string, count: number) =>
    by === ''
      ? `Delete “${words}” in ${places(count)}?`
      : `Replace “${words}” with “${by}” in ${places(count)}?`,
  each: 'Each place becomes a suggestion of its own.',
  atOnce: 'The text is changed at once. It can be undone.',
  back: 'Back',
};
