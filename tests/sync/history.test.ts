/** Sittings, comparing two versions, and the way back to one. */
import { describe, expect, it } from 'vitest';
import { fc } from '#tests/support/properties.ts';
import type { Node } from 'prosemirror-model';
import { Transform } from 'prosemirror-transform';
import { schema } from '#core/article/schema.ts';
import { mapAnchors, type Anchor } from '#core/annotate/anchor.ts';
import { accepted, original } from '#core/suggest/project.ts';
import { suggestionsIn } from '#core/suggest/entries.ts';
import { decide } from '#core/suggest/decide.ts';
import { track } from '#core/suggest/track.ts';
import { compareTexts, type Run } from '#core/sync/compare.ts';
import { pageStart, restoringClient, sittingsOf, type CommitHead } from '#core/sync/history.ts';
import { diffLists } from '#core/sync/list-diff.ts';
import { restored, restoreSteps } from '#core/sync/restore.ts';
import { article, at, replace, shown, suggest } from '#tests/suggest/build.ts';
import { run, valid } from '#tests/suggest/laws.ts';
import {
  editTransform,
  pick,
  randomArticle,
  randomEditData,
  rng,
} from '#tests/suggest/random-edit.ts';

const runs = Number(process.env['FUZZ_RUNS'] ?? 200);

const noon = Date.parse('2026-03-01T12:00:00.000Z');
const head = (rev: number, userId: string, minute: number, over: Partial<CommitHead> = {}) =>
  ({
    rev,
    clientId: `client-${userId}`,
    userId,
    at: new Date(noon + minute * 60_000).toISOString(),
    intent: 'edit',
    changed: true,
    ops: [],
    ...over,
  }) satisfies CommitHead;

describe('sittings', () => {
  it('[HI1] goes on while one person pauses less than ten minutes, also when others write in between', () => {
    const heads = [
      head(1, 'ann', 0),
      head(2, 'bob', 4),
      head(3, 'ann', 9.9),
      head(4, 'ann', 19.9),
      head(5, 'bob', 13.9),
    ];
    const told = sittingsOf(heads).map(({ by, first, last }) => [by, first, last]);
    expect(told).toEqual([
      ['bob', 2, 5],
      ['ann', 4, 4],
      ['ann', 1, 3],
    ]);
  });

  it('[HI1] counts what was done by kind, a restoration as one, and hidden notes as nothing', () => {
    const outcome = [
      { id: 'a', verdict: 'accept' as const },
      { id: 'b', verdict: 'reject' as const },
      { id: 'c', verdict: 'settled' as const },
    ];
    const note = { id: 'n', from: 1, to: 2, quote: { exact: 'x', prefix: '', suffix: '' } };
    const said = { text: 'Why?', audience: 'all' as const };
    const heads = [
      head(1, 'ann', 0, {
        intent: 'suggest',
        ops: [{ op: 'suggestion.open', id: 'a', reason: '', category: '', audience: 'all' }],
      }),
      head(2, 'ann', 1, { intent: 'suggest' }),
      head(3, 'ann', 2, {
        intent: 'annotate',
        changed: false,
        ops: [
          { op: 'comment.open', ...note, ...said },
          { op: 'reply', id: 'r', on: 'n', ...said },
        ],
      }),
      head(4, 'eve', 3, { intent: 'annotate', changed: false, ops: [{ op: 'hidden' }] }),
      head(5, 'eve', 20, {
        intent: 'decide',
        ops: [{ op: 'decide', ids: ['a', 'b'], verdict: 'accept', audience: 'all', outcome }],
      }),
      head(6, 'eve', 21, { clientId: restoringClient(2, 'x') }),
      head(7, 'eve', 22),
    ];
    expect(sittingsOf(heads)).toEqual([
      expect.objectContaining({
        by: 'eve',
        first: 5,
        last: 7,
        restored: 2,
        counts: { accepted: 1, rejected: 1, restored: 1, edited: 1 },
      }),
      expect.objectContaining({
        by: 'ann',
        first: 1,
        last: 3,
        counts: { suggested: 1, commented: 1, replied: 1 },
      }),
    ]);
  });

  it('[HI2] begins a page behind a pause of everybody', () => {
    const heads = [0, 1, 15, 16, 40, 41].map((minute, i) =>
      head(i + 1, i % 2 ? 'ann' : 'bob', minute),
    );
    expect(pageStart(heads, 1, false)).toBe(4);
    expect(pageStart(heads, 2, false)).toBe(2);
    expect(pageStart(heads, 3, false)).toBe(2);
    expect(pageStart(heads, 3, true)).toBe(0);
    expect(pageStart(heads.slice(4), 1, false)).toBe(0);
    // Cut there, the sittings of the pages are those of the whole.
    const whole = sittingsOf(heads);
    expect([...sittingsOf(heads.slice(2)), ...sittingsOf(heads.slice(0, 2))]).toEqual(whole);
  });
});

