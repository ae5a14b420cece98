/** What the page of a copy that comes back says. */
import type { ReturnChoice, ReturnItem, SinceSent } from '#core/formats/return/return-plan.ts';
import { plural } from '#web/ui/messages.ts';

const counted = (one: string, other: string) => (count: number) =>
  plural(count, { one: `# ${one}`, other: `# ${other}` });

const since: [Exclude<keyof SinceSent, 'rev' | 'head' | 'blocks'>, (count: number) => string][] = [
  ['suggestions', counted('suggestion', 'suggestions')],
  ['decisions', counted('decision', 'decisions')],
  ['comments', counted('comment', 'comments')],
  ['replies', counted('answer', 'answers')],
];

export const returnWords = {
  title: 'Bring back a copy',
  back: 'Back to the article',
  drop: 'Drop the Word file that came back',
  lead: 'A marked copy that Galley sent out, edited in Word or LibreOffice. Nothing is written before you say so.',
  choose: 'Choose the file',
  another: 'Another file',
  reading: (name: string) => `Reading ${name}…`,
  sent: (rev: number, head: number) =>
    rev === head
      ? `Sent out at version ${rev}; nothing was changed here since.`
      : `Sent out at version ${rev}; the article is at version ${head} now.`,
  nothing: 'This file brings nothing that is not here already.',
  hidden: (count: number) =>
    plural(count, {
      one: '# note of the file is for others to see; it is left alone.',
      other: '# notes of the file are for others to see; they are left alone.',
    }),
  sections: {
    conflict: 'Changed here and in the file',
    unplaced: 'Could not be placed',
    suggestion: 'Suggestions',
    decision: 'Decisions',
    comment: 'Comments and answers',
    emptied: 'Footnotes without words',
    told: 'Comments that were changed or taken out',
    known: counted('change is here already', 'changes are here already'),
    since: 'What changed here since',
  },
  leads: {
    conflict: 'Each of these places was changed in both. Choose what to do; nothing is forced.',
    unplaced: 'The words around these are not in the article any more.',
    decision: 'Suggestions that were accepted or rejected in the file.',
    emptied:
      'Their words are not in the file. Some versions of LibreOffice lose them when they save; they stay here unless you say otherwise.',
    told: 'What people said here stays as it is.',
  },
  three: { sent: 'As it was sent', returned: 'As it came back', now: 'As it stands now' },
  empty: 'nothing',
  untracked: 'changed without tracking',
  somebody: 'Author unknown',
  gone: 'Gone from the file:',
  verdicts: {
    accept: 'Accepted in the file',
    reject: 'Rejected in the file',
    partly: 'Accepted in part',
  },
  resolve: 'Marked done:',
  reopen: 'Opened again:',
  look: 'Formatting of',
  choice: (item: Pick<ReturnItem, 'kind' | 'state' | 'verdict'>): Record<ReturnChoice, string> => ({
    bring:
      item.kind === 'decision'
        ? item.verdict === 'accept'
          ? 'Accept here'
          : 'Reject here'
        : item.kind === 'suggestion'
          ? item.state === 'conflict'
            ? 'Suggest what came back'
            : 'Bring in'
          : 'Bring in',
    note:
      item.kind === 'decision' || item.kind === 'edited'
        ? 'Say it in an answer'
        : 'Keep as a comment',
    leave: item.state === 'conflict' ? 'Leave as it stands' : 'Leave out',
  }),
  choiceOf: (what: string) => `What to do: ${what}`,
  whoSees: 'Who sees new comments',
  forDesk: 'The desk',
  forAll: 'Everyone on the article',
  act: (count: number) =>
    count === 0
      ? 'Nothing to bring in'
      : plural(count, { one: 'Bring in # change', other: 'Bring in # changes' }),
  acting: 'Bringing in…',
  done: (count: number) =>
    plural(count, {
      one: '# change was brought in.',
      other: '# changes were brought in.',
    }),
  refused: 'These could not be brought in:',
  open: 'Open the article',
  offer: (headline: string) => `Bring back into “${headline}”`,
  offerLead: (rev: number) =>
    `Galley sent this file out at version ${rev} of an article that is here.`,
  sinceCounts: (one: SinceSent): string =>
    since
      .filter(([name]) => one[name] > 0)
      .map(([name, words]) => words(one[name]))
      .join(' · '),
};
