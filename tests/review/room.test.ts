/** The room: what it refuses, and what it keeps when the store fails, another node writes, or a decision is taken back. */
import { describe, expect, it } from 'vitest';
import { Transform } from 'prosemirror-transform';
import { schema } from '#core/article/schema.ts';
import type { AskedCommit, StepJson } from '#core/sync/commit.ts';
import type { Standing } from '#core/sync/policy.ts';
import { accepted, original } from '#core/suggest/project.ts';
import type { Batch } from '#server/store/store.ts';
import { Desk, start, Tab } from '#tests/sync/simulation.ts';

const sentence = 'providing safe heaven to them';
// "Headline" takes 0..10, so "heaven" stands at 26..32.
const heaven = [26, 32] as const;

async function scene(): Promise<{ desk: Desk; ines: Tab; tom: Tab }> {
  const desk = await Desk.open(start(sentence));
  const room = await desk.room();
  return {
    desk,
    ines: new Tab(desk, room, 'ines', 'reviewer'),
    tom: new Tab(desk, room, 'tom', 'editor'),
  };
}

const replaceHeaven = (tr: Transform): void => {
  tr.replaceWith(heaven[0], heaven[1], schema.text('haven'));
};

let seq = 100;
const asked = (
  make: (tr: Transform) => void,
  doc: Tab['doc'],
  base: number,
  rest: Partial<AskedCommit> = {},
): AskedCommit => {
  const tr = new Transform(doc);
  make(tr);
  const steps = tr.steps.map((step) => step.toJSON() as StepJson);
  return { clientId: 'client-x', seq: seq++, base, intent: 'edit', steps, ops: [], ...rest };
};

