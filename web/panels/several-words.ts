/** The words for deciding many suggestions at once. */
import { plural } from '#web/ui/messages.ts';

const number = (count: number): string =>
  plural(count, { one: '# suggestion', other: '# suggestions' });

export const severalWords = {
  open: 'Decide several…',
  title: 'Decide several',
  all: 'All suggestions',
  inSelection: 'In the selection',
  by: (name: string) => `By ${name}`,
  accept: 'Accept',
  stet: 'Stet',
  back: 'Back',
  giveWay: (count: number) =>
    plural(count, {
      one: 'Another suggestion for the same words is refused with it:',
      other: '# other suggestions for the same words are refused with it:',
    }),
  instead: (name: string, text: string) => `Accepted instead: “${text.trim()}”, ${name}`,
  undoable: 'It is one decision: it can be taken back as one.',
  sure: (verdict: 'accept' | 'stet', count: number) =>
    verdict === 'accept'
      ? `Accept ${number(count)}?`
      : `Let the text stand against ${number(count)}?`,
  act: (verdict: 'accept' | 'stet', count: number) =>
    verdict === 'accept' ? `Accept ${count}` : `Stet ${count}`,
};