describe('what changed', () => {
  /** The length of the longest common subsequence, the slow and plain way. */
  function longestCommon(a: readonly string[], b: readonly string[]): number {
    const best = Array.from({ length: a.length + 1 }, () =>
      Array.from({ length: b.length + 1 }, () => 0),
    );
    for (let i = a.length - 1; i >= 0; i--)
      for (let j = b.length - 1; j >= 0; j--)
        best[i]![j] =
          a[i] === b[j] ? best[i + 1]![j + 1]! + 1 : Math.max(best[i + 1]![j]!, best[i]![j + 1]!);
    return best[0]![0]!;
  }

  it('[HI3] the changes of two lists lead from one to the other by the shortest way', () => {
    const list = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 14 });
    fc.assert(
      fc.property(list, list, (a, b) => {
        const changes = diffLists(a, b);
        const made: string[] = [];
        let from = 0;
        for (const change of changes) {
          made.push(...a.slice(from, change.from), ...b.slice(change.newFrom, change.newTo));
          from = change.to;
        }
        expect([...made, ...a.slice(from)]).toEqual(b);
        const cost = changes.reduce((n, c) => n + c.to - c.from + c.newTo - c.newFrom, 0);
        expect(cost).toBe(a.length + b.length - 2 * longestCommon(a, b));
      }),
      { numRuns: 500 },
    );
  });

  it('[HI3] lists with nothing in common are taken out and put in whole, also very long ones', () => {
    const a = Array.from({ length: 5000 }, (_, i) => `a${i}`);
    const b = Array.from({ length: 4000 }, (_, i) => `b${i}`);
    expect(diffLists(a, b)).toEqual([{ from: 0, to: 5000, newFrom: 0, newTo: 4000 }]);
  });

  const side = (blocks: readonly { runs: readonly Run[]; change: string }[], not: Run['kind']) =>
    blocks
      .filter(({ change }) => change !== not)
      .map(({ runs }) =>
        runs
          .filter(({ kind }) => kind !== not)
          .map((r) => r.text)
          .join(''),
      );
  const texts = (doc: Node) =>
    doc.content.content.map((block) =>
      block.textBetween(0, block.content.size, '', (leaf) =>
        leaf.type.name === 'lineBreak' ? '\n' : '',
      ),
    );

  it('[HI4] a comparison holds both texts to the letter', () => {
    let changed = 0;
    for (let seed = 1; seed <= runs; seed++) {
      const random = rng(seed);
      const [before, after] = twoVersions(seed);
      const text = pick(random, ['original', 'accepted'] as const);
      const read = text === 'original' ? original : accepted;
      const { blocks } = compareTexts(before, after, text);
      expect(side(blocks, 'inserted'), `seed ${seed}`).toEqual(texts(read(before)));
      expect(side(blocks, 'deleted'), `seed ${seed}`).toEqual(texts(read(after)));
      if (blocks.some(({ change }) => change !== 'kept')) changed++;
    }
    expect(changed).toBeGreaterThan(runs / 3);
  });

  it('[HI4] tells one changed word of a paragraph and leaves the rest alone', () => {
    const before = article(
      'It is a safe heaven for all.',
      'A second one.',
      'Old words that go entirely.',
    );
    const after = article(
      'It is a safe haven for all.',
      'A second one.',
      'Some other text, put here instead of it.',
    );
    const { blocks, inserted, deleted } = compareTexts(before, after, 'original');
    expect(blocks.map(({ change }) => change)).toEqual([
      'kept',
      'changed',
      'kept',
      'deleted',
      'inserted',
    ]);
    expect(blocks[1]?.runs).toEqual([
      { kind: 'kept', text: 'It is a safe ' },
      { kind: 'deleted', text: 'heaven' },
      { kind: 'inserted', text: 'haven' },
      { kind: 'kept', text: ' for all.' },
    ]);
    expect([inserted, deleted]).toEqual([9, 6]);
  });

  it('[HI4] what is pending counts only in the text as edited', () => {
    const before = article('A safe heaven.');
    const after = suggest(before, 'ann', 's1', replace('heaven', 'haven')).doc;
    const changes = (text: 'original' | 'accepted') =>
      compareTexts(before, after, text).blocks.filter(({ change }) => change !== 'kept').length;
    expect(changes('original')).toBe(0);
    expect(changes('accepted')).toBe(1);
  });
});

