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
  undoable: 'It is one decision: it can be taken back as one.',
  sure: (verdict: 'accept' | 'stet', count: number) =>
    verdict === 'accept'
      ? `Accept ${number(count)}?`
      : `Let the text stand against ${number(count)}?`,
  act: (verdict: 'accept' | 'stet', count: number) =>
    verdict === 'accept' ? `Accept ${count}` : `Stet ${count}`,
};
