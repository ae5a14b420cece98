/** Words about what is safe where: the page "Nothing lost", the device that refuses, and reading without the server. */
import { plural } from '#web/ui/messages.ts';

export const safetyWords = {
  open: 'Nothing lost',
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
    plural(count, { one: '# note half written', other: '# notes half written' }),
  auditHeading: 'Compared with the server',
  never: 'Not yet compared since this page was opened.',
  agrees: (when: string, rev: number) => `The same at ${when}, at change ${rev}.`,
  differed: (when: string, rev: number) =>
    `Different at ${when}, at change ${rev}. The article was loaded again, and the server has a note of it.`,
  compare: 'Compare now',
  cannotCompare: 'This can be compared once everything is saved and the server answers.',
  close: 'Close',

  full: 'The storage of this browser is full, so Galley can keep nothing on this device.',
  refused:
    'This browser does not let Galley keep anything on this device (a private window, perhaps, or its settings).',
  onlyHere: 'What is not saved yet is in this window only: leave it open until it says “Saved”.',
  understood: 'Understood',

  missingTitle: 'This article is not on this device',
  missing: 'Galley cannot be reached just now. The article opens as soon as it can.',
  libraryOffline:
    'Galley cannot be reached. These are the articles on this device; what you write in them is sent later.',
  unsentStays:
    'What you wrote and was not saved yet stays on this device for you. Sign in again to send it.',
};
