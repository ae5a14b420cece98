// Both articles with their day of review go out to Word, are edited in LibreOffice and come back.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { original } from '#core/suggest/project.ts';
import {
  editedByLibreOffice,
  noLibreOffice,
  type LibreEdit,
} from '#tests/formats/return/libre-office.ts';
import { edited, withoutComments } from '#tests/formats/return/word-edits.ts';
import { open, returnHouse, told, type ReturnHouse } from '#tests/server/return-house.ts';

const why = noLibreOffice();
const test = why === '' ? it : it.skip;
const name = (words: string): string => (why === '' ? words : `${words} (skipped: ${why})`);

let house: ReturnHouse;
beforeAll(async () => {
  house = await returnHouse();
});
afterAll(() => house.live.end());

/** LibreOffice before 7.5 drops the words of footnotes from a file with comments; they are told, and stay. */
const footnotes = /^suggestion \| told \| — \| -(?:Lt\. General|Mohammed|Ibid)/;
const done = (rows: string[]): string[] => rows.filter((row) => !footnotes.test(row));

test(
  name('[WB11] LibreOffice that only opens and saves a copy changes nothing'),
  { timeout: 240_000 },
  async () => {
    for (const id of house.articles) {
      const { content } = editedByLibreOffice(await house.send(id), []);
      expect(done(open(await house.look(content)).map(told))).toEqual([]);
    }
  },
);

test(
  name('[WB11][WB6] what LibreOffice accepted or rejected, all of it, comes back as decisions'),
  { timeout: 400_000 },
  async () => {
    for (const id of house.articles)
      for (const verdict of ['accept', 'reject'] as const) {
        // Without a screen it has no window for a file with comments.
        const file = edited(await house.send(id), withoutComments);
        const { content } = editedByLibreOffice(file, [{ do: 'decide-all', verdict }], true);
        const { items } = await house.look(content);
        const { suggestions } = await house.head(id);
        const pending = [...suggestions.values()].filter(({ status }) => status === 'pending');
        const found = items.filter(({ kind }) => kind === 'decision');
        expect(found.map((one) => `${one.verdict} ${one.state}`)).toEqual(
          pending.map(() => `${verdict} new`),
        );
        expect(done(items.filter(({ kind }) => kind === 'suggestion').map(told))).toEqual([]);
        expect(pending.length).toBeGreaterThan(2);
      }
  },
);

const journeys: { edits: LibreEdit[]; told: string[] }[] = [
  {
    edits: [
      { do: 'replace', words: 'biggest', to: 'greatest', tracked: true },
      { do: 'replace', words: 'clear and realistic', to: 'sober', tracked: false },
      { do: 'comment', words: 'flexible deadlines', author: 'Libby Office', text: 'How flexible?' },
    ],
    told: [
      'suggestion | new | Unknown Author | -biggest | +greatest',
      'suggestion | new | — | -clear and realistic | +sober',
      'comment | new | Libby Office | +How flexible?',
    ],
  },
  {
    edits: [
      { do: 'replace', words: 'stated', to: 'said', tracked: true },
      { do: 'replace', words: 'vexed', to: 'annoyed', tracked: false },
      { do: 'comment', words: 'strict policies', author: 'Libby Office', text: 'Which of them?' },
      {
        do: 'comment',
        words: 'media reports have confirmed',
        author: 'Libby Office',
        text: 'Three of them.',
      },
      { do: 'resolve', of: 'Very close to a sentence' },
      { do: 'drop', words: 'harden ' },
      { do: 'drop', words: 'Zarb-e-Azab' },
    ],
    told: [
      'suggestion | new | Unknown Author | -stated | +said',
      'suggestion | new | — | -vexed | +annoyed',
      'decision | new | — | accept | -harden ',
      'comment | new | Libby Office | +Which of them?',
      'reply | new | Libby Office | +Three of them.',
    ],
  },
];

test(
  name(
    '[WB11] both articles went out with their review, were edited in LibreOffice, and came back',
  ),
  { timeout: 240_000 },
  async () => {
    for (const [i, id] of house.articles.entries()) {
      const journey = journeys[i];
      if (!journey) throw new Error('There are two articles.');
      const before = await house.head(id);
      const { content } = editedByLibreOffice(await house.send(id), journey.edits);
      const rows = done((await house.look(content)).items.map(told));
      expect(rows).toEqual(expect.arrayContaining(journey.told));
      const { refused } = await house.bring(content);
      expect(refused).toEqual([]);
      const after = await house.head(id);
      expect(after.rev).toBeGreaterThan(before.rev);
      // Accepted strikings apart, the text as filed is what it was.
      const filed = original(after.doc).textContent.replace(/\s+/gu, '');
      const was = original(before.doc).textContent.replace(/\s+/gu, '');
      expect(was.length - filed.length).toBeLessThan(30);
      const again = (await house.look(content)).items.map(told);
      expect(done(again).filter((row) => !row.includes('| known |'))).toEqual([]);
    }
  },
);
