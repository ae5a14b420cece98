/** Operations on notes: what each does, and what the parser lets through. */
import { describe, expect, it } from 'vitest';
import { fc } from '#tests/support/properties.ts';
import * as z from 'zod/mini';
import { askedOpShape, type AskedOp } from '#core/annotate/op.ts';
import { likeness, placesFor } from '#core/annotate/places.ts';
import type { Review } from '#core/sync/review.ts';
import { reviewFromJson, reviewToJson } from '#core/sync/review.ts';
import { Desk, start, Tab } from '#tests/sync/simulation.ts';

async function scene(): Promise<{ tom: Tab; ines: Tab; review: () => Promise<Review> }> {
  const desk = await Desk.open(start('providing safe heaven to them'));
  const room = await desk.room();
  return {
    tom: new Tab(desk, room, 'tom', 'editor'),
    ines: new Tab(desk, room, 'ines', 'reviewer'),
    review: async () => (await desk.room()).review,
  };
}

async function does(tab: Tab, op: AskedOp): Promise<string[]> {
  await tab.catchUp();
  tab.refusals = [];
  tab.annotate(op);
  await tab.settle();
  return tab.refusals;
}

describe('a thread', () => {
  it('[OP1] is opened, answered, resolved with a name, reopened, deleted and restored, and loses nothing on the way', async () => {
    const { tom, ines, review } = await scene();
    const id = ines.comment(11, 20);
    await ines.settle();
    expect(await does(tom, { op: 'reply', id: 'r1', on: id, text: 'Agreed.' })).toEqual([]);
    expect(await does(tom, { op: 'resolve', on: id })).toEqual([]);
    expect((await review()).comments.get(id)).toMatchObject({
      status: 'resolved',
      statusBy: 'tom',
    });
    expect(await does(ines, { op: 'reopen', on: id })).toEqual([]);
    expect(await does(ines, { op: 'delete', on: id })).toEqual([]);
    expect((await review()).comments.get(id)?.status).toBe('deleted');
    expect(await does(ines, { op: 'restore', on: id })).toEqual([]);
    const comment = (await review()).comments.get(id);
    expect(comment).toMatchObject({ by: 'ines', status: 'open', text: `note ${id}` });
    expect(comment?.replies.map((reply) => [reply.by, reply.text])).toEqual([['tom', 'Agreed.']]);
  });

  it('[OP2] only its author edits a message, and the edit says when', async () => {
    const { tom, ines, review } = await scene();
    const id = ines.comment(11, 20);
    await ines.settle();
    await does(tom, { op: 'reply', id: 'r1', on: id, text: 'Agreed.' });
    expect(await does(tom, { op: 'edit', id, on: id, text: 'not mine' })).toEqual([
      'annotate FORBIDDEN',
    ]);
    expect(await does(ines, { op: 'edit', id: 'r1', on: id, text: 'not mine' })).toEqual([
      'annotate FORBIDDEN',
    ]);
    expect(await does(tom, { op: 'edit', id: 'r1', on: id, text: 'Agreed, mostly.' })).toEqual([]);
    const [reply] = (await review()).comments.get(id)?.replies ?? [];
    expect(reply).toMatchObject({ text: 'Agreed, mostly.', by: 'tom' });
    expect(reply?.editedAt).toBeDefined();
  });

  it('[OP3] others may not delete a note unless they moderate; what does not exist cannot be changed', async () => {
    const { tom, ines, review } = await scene();
    const id = tom.comment(11, 20);
    await tom.settle();
    expect(await does(ines, { op: 'delete', on: id })).toEqual(['annotate FORBIDDEN']);
    expect(await does(ines, { op: 'reply', id: 'r', on: 'nothing', text: 'x' })).toEqual([
      'annotate NOTE_UNKNOWN',
    ]);
    expect((await review()).comments.get(id)?.status).toBe('open');
  });
});

