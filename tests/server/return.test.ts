// Copies of both articles with their day of review that went out and come back, edited as Word edits them.
import { Transform } from 'prosemirror-transform';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { schema } from '#core/article/schema.ts';
import { track } from '#core/suggest/track.ts';
import { accepted, original } from '#core/suggest/project.ts';
import type { StepJson } from '#core/sync/commit.ts';
import { findWords } from '#server/demo/find-words.ts';
import {
  comment,
  decided,
  done,
  edited,
  footnote,
  paragraphOf,
  picture,
  plainReplace,
  swap,
  trackedBold,
  trackedInsert,
  trackedReplace,
  uncommented,
} from '#tests/formats/return/word-edits.ts';
import { png } from '#tests/formats/assets/pictures.ts';
import { wordFile } from '#tests/formats/docx/word-file.ts';
import { demo, returnHouse, told, type ReturnHouse } from '#tests/server/return-house.ts';

let house: ReturnHouse;
let id: string;
beforeAll(async () => {
  house = await returnHouse();
  id = house.articles[1] ?? '';
});
afterAll(() => house.live.end());

let bytes: Uint8Array;
beforeEach(async () => {
  bytes = await house.send(id);
});

/** A suggestion here, by one of the demo's people, that replaces words. */
const replaceHere = (by: string, words: string, to: string, intent: 'suggest' | 'edit') =>
  house.commit(id, by, ({ doc }) => {
    const places = findWords(doc, words);
    const [from = 0, end = 0] = [places[0], places.at(-1)];
    const typed = new Transform(doc).replaceWith(from, end, to === '' ? [] : schema.text(to));
    if (intent === 'edit') {
      const steps = typed.steps.map((step) => step.toJSON() as StepJson);
      return { intent, steps, ops: [] };
    }
    const key = `here-${words.replace(/\W/g, '')}`;
    const tracked = track(doc, typed, by, { idFor: () => key });
    if ('refused' in tracked) throw new Error('This cannot be suggested.');
    const steps = tracked.steps.map((step) => step.toJSON() as StepJson);
    return {
      intent,
      steps,
      ops: [{ op: 'suggestion.open', id: key, reason: '', category: '' }],
    };
  });

const text = async (): Promise<string> => accepted((await house.head(id)).doc).textContent;

it('[WB1] a copy that comes back as it went out brings nothing', async () => {
  for (const article of house.articles) {
    const before = await house.head(article);
    const file = await house.send(article);
    const preview = await house.look(file);
    expect(preview.items).toEqual([]);
    expect(preview.since).toMatchObject({ rev: before.rev, head: before.rev, blocks: [] });
    expect(await house.bring(file)).toMatchObject({ rev: before.rev, written: 0, refused: [] });
  }
});

it('[WB2] tracked changes come back as suggestions of those who made them, others in the name of who brings them', async () => {
  const before = await house.head(id);
  const back = edited(
    bytes,
    trackedReplace('stated', 'Nadia Word', 'said'),
    trackedInsert('Islamabad', 'Nadia Word', ' itself'),
    plainReplace('allotted', 'granted'),
    trackedBold('Pentagon', 'Nadia Word'),
  );
  const { items } = await house.look(back);
  expect(items.map(told)).toEqual([
    'suggestion | new | Nadia Word | -stated | +said',
    'suggestion | new | Nadia Word | +Pentagon',
    'suggestion | new | Nadia Word | + itself',
    'suggestion | new | — | -allotted | +granted',
  ]);
  expect(await house.bring(back)).toMatchObject({ written: 4, refused: [] });
  const after = await house.head(id);
  expect(original(after.doc).eq(original(before.doc))).toBe(true);
  const words = await text();
  expect(words).toContain('James Mattis said that the Pentagon');
  expect(words).toContain('Islamabad itself had not');
  expect(words).toContain('had granted $900m');
  const made = [...after.suggestions.values()].filter((row) => !before.suggestions.has(row.id));
  const names = made.map(({ by, reason }) => [by === demo.tom, reason !== '']);
  expect(names).toEqual([
    [false, false],
    [false, false],
    [false, false],
    [true, true],
  ]);
  const everybody = await house.live.context.store.people();
  expect(everybody.find((one) => one.id === made[0]?.by)?.name).toBe('Nadia Word');
});