describe('refusals change nothing', () => {
  it('[RV1] a reviewer cannot change original text, under whatever intent it is sent', async () => {
    const { desk, ines } = await scene();
    const room = await desk.room();
    const before = JSON.stringify(room.review.doc);
    for (const intent of ['edit', 'suggest', 'undo'] as const) {
      const answer = await room.commit(
        asked(replaceHeaven, ines.doc, 0, { intent }),
        ines.standing,
      );
      expect(answer.ok, intent).toBe(false);
    }
    expect(JSON.stringify(room.review.doc)).toBe(before);
    expect(room.review.rev).toBe(0);
  });

  it('[RV2] nobody can put a suggestion into the text under another name or another’s id', async () => {
    const { desk, ines, tom } = await scene();
    ines.edit(replaceHeaven, 'suggest');
    await ines.settle();
    const room = await desk.room();
    const [id] = [...room.review.suggestions.keys()];
    const forged = schema.marks['insertion']?.create({ id: 'new1', by: 'ines' });
    const taken = schema.marks['insertion']?.create({ id, by: 'tom' });
    const grown = schema.marks['insertion']?.create({ id, by: 'ines' });
    for (const mark of [forged, taken, grown]) {
      const commit = asked(
        (tr) => tr.insert(12, schema.text('X', mark ? [mark] : [])),
        room.review.doc,
        room.review.rev,
        { ops: [{ op: 'suggestion.open', id: 'new1', reason: '', category: '' }] },
      );
      expect(await room.commit(commit, tom.standing)).toMatchObject({
        ok: false,
        code: 'FORGED_AUTHOR',
      });
    }
  });

  it('[RV3] a reviewer decides on nothing but takes back their own suggestion', async () => {
    const { desk, ines, tom } = await scene();
    ines.edit(replaceHeaven, 'suggest');
    await ines.settle();
    const room = await desk.room();
    const ids = [...room.review.suggestions.keys()];
    const decide = (
      verdict: 'accept' | 'reject',
      actor: Standing,
    ): ReturnType<typeof room.commit> =>
      room.commit(
        {
          ...asked(() => undefined, ines.doc, room.review.rev),
          intent: 'decide',
          ops: [{ op: 'decide', ids, verdict }],
        },
        actor,
      );
    expect(await decide('accept', ines.standing)).toMatchObject({ ok: false, code: 'FORBIDDEN' });
    const sana = { ...ines.standing, userId: 'sana' };
    expect(await decide('reject', sana)).toMatchObject({ ok: false, code: 'FORBIDDEN' });
    expect(await decide('reject', ines.standing)).toMatchObject({ ok: true });
    expect(room.review.suggestions.get(ids[0] ?? '')?.status).toBe('rejected');
    expect(await decide('accept', tom.standing)).toMatchObject({
      ok: false,
      code: 'ALREADY_DECIDED',
    });
  });

  it('[RV4] a viewer, and a person without access, change nothing and learn nothing', async () => {
    const { desk, tom } = await scene();
    const room = await desk.room();
    const viewer: Standing = { ...tom.standing, userId: 'v', role: 'viewer' };
    expect(await room.commit(asked(replaceHeaven, tom.doc, 0), viewer)).toMatchObject({
      ok: false,
      code: 'READ_ONLY',
    });
    const stranger: Standing = { ...viewer, member: false };
    expect(await room.commit(asked(replaceHeaven, tom.doc, 0), stranger)).toMatchObject({
      code: 'ARTICLE_UNKNOWN',
    });
  });

  it('[RV5] a step that does not fit, an unknown base and hostile attributes are refused with a code', async () => {
    const { desk, tom } = await scene();
    const room = await desk.room();
    const commit = (
      steps: unknown[],
      rest: Partial<AskedCommit> = {},
    ): ReturnType<typeof room.commit> =>
      room.commit(
        { ...asked(() => undefined, tom.doc, 0), steps: steps as StepJson[], ...rest },
        tom.standing,
      );
    const text = (from: number, to: number): unknown => ({
      stepType: 'replace',
      from,
      to,
      slice: { content: [{ type: 'text', text: 'x' }] },
    });
    expect(await commit([text(0, 1)])).toMatchObject({ code: 'STEP_DOES_NOT_FIT' });
    expect(await commit([text(5000, 5001)])).toMatchObject({ code: 'STEP_DOES_NOT_FIT' });
    expect(await commit([{ stepType: 'nonsense' }])).toMatchObject({ code: 'BAD_MESSAGE' });
    expect(await commit([text(12, 12)], { base: 7 })).toMatchObject({ code: 'BAD_MESSAGE' });
    const block = { type: 'block', attrs: { style: 'shout', list: null, sugg: [] } };
    const slice = { content: [block] };
    expect(await commit([{ stepType: 'replace', from: 41, to: 41, slice }])).toMatchObject({
      code: 'BAD_MESSAGE',
    });
    const link = {
      type: 'text',
      text: 'x',
      marks: [{ type: 'link', attrs: { href: 'javascript:alert(1)' } }],
    };
    expect(
      await commit([{ stepType: 'replace', from: 12, to: 12, slice: { content: [link] } }]),
    ).toMatchObject({
      code: 'BAD_MESSAGE',
    });
    expect(room.review.rev).toBe(0);
    expect(await commit([text(12, 12)])).toMatchObject({ ok: true, rev: 1 });
  });

  it('[RV6] a note outside the audience does not exist for the actor; a new note must be visible to its author', async () => {
    const { desk, tom } = await scene();
    const room = await desk.room();
    const id = tom.comment(11, 20, 'desk');
    await tom.settle();
    const maria: Standing = { ...tom.standing, userId: 'maria', role: 'writer' };
    const annotate = (op: AskedCommit['ops'][number]): ReturnType<typeof room.commit> =>
      room.commit(
        { ...asked(() => undefined, tom.doc, room.review.rev), intent: 'annotate', ops: [op] },
        maria,
      );
    expect(await annotate({ op: 'reply', id: 'r1', on: id, text: 'I see you' })).toMatchObject({
      code: 'NOTE_UNKNOWN',
    });
    const quote = { exact: 'safe', prefix: '', suffix: '' };
    expect(
      await annotate({
        op: 'comment.open',
        id: 'c9',
        from: 12,
        to: 15,
        quote,
        text: 'x',
        audience: 'desk',
      }),
    ).toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('durable, then visible', () => {
  it('[RV7] a commit the store fails on is not acknowledged, not shown, and can be sent again', async () => {
    const { desk, tom } = await scene();
    const room = await desk.room();
    const shown: number[] = [];
    room.onCommits((commits) => shown.push(...commits.map((commit) => commit.rev)));
    const append = desk.store.append.bind(desk.store);
    desk.store.append = () => Promise.reject(new Error('the disk is full'));
    tom.edit(replaceHeaven);
    await tom.send();
    expect(tom.refusals).toEqual(['edit UNAVAILABLE']);
    expect(room.review.rev).toBe(0);
    expect(shown).toEqual([]);
    desk.store.append = append;
    await tom.settle();
    expect(shown).toEqual([1]);
    expect(desk.failures).toHaveLength(1);
  });

  it('[RV8] a commit that was stored although its answer was lost is known when it comes again', async () => {
    const { desk, tom } = await scene();
    const room = await desk.room();
    const append = desk.store.append.bind(desk.store);
    desk.store.append = async (id: string, batch: Batch) => {
      await append(id, batch);
      throw new Error('the connection broke after the commit');
    };
    tom.edit(replaceHeaven);
    await tom.send();
    desk.store.append = append;
    await tom.settle();
    expect(room.review.rev).toBe(1);
    expect(tom.doc.textContent).toBe('Headlineproviding safe haven to them');
  });

  it('[RV9] what another node wrote is taken in, and the commit is judged again on top of it', async () => {
    const { desk, ines, tom } = await scene();
    const here = await desk.room();
    await desk.kill();
    const there = await desk.room();
    expect(there).not.toBe(here);
    const elsewhere = asked((tr) => tr.insert(11, schema.text('Still ')), tom.doc, 0);
    expect(await here.commit(elsewhere, tom.standing)).toMatchObject({ ok: true, rev: 1 });
    ines.edit(replaceHeaven, 'suggest');
    await ines.settle();
    expect(there.review.rev).toBe(2);
    expect(accepted(there.review.doc).textContent).toBe(
      'HeadlineStill providing safe haven to them',
    );
  });
});

describe('decisions', () => {
  it('[RV10] accepting gives the words, taking the decision back gives the suggestion again, foreign edits since stay', async () => {
    const { desk, ines, tom } = await scene();
    const room = await desk.room();
    ines.edit(replaceHeaven, 'suggest');
    const note = ines.comment(heaven[0], heaven[1]);
    await ines.settle();
    await tom.settle();
    const ids = [...room.review.suggestions.keys()];
    tom.annotate({ op: 'decide', ids, verdict: 'accept' }, 'decide');
    await tom.settle();
    expect(room.review.doc.textContent).toBe('Headlineproviding safe haven to them');
    expect(room.review.suggestions.get(ids[0] ?? '')).toMatchObject({
      status: 'accepted',
      decidedBy: 'tom',
    });
    expect(room.review.anchors.byId.get(note)?.state).toBe('detached');
    tom.edit((tr) => tr.insert(11, schema.text('Now ')));
    tom.annotate({ op: 'undecide', rev: room.review.rev }, 'decide');
    await tom.settle();
    expect(room.review.suggestions.get(ids[0] ?? '')).toMatchObject({ status: 'pending' });
    expect(original(room.review.doc).textContent).toBe('HeadlineNow providing safe heaven to them');
    expect(accepted(room.review.doc).textContent).toBe('HeadlineNow providing safe haven to them');
    expect(room.review.anchors.byId.get(note)?.state).toBe('attached');
  });

  it('[RV11] late words of a suggestion that was accepted meanwhile become a suggestion of their own', async () => {
    const { desk, ines, tom } = await scene();
    const room = await desk.room();
    ines.edit((tr) => tr.insert(heaven[1], schema.text('ly')), 'suggest');
    await ines.settle();
    await tom.settle();
    const [id] = [...room.review.suggestions.keys()];
    if (id === undefined) throw new Error('no suggestion');
    tom.annotate({ op: 'decide', ids: [id], verdict: 'accept' }, 'decide');
    await tom.settle();
    ines.edit((tr) => tr.insert(heaven[1] + 2, schema.text('ish')), 'suggest', false);
    await ines.settle();
    expect(ines.refusals).toEqual([]);
    expect(room.review.suggestions.get(id)?.status).toBe('accepted');
    expect(room.review.suggestions.get(`${id}_`)).toMatchObject({
      status: 'pending',
      by: 'ines',
      inserted: 'ish',
    });
    expect(original(room.review.doc).textContent).toBe('Headlineproviding safe heavenly to them');
  });
});