/** Two versions of a random article after some suggestions, decisions and direct edits each; the first is an ancestor. */
function twoVersions(seed: number): [Node, Node] {
  const random = rng(seed);
  let doc = randomArticle(random);
  let ids = 0;
  const go = (turns: number): void => {
    for (let i = 0; i < turns; i++) {
      const data = randomEditData(random, doc);
      const tr = data && editTransform(doc, data);
      if (!tr) continue;
      if (random() < 0.15) {
        const pending = [...suggestionsIn(doc).keys()].filter(() => random() < 0.5);
        if (pending.length > 0)
          doc = run(doc, decide(doc, pending, pick(random, ['accept', 'reject'] as const)).steps);
      } else if (random() < 0.3) {
        const plain = original(doc);
        const direct = data && editTransform(plain, data);
        // A direct edit of a text without suggestions; else a suggestion.
        if (plain.eq(doc) && direct && valid(direct.doc) === null) doc = direct.doc;
      } else {
        const by = pick(random, ['ann', 'bob']);
        const result = track(doc, tr, by, { idFor: (near) => near[0]?.id ?? `${by}${++ids}` });
        if (!('refused' in result)) doc = run(doc, result.steps);
      }
    }
  };
  go(6);
  const then = doc;
  go(10);
  return [then, doc];
}

describe('the way back', () => {
  it('[HI5] the steps give exactly the target, for versions of one article and for any two', () => {
    let steps = 0;
    for (let seed = 1; seed <= runs; seed++) {
      const [then, now] = twoVersions(seed);
      const other = twoVersions(seed + 100_000)[1];
      for (const target of [then, other]) {
        const way = restoreSteps(now, target, 'ann');
        const there = run(now, way);
        expect(there.toJSON(), `seed ${seed}`).toEqual(target.toJSON());
        steps += way.length;
      }
      expect(restoreSteps(now, now, 'ann'), `seed ${seed}`).toEqual([]);
    }
    expect(steps).toBeGreaterThan(runs);
  });

  it('[HI6] an annotation on words that stay keeps them, wherever something else changed', () => {
    const before = article(
      'One paragraph that goes.',
      'It is a safe heaven for all who come there.',
      'The last one stays.',
    );
    const target = article(
      'It is a very safe haven for all those who come there.',
      'New here.',
      'The last one stays.',
    );
    const words = ['for all', 'come there', 'The last one'];
    const byId = new Map(
      words.map((exact): [string, Anchor] => {
        const from = at(before, exact);
        const to = from + exact.length;
        return [
          exact,
          {
            id: exact,
            kind: 'comment',
            from,
            to,
            state: 'attached',
            good: { rev: 1, from, to },
            exact,
            prefix: '',
            suffix: '',
          },
        ];
      }),
    );
    let anchors = {
      byId: byId as ReadonlyMap<string, Anchor>,
      graves: [] as never[],
    } as Parameters<typeof mapAnchors>[0];
    let doc = before;
    const steps = restoreSteps(before, target, 'ann');
    for (const step of steps) {
      const next = run(doc, [step]);
      anchors = mapAnchors(anchors, step, doc, next, {
        rev: 2,
        by: 'u',
        undo: false,
        touched: new Set(),
      });
      doc = next;
    }
    expect(doc.eq(target)).toBe(true);
    const text = [...anchors.byId.values()].map(({ from, to }) => doc.textBetween(from, to));
    expect(text).toEqual(words);
    // The planted failure: one replacement of everything loses all three.
    const whole = new Transform(before).replaceWith(0, before.content.size, target.content);
    expect(whole.mapping.mapResult(at(before, 'for all'), 1).deletedAfter).toBe(true);
  });

  it('[HI6] a block that only gets another style keeps its annotations', () => {
    const before = article('A line.', 'More.');
    const heading = schema.node('block', { style: 'heading2' }, [schema.text('A line.')]);
    const target = before.copy(before.content.replaceChild(1, heading));
    const maps = restoreSteps(before, target, 'ann').map((step) => step.getMap());
    expect(maps).toHaveLength(1);
    expect(maps[0]?.mapResult(at(before, 'line'), 1).deleted).toBe(false);
  });

  it('[HI7] reads without its pending suggestions as the old one did without its own, and forges none', () => {
    let kept = 0;
    for (let seed = 1; seed <= runs * 2; seed++) {
      const [then, now] = twoVersions(seed);
      const target = restored(now, then);
      const said = `seed ${seed}`;
      expect(valid(target), said).toBeNull();
      expect(original(target).toJSON(), said).toEqual(original(then).toJSON());
      const pending = suggestionsIn(now);
      const left = suggestionsIn(target);
      for (const [id, by] of left) expect(pending.get(id), said).toBe(by);
      kept += left.size;
    }
    expect(kept).toBeGreaterThan(runs / 2);
  });

  it('[HI7] keeps what is pending now on words that stay, and lets go of what is pending on words that change', () => {
    const start = article(
      'It is a safe heaven for all who come.',
      'A second paragraph stands here.',
    );
    const edited = new Transform(start);
    replace('all who come', 'everybody')(edited);
    const one = suggest(edited.doc, 'bob', 's1', replace('heaven', 'haven')).doc;
    const two = suggest(one, 'bob', 's2', replace('everybody', 'us')).doc;
    const now = suggest(two, 'eve', 's3', replace('stands', 'sits')).doc;
    expect(shown(restored(now, start))).toBe(
      'It is a safe [-heaven-bob]{+haven+bob} for all who come. ¶ A second paragraph [-stands-eve]{+sits+eve} here.',
    );
  });
});