it('[WB3] nothing is doubled when the same file comes a second time', async () => {
  const back = edited(
    bytes,
    trackedInsert('indiscriminate', 'Nadia Word', ' and quick'),
    plainReplace('successful', 'victorious'),
    comment({ on: 'veritable', author: 'Nadia Word', text: 'Where?' }),
  );
  await house.bring(back);
  const once = await house.head(id);
  const { items } = await house.look(back);
  expect(items.map(({ state }) => state)).toEqual(['known', 'known', 'known']);
  expect(await house.bring(back)).toMatchObject({ written: 0, rev: once.rev });
  expect((await house.head(id)).doc.eq(once.doc)).toBe(true);
});

it('[WB4] comments and answers come back to their words and threads, and states with them', async () => {
  const before = await house.head(id);
  const wrong = paragraphOf(bytes, 'Wrong word');
  const back = edited(
    bytes,
    comment({ on: 'reimbursements', author: 'Nadia Word', text: 'Which ones?' }),
    comment({ author: 'Nadia Word', text: 'I agree.', parent: wrong }),
    done(paragraphOf(bytes, 'Very close to a sentence')),
  );
  const preview = await house.look(back);
  expect(preview.items.map(told)).toEqual([
    'comment | new | Nadia Word | +Which ones?',
    'reply | new | Nadia Word | +I agree.',
    expect.stringContaining('resolve | new'),
  ]);
  expect(await house.bring(back)).toMatchObject({ written: 3, refused: [] });
  const { comments, suggestions, anchors } = await house.head(id);
  const fresh = [...comments.values()].find((one) => one.text === 'Which ones?');
  expect(fresh).toMatchObject({ audience: 'desk', status: 'open' });
  expect(anchors.byId.get(fresh?.id ?? '')?.exact).toBe('reimbursements');
  const threads = [...comments.values(), ...suggestions.values()];
  const answered = threads.find(({ replies }) => replies.some((one) => one.text === 'I agree.'));
  expect(JSON.stringify(answered)).toContain('Wrong word');
  const resolved = [...comments.values()].find((one) =>
    one.text.startsWith('Very close to a sentence'),
  );
  expect(resolved?.status).toBe('resolved');
  expect(before.comments.get(resolved?.id ?? '')?.status).toBe('open');
  expect((await house.look(back)).items.every(({ state }) => state === 'known')).toBe(true);
});

it('[WB5] a comment that reads otherwise or is gone in the file is told, and stays as it is here', async () => {
  const said = 'Very close to a sentence';
  const gone = 'Spelled Zarb-e-Azb';
  const back = edited(
    bytes,
    swap(said, 'Much too close to a sentence', 'word/comments.xml'),
    uncommented(paragraphOf(bytes, gone)),
  );
  const { items } = await house.look(back);
  expect(items.map(({ kind, state }) => `${kind} ${state}`)).toContain('edited told');
  const key = items.find(({ kind }) => kind === 'edited')?.key ?? '';
  await house.bring(back, { [key]: 'leave' });
  const { comments, suggestions } = await house.head(id);
  const words = JSON.stringify([...comments.values(), ...suggestions.values()]);
  expect(words).toContain(said);
  expect(words).not.toContain('Much too close');
  expect(words).toContain(gone);
});

