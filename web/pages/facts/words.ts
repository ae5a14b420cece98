/** What the pages of facts say. */
import type { FactGroup, FactSort } from '#core/facts/fact-filter.ts';
import { plural } from '#web/ui/messages.ts';

export const groupWords: Record<FactGroup, string> = {
  Open: 'Open',
  Queried: 'Queried',
  Wrong: 'Wrong',
  Confirmed: 'Confirmed',
  Closed: 'Closed',
  're-check': 'To re-check',
};

export const sortWords: Record<FactSort, string> = {
  text: 'Order of the text',
  state: 'State',
  checker: 'Checker',
  newest: 'Newest',
};

export const deskWords = {
  title: 'Facts',
  loading: 'Opening the facts…',
  backToArticle: 'Back to the article',
  backToLibrary: 'Back to the library',
  download: 'Download as CSV',
  allFacts: 'Facts of all articles',
  filters: 'Filter the facts',
  state: 'State',
  type: 'Type',
  sort: 'Sort by',
  mine: 'Mine',
  any: 'All',
  article: 'Article',
  clear: 'Show all facts',
  search: 'Search the facts',
  table: 'Facts',
  fact: 'Fact',
  sources: 'Sources',
  checker: 'Checker',
  place: 'Place',
  nobody: 'Nobody yet',
  noSources: 'None',
  shown: (shown: number, all: number) =>
    shown === all ? '' : `${shown} of ${plural(all, { one: '# fact', other: '# facts' })} shown`,
  count: (count: number) => plural(count, { one: '# fact', other: '# facts' }),
  none: 'No facts are marked in this article. Select words in the text and choose “Mark a fact”.',
  noneAnywhere: 'No facts are marked in any article you can open.',
  nothing: 'No fact fits this filter.',
  more: 'Show more',
  moreToCome: 'There are more articles to look through.',
  inText: (place: string) => (/^\d+$/.test(place) ? `¶ ${place}` : place),
  goToText: (place: string) =>
    /^\d+$/.test(place) ? `Show in the text, paragraph ${place}` : `Show in the text: ${place}`,
  gone: 'Needs a place',
  close: 'Close',
  panel: 'The fact',
  thread: 'Thread',
  markedBy: (name: string) => `Marked by ${name}`,
  removed: 'This fact was deleted.',
} as const;
