/** What the screens say about the desk: stages, hand-overs, deadlines, what is new. */
import type { Stage } from '#core/sync/stage.ts';
import { plural } from '#web/ui/messages.ts';

export const stageWords: Record<Stage, string> = {
  draft: 'Draft',
  desk: 'On the desk',
  'with-writer': 'With the writer',
  checking: 'Being checked',
  legal: 'With legal',
  cleared: 'Cleared',
  published: 'Published',
  corrected: 'Corrected',
  held: 'Held',
  killed: 'Killed',
};

export const deskWords = {
  handOver: 'Hand over…',
  title: 'Hand over',
  lead: 'The article goes on to another stage. What each person may do follows from it.',
  stage: 'Stage',
  to: 'To',
  nobody: 'Whoever takes it',
  due: 'Due',
  note: 'What is asked',
  submit: 'Hand over',
  busy: 'Handing over…',
  cancel: 'Cancel',
  done: (stage: string) => `Handed over: ${stage.toLowerCase()}.`,
  search: 'Search headline, text and notes',
  nothing: (words: string) => `No article holds “${words}”.`,
  nothingLikeThat: 'No article fits these filters.',
  filters: 'Filters',
  anyStage: 'Any stage',
  mine: 'For me',
  all: 'Show all articles',
  more: 'Show more',
  shown: (count: number, isAll: boolean) =>
    isAll
      ? plural(count, { one: '# article', other: '# articles' })
      : plural(count, { one: 'The first article', other: 'The first # articles' }),
  stageColumn: 'Stage',
  dueAt: (time: string) => `due ${time}`,
  forYou: 'for you',
  unread: (count: number) => plural(count, { one: '# new change', other: '# new changes' }),
  sinceRead: 'since you last read it',
  pinned: (time: string) =>
    `You see this article as it was handed over on ${time}. What came later is not shown.`,
};