it('[WB6] accepted and rejected suggestions come back as decisions, those taken in part are shown', async () => {
  const back = edited(
    bytes,
    decided('heaven', 'w:del', 'accept'),
    decided('haven', 'w:ins', 'accept'),
    decided('Azb', 'w:ins', 'reject'),
    decided('Azab', 'w:del', 'reject'),
  );
  const { items } = await house.look(back);
  expect(items.map(({ kind, verdict, state }) => `${kind} ${verdict} ${state}`)).toEqual([
    'decision accept new',
    'decision reject new',
  ]);
  // The writer may decide nothing: what the file says comes as an answer.
  const asWriter = await house.look(back, demo.maria);
  expect(asWriter.items.map(({ choice }) => choice)).toEqual(['note', 'note']);
  await house.bring(back);
  const { suggestions } = await house.head(id);
  expect(suggestions.get('demo-haven')?.status).toBe('accepted');
  expect(suggestions.get('demo-azb')?.status).toBe('rejected');
  const half = edited(await house.send(id), decided('Fasaad', 'w:ins', 'accept'));
  const partly = await house.look(half).catch((error: unknown) => String(error));
  expect(partly).toMatchObject({ items: [{ verdict: 'partly', state: 'conflict' }] });
});

it('[WB7] what was changed here meanwhile is followed, and a place that was changed in both is shown three times', async () => {
  const back = edited(
    bytes,
    trackedReplace('reluctance', 'Nadia Word', 'unwillingness'),
    trackedInsert('poised', 'Nadia Word', ' then'),
    comment({ on: 'strict policies', author: 'Nadia Word', text: 'Enough of it?' }),
  );
  const names = (await house.look(back)).items.map(told);
  expect(names).toHaveLength(3);
  await replaceHere(demo.tom, 'On July 21', 'In the last week of July', 'edit');
  await replaceHere(demo.ines, 'reluctance', 'refusal', 'suggest');
  const preview = await house.look(back);
  expect(preview.since.blocks.length).toBeGreaterThan(0);
  const conflict = preview.items.find(({ state }) => state === 'conflict');
  expect(conflict).toMatchObject({
    author: 'Nadia Word',
    sent: { words: 'reluctance' },
    returned: { words: 'unwillingness' },
    now: { words: 'refusal' },
    choice: 'note',
  });
  expect(preview.items.filter(({ state }) => state === 'new')).toHaveLength(2);
  expect(await house.bring(back)).toMatchObject({ written: 3, refused: [] });
  const { comments, anchors } = await house.head(id);
  const words = await text();
  expect(words).toContain('In the last week of July');
  expect(words).toContain('poised then');
  expect(words).not.toContain('unwillingness');
  const kept = [...comments.values()].find((one) => one.text.includes('“unwillingness”'));
  expect(kept?.text).toContain('“reluctance”');
  const asked = [...comments.values()].find((one) => one.text === 'Enough of it?');
  expect(anchors.byId.get(asked?.id ?? '')?.exact).toBe('strict policies');
});

it('[WB8] words whose place is gone are listed, and kept as a comment', async () => {
  const doc = (await house.head(id)).doc;
  const last = [...Array(doc.childCount).keys()].findLast(
    (i) => doc.child(i).type.name === 'block' && doc.child(i).textContent.length > 60,
  );
  const paragraph = doc.child(last ?? 0).textContent;
  const word = /[a-z]{7,}/.exec(paragraph.slice(20))?.[0] ?? '';
  const back = edited(bytes, trackedInsert(word, 'Nadia Word', ' and more'));
  const [item] = (await house.look(back)).items;
  expect(item?.state).toBe('new');
  await house.commit(id, demo.tom, (review) => {
    let at = 0;
    review.doc.forEach((node, offset, i) => {
      if (i === last) at = offset;
    });
    const tr = new Transform(review.doc).delete(at, at + review.doc.child(last ?? 0).nodeSize);
    return { intent: 'edit', steps: tr.steps.map((step) => step.toJSON() as StepJson), ops: [] };
  });
  const lost = (await house.look(back)).items.find(({ inserted }) => inserted === ' and more');
  expect(lost).toMatchObject({ state: 'unplaced', choice: 'note' });
  await house.bring(back);
  const { comments } = await house.head(id);
  expect([...comments.values()].some((one) => one.text.includes('“and more”'))).toBe(true);
});

