/** The words of the page "Nothing lost". */
import { plural } from '#web/ui/messages.ts';

export const nothingLostWords = {
  title: 'Nothing lost',
  lead: 'Every note that was ever put on this article and that you may see, and where it is now.',
  where: 'Where it is',
  kinds: { comment: 'Comments', fact: 'Facts', suggestion: 'Suggestions' },
  rows: {
    in: 'Came in',
    open: 'Open',
    settled: 'Resolved or decided',
    deleted: 'Deleted',
    detached: 'of these, without a place',
  },
  adds: 'Every one that came in is accounted for.',
  differs: (count: number) =>
    plural(count, { one: '# is not accounted for.', other: '# are not accounted for.' }),
  deletedHeading: 'Deleted, and by whom',
  nothingDeleted: 'Nothing was deleted.',
  deletedBy: (what: string, name: string, when: string) => `${what}, deleted by ${name}, ${when}`,
  comment: 'Comment',
  fact: 'Fact',
  deviceHeading: 'On this device only',
  unsent: (count: number) =>
    plural(count, {
      one: '# change not on the server yet',
      other: '# changes not on the server yet',
    }),
  allSent: 'Every change is on the server.',
  elsewhere: (count: number) =>
    plural(count, {
      one: '# of them in another window, or left by one that closed',
      other: '# of them in other windows, or left by some that closed',
    }),
  unplaced: (count: number) =>
    plural(count, {
      one: '# piece of text could not be placed; it is at the head of the article',
      other: '# pieces of text could not be placed; they are at the head of the article',
    }),
  halfWritten: (count: number) =>
    plural(count, { one: '# thing half written', other: '# things half written' }),
  unfinished: {
    comment: 'Comment',
    fact: 'Fact',
    suggestion: 'Suggestion',
    reply: 'Reply',
    edit: 'New words for your own note',
    cite: 'Source',
    verdict: 'Verdict',
    'hand-over': 'Note of a hand-over',
  },
  on: (words: string) => ` on “${words}”`,
  putAway: 'Put away',
  auditHeading: 'Compared with the server',
  never: 'Not yet compared since this page was opened.',
  agrees: (when: string, rev: number) => `The same at ${when}, at change ${rev}.`,
  differed: (when: string, rev: number) =>
    `Different at ${when}, at change ${rev}. The article was loaded again, and the server has a note of it.`,
  compare: 'Compare now',
  cannotCompare: 'This can be compared once everything is saved and the server answers.',
  close: 'Close',
};
