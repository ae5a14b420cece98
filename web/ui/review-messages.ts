/** The sentences of the margin at every width: folded cards, pills, the drawer, the sheet. */
import { plural } from '#web/ui/messages.ts';

export const reviewMessages = {
  small: (count: number) =>
    plural(count, { one: '# small correction', other: '# small corrections' }),
  moreOnLine: (count: number) => `+${count} more on this line`,
  moreHere: (count: number) => `+${count} more here`,
  above: (count: number) => `${count} above`,
  below: (count: number) => `${count} below`,
  onLine: (count: number) =>
    plural(count, { one: '# annotation on this line', other: '# annotations on this line' }),
  panel: 'Annotation',
  close: 'Close',
  rail: 'Filters and sections',
  menu: 'Menu',
  article: 'Article',
  find: {
    label: 'Find in the text',
    next: 'Next place',
    previous: 'Previous place',
    close: 'Close the search',
    count: (at: number, total: number) => (total === 0 ? 'Not found' : `${at} of ${total}`),
  },
  palette: {
    label: 'Go to or do',
    placeholder: 'A command, an annotation or an article',
    commands: 'Command',
    annotations: 'Annotation',
    articles: 'Article',
    find: 'Find in the text',
    nothing: 'Nothing has this name.',
    found: (count: number) => plural(count, { one: '# entry', other: '# entries' }),
    help: 'Commands, annotations and articles',
  },
  notice: 'Notice',
  regions: 'Go round bar, rail, text and notes',
  length: 'Length',
  words: (count: number) => plural(count, { one: '# word', other: '# words' }),
  lengthNow: (asEdited: number, asFiled: number) =>
    asEdited === asFiled
      ? reviewMessages.words(asEdited)
      : `${reviewMessages.words(asEdited)} as edited, ${Math.abs(asEdited - asFiled)} ${asEdited > asFiled ? 'more' : 'fewer'} than filed`,
};