describe('a detached note', () => {
  it('[OP6] is placed on words a person chose, and stays there when its old words return', async () => {
    const { tom, ines, review } = await scene();
    const id = ines.comment(21, 32);
    await ines.settle();
    await tom.catchUp();
    tom.edit((tr) => tr.delete(20, 33));
    await tom.settle();
    expect((await review()).anchors.byId.get(id)?.state).toBe('detached');
    const quote = { exact: '', prefix: '', suffix: '' };
    expect(await does(ines, { op: 'place', on: id, from: 11, to: 20, quote })).toEqual([]);
    expect((await review()).anchors.byId.get(id)).toMatchObject({
      state: 'attached',
      exact: 'providing',
    });
    await tom.catchUp();
    tom.undo();
    await tom.settle();
    expect((await review()).anchors.byId.get(id)).toMatchObject({
      state: 'attached',
      from: 11,
      to: 20,
    });
  });

  it('[OP7] is offered the places most like its quote and context, worse likeness never before better', () => {
    const doc = start(
      'He spoke of a safe heaven in the north.',
      'A safe haven in the south was not meant.',
      'Nothing like it stands here.',
    );
    const quote = { exact: 'safe heaven', prefix: 'He spoke of a ', suffix: ' in the north.' };
    const places = placesFor(doc, quote);
    expect(places.map((place) => place.text)).toEqual(['safe heaven', 'safe haven']);
    expect(places[0]?.score).toBe(1);
    const [other] = placesFor(start('They say safe heaven at last.'), quote);
    expect(other?.score).toBeLessThan(1);
    expect(other?.score).toBeGreaterThan(places[1]?.score ?? 1);
    expect(placesFor(start('Nothing.'), quote)).toEqual([]);
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const like = likeness(a, b);
        return (
          like >= 0 && like <= 1 && Math.abs(like - likeness(b, a)) < 1e-9 && likeness(a, a) === 1
        );
      }),
    );
  });
});

describe('a fact', () => {
  it('[OP4] is an occurrence on its words and a claim of the library with type and what to check', async () => {
    const { ines, review } = await scene();
    const quote = { exact: 'safe heaven', prefix: '', suffix: '' };
    const claim = { id: 'k1', type: 'quote', text: 'safe heaven', check: 'who said it' } as const;
    expect(
      await does(ines, {
        op: 'occurrence.open',
        id: 'o1',
        from: 21,
        to: 32,
        quote,
        claim,
        audience: 'all',
      }),
    ).toEqual([]);
    const now = await review();
    expect(now.occurrences.get('o1')).toMatchObject({ claimId: 'k1', by: 'ines', status: 'open' });
    expect(now.claims.get('k1')).toMatchObject({ ...claim, by: 'ines', version: 1 });
    expect(now.anchors.byId.get('o1')).toMatchObject({ exact: 'safe heaven', state: 'attached' });
    expect(reviewToJson(reviewFromJson(JSON.parse(JSON.stringify(reviewToJson(now)))))).toEqual(
      reviewToJson(now),
    );
  });
});

describe('the parser', () => {
  it('[OP5] lets no operation through that is unknown, empty, too long or of the wrong type', () => {
    const place = { from: 1, to: 2, quote: { exact: 'x', prefix: '', suffix: '' } };
    const good = { op: 'comment.open', id: 'c1', ...place, text: 'hello', audience: 'all' };
    const parses = (value: unknown): boolean => z.safeParse(askedOpShape, value).success;
    expect(parses(good)).toBe(true);
    const bad = [
      { ...good, op: 'comment.destroy' },
      { ...good, id: '<script>' },
      { ...good, id: '' },
      { ...good, text: '   ' },
      { ...good, text: 'x'.repeat(20_001) },
      { ...good, from: -1 },
      { ...good, from: 1.5 },
      { ...good, audience: 'everybody' },
      { ...good, audience: { people: [] } },
      { op: 'hidden' },
      { op: 'decide', ids: [], verdict: 'accept' },
      { op: 'decide', ids: ['a'], verdict: 'maybe' },
      null,
      [],
      'comment.open',
    ];
    for (const value of bad) expect(parses(value), JSON.stringify(value)?.slice(0, 80)).toBe(false);
    fc.assert(fc.property(fc.anything(), (value) => !parses(value)));
  });
});
