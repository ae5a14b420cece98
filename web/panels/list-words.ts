/** The words of the list of annotations. */
import { plural } from '#web/ui/messages.ts';

export const listWords = {
  title: 'Annotations',
  open: 'List of annotations',
  close: 'Back to the text',
  grid: 'Annotations in the order of the text',
  filters: 'Show',
  count: (count: number) => plural(count, { one: '# annotation', other: '# annotations' }),
  keys: 'Enter goes to the text, F8 to the next',
  more: (count: number) => `Show ${count} more`,
  state: {
    open: 'Open',
    pending: 'Pending',
    detached: 'Needs a place',
    resolved: 'Resolved',
    accepted: 'Accepted',
    stet: 'Stet',
    takenBack: 'Taken back',
  },
  inText: (sentence: string) => `In the text: ${sentence}`,
  gone: (quote: string) => `Was about: ${quote}`,
};