it('[WB9] a file that Galley did not send, of another article, or of a version unknown here is refused with a sentence', async () => {
  const stranger = wordFile({ body: '<w:p><w:r><w:t>Some words.</w:t></w:r></w:p>' });
  expect(await house.refusal(stranger)).toBe('FILE_NOT_SENT');
  expect(await house.refusal(bytes, house.articles[0])).toBe('FILE_OF_ANOTHER');
  const item = 'customXml/item1.xml';
  const elsewhere = edited(bytes, swap(id, '00000000-0000-4000-8000-000000000000', item));
  expect(await house.refusal(elsewhere)).toBe('FILE_OF_ANOTHER');
  const { rev } = await house.head(id);
  const later = edited(bytes, swap(`"rev":${rev}`, `"rev":${rev + 50}`, item));
  expect(await house.refusal(later)).toBe('FILE_REV_UNKNOWN');
});

it('[WB8] a change that cannot be suggested is told, and its words are kept as a comment', async () => {
  const article = house.articles[0] ?? '';
  const file = await house.send(article);
  const back = edited(
    file,
    swap(
      'multi-disciplinary effort',
      'multi-disciplinary effort</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r><w:r><w:t xml:space="preserve"> indeed',
    ),
  );
  const found = await house.look(back);
  expect(found.items.length).toBeGreaterThan(0);
  const { refused } = await house.bring(back);
  expect(refused).toHaveLength(1);
  const { comments } = await house.head(article);
  expect([...comments.values()].some(({ text: words }) => words.includes('[note]'))).toBe(true);
});

it('[WB14] new footnotes of a file are suggestions with their references, in the name of who made them', async () => {
  const article = house.articles[0] ?? '';
  const before = await house.head(article);
  const back = edited(
    await house.send(article),
    footnote('multi-disciplinary effort', 'A study of all of them.', 'Nadia Word'),
    footnote('realistic', 'As the file says.'),
  );
  const items = (await house.look(back)).items.filter(({ inserted }) => inserted !== '');
  expect(items.map(told).toSorted()).toEqual([
    'suggestion | new | Nadia Word | +[note: A study of all of them.]',
    'suggestion | new | — | +[note: As the file says.]',
  ]);
  expect(await house.bring(back)).toMatchObject({ written: 2, refused: [] });
  const after = await house.head(article);
  expect(original(after.doc).eq(original(before.doc))).toBe(true);
  const notes: string[] = [];
  after.doc.forEach((node) => {
    if (node.type.name === 'footnote') notes.push(node.textContent);
  });
  expect(notes).toEqual(expect.arrayContaining(['A study of all of them.', 'As the file says.']));
  expect((await house.look(back)).items.every(({ state }) => state === 'known')).toBe(true);
});

it('[WB15] a picture that is new in the file is a suggestion, and its bytes are kept with the article', async () => {
  const article = house.articles[0] ?? '';
  const before = await house.head(article);
  const bytes = png(3, 2);
  const back = edited(
    await house.send(article),
    picture('multi-disciplinary effort', bytes, 'A chart of it', 'Nadia Word'),
  );
  const items = (await house.look(back)).items.filter(({ state }) => state !== 'known');
  expect(items.map(({ state, inserted }) => [state, inserted.trim()])).toEqual([
    ['new', '[picture: A chart of it]'],
  ]);
  expect((await house.live.context.assets.held(article)).pictures).toBe(0);
  expect(await house.bring(back)).toMatchObject({ written: 1, refused: [] });
  const after = await house.head(article);
  expect(original(after.doc).eq(original(before.doc))).toBe(true);
  const shown = accepted(after.doc).content.content.find(({ type }) => type.name === 'figure');
  const [, hash = ''] = /^asset:([0-9a-f]{64})\/3x2$/.exec(String(shown?.attrs['src'])) ?? [];
  const kept = await house.live.context.assets.of(article, [hash]);
  expect(Buffer.from(kept.get(hash)?.bytes ?? []).equals(bytes)).toBe(true);
  expect((await house.look(back)).items.every(({ state }) => state === 'known')).toBe(true);
  // A copy that goes out now holds it.
  const sent = await house.send(article);
  expect((await house.look(sent)).items).toEqual([]);
});
