/** A figure or a table between two paragraphs that are joined or were split: nobody's decision runs words into it. */
import { describe, expect, it } from 'vitest';
import type { Node } from 'prosemirror-model';
import type { Step, Transform } from 'prosemirror-transform';
import { schema } from '#core/article/schema.ts';
import { adapt } from '#core/suggest/adapt.ts';
import { BlockStep } from '#core/suggest/block-step.ts';
import { decide, undecide } from '#core/suggest/decide.ts';
import { suggestionsIn } from '#core/suggest/entries.ts';
import { PieceStep } from '#core/suggest/piece-step.ts';
import { accepted, original } from '#core/suggest/project.ts';
import { track } from '#core/suggest/track.ts';
import { rebase } from '#core/sync/rebase.ts';
import { article, at, suggest } from '#tests/suggest/build.ts';
import { decides, passesGuard, run, runsNothingIn } from '#tests/suggest/laws.ts';
import { below, pick, randomArticle, randomEdit, rng } from '#tests/suggest/random-edit.ts';

const text = (words: string) => (words ? [schema.text(words)] : []);
const cell = (words: string, starts: 'table' | 'row' | null) =>
  schema.node('cell', { starts }, text(words));
const para = (): Node => schema.node('block', null, text('New.'));
const asBlock = [{ type: schema.node('block').type }];

describe('a figure between two paragraphs that are being joined', () => {
  const pair = () => article('One.', 'pone.');
  const end = (doc: Node, words: string) => at(doc, words) + words.length;
  const join = (doc: Node) => (tr: Transform) => tr.delete(end(doc, 'One.'), at(doc, 'pone.'));
  const picture = (doc: Node) => (tr: Transform) =>
    tr.insert(end(doc, 'One.') + 1, schema.node('figure', null, text('Ca')));
  const grid = (doc: Node) => (tr: Transform) =>
    tr.insert(end(doc, 'One.') + 1, [cell('Ca', 'table'), cell('x', null)]);
  const shape = (doc: Node): string =>
    doc.content.content.map((block) => `${block.type.name}:${block.textContent}`).join('|');
  const decided = (doc: Node, ...decisions: [id: string, verdict: 'accept' | 'reject'][]): Node =>
    decisions.reduce((head, [id, verdict]) => {
      expect(decides(head, [id], verdict)).toBe(null);
      return run(head, decide(head, [id], verdict).steps);
    }, doc);

  /** Bob joins and Ann puts a figure or a table between, one after the other and both at once. */
  const ways = (whole: typeof picture): [name: string, both: Node][] => {
    const doc = pair();
    const bob = suggest(doc, 'bob', 'b', join(doc));
    const ann = suggest(doc, 'ann', 'a', whole(doc));
    const third = (first: Step[], second: readonly Step[]) => {
      const head = run(doc, first);
      return rebase(
        head,
        second,
        first.map((step) => step.getMap()),
      ).doc;
    };
    return [
      ['joined first', suggest(bob.doc, 'ann', 'a', whole(bob.doc)).doc],
      ['at once, the join first', third(bob.steps, ann.steps)],
      ['at once, the figure first', third(ann.steps, bob.steps)],
    ];
  };

  it.each([...ways(picture), ...ways(grid)])(
    '[DC11] %s: the words stand behind it',
    (_name, both) => {
      const doc = pair();
      const middle = shape(both).split('|').slice(2, -1).join('|');
      const apart = `headline:Head|block:One.|${middle}|block:pone.`;
      const joined = 'headline:Head|block:One.pone.';
      expect(shape(accepted(both))).toBe(apart);
      expect(original(both).eq(doc)).toBe(true);
      const all = run(both, decide(both, ['a', 'b'], 'accept').steps);
      expect(shape(all)).toBe(apart);
      const yes = 'accept' as const;
      const no = 'reject' as const;
      for (const [first, second, after] of [
        [['a', yes], ['b', yes], apart],
        [['b', yes], ['a', yes], apart],
        [['a', no], ['b', yes], joined],
        [['b', yes], ['a', no], joined],
        [['a', yes], ['b', no], apart],
        [['b', no], ['a', yes], apart],
        [['a', no], ['b', no], shape(doc)],
        [['b', no], ['a', no], shape(doc)],
      ] as const) {
        const end = decided(both, [...first], [...second]);
        expect(shape(end), `${String(first)} ${String(second)}`).toBe(after);
        expect(suggestionsIn(end).size).toBe(0);
      }
    },
  );

  const steps = (doc: Node, by: string, id: string, change: (tr: Transform) => unknown) =>
    suggest(doc, by, id, change).steps;
  /** `second` as it arrives when `first` has been applied to the same text. */
  const carried = (doc: Node, first: readonly Step[], second: readonly Step[]): Node => {
    const maps = first.map((step) => step.getMap());
    const { doc: after, steps: made } = rebase(run(doc, first), second, maps);
    expect(passesGuard(run(doc, first), made, after, 'ann')).toBe(null);
    return after;
  };

  it('[DC11] planted: words that are run into a caption are noticed', () => {
    const apart = accepted(ways(picture)[0]?.[1] as Node);
    const joining = new PieceStep('decision', [{ k: 'b', pos: at(apart, 'pone.') - 1, id: '' }]);
    expect(runsNothingIn(apart, [joining], run(apart, [joining]))).toContain('STANDS');
  });

  it('[TR38] a figure on its way while the join is accepted stands amid the joined words', () => {
    const doc = pair();
    const bob = suggest(doc, 'bob', 'b', join(doc)).doc;
    const head = carried(
      bob,
      decide(bob, ['b'], 'accept').steps,
      steps(bob, 'ann', 'a', picture(bob)),
    );
    expect(shape(head)).toBe('headline:Head|block:One.|figure:Ca|block:pone.');
    expect(shape(decided(head, ['a', 'accept']))).toBe(shape(head));
    expect(shape(decided(head, ['a', 'reject']))).toBe('headline:Head|block:One.pone.');
  });

  it('[TR38] an own split taken back while a figure comes in between is struck, not joined into it', () => {
    const doc = article('One.pone.');
    const split = suggest(doc, 'ann', 'a', (tr) => tr.split(at(doc, 'pone.'), 1, asBlock));
    const back = split.steps.map((step) => step.invert(doc));
    const head = carried(split.doc, steps(split.doc, 'bob', 'b', picture(split.doc)), back);
    expect(shape(head)).toBe('headline:Head|block:One.|figure:Ca|block:pone.');
    expect(original(head).eq(doc)).toBe(true);
    expect(shape(accepted(head))).toBe(shape(head));
    expect(shape(decided(head, ['b', 'reject'], ['ad', 'accept']))).toBe(shape(doc));
  });

  it('[TR38] a deletion over a figure of somebody else strikes the own boundary behind it', () => {
    const doc = article('One.pone.');
    const split = suggest(doc, 'ann', 'a', (tr) => tr.split(at(doc, 'pone.'), 1, asBlock)).doc;
    const both = suggest(split, 'bob', 'b', picture(split)).doc;
    const { doc: after } = suggest(both, 'ann', 'c', (tr) =>
      tr.delete(at(both, '.'), at(both, 'pone.') + 1),
    );
    expect(shape(after)).toBe('headline:Head|block:One.|figure:Ca|block:pone.');
    expect(shape(decided(after, ['c', 'accept']))).toBe('headline:Head|block:Oneone.');
    expect(original(after).eq(doc)).toBe(true);
  });

  it('[TR38] a paragraph on its way to the end of a caption goes behind what is put into it meanwhile', () => {
    const doc = schema.node('doc', null, [
      ...article('One.').content.content,
      schema.node('figure', null, text('Ca')),
      schema.node('block', null, text('Two.')),
    ]);
    const behind = steps(doc, 'ann', 'a', (tr) => tr.insert(end(doc, 'Ca') + 1, para()));
    const [step] = behind;
    const head = run(
      doc,
      steps(doc, 'bob', 'b', (tr) => tr.insert(end(doc, 'Ca'), schema.text('p'))),
    );
    expect(shape(run(head, adapt(step as Step, head)))).toBe(
      'headline:Head|block:One.|figure:Cap|block:New.|block:Two.',
    );
  });

  it('[DC11] what is left of a split that is rejected behind a figure goes with the figure', () => {
    const doc = schema.node('doc', null, [
      article('').child(0),
      schema.node('block', { style: 'quote' }, text('One.pone.')),
    ]);
    const split = suggest(doc, 'bob', 'b', (tr) => tr.split(at(doc, 'pone.'), 1, asBlock)).doc;
    const both = suggest(split, 'ann', 'a', picture(split)).doc;
    for (const verdict of ['accept', 'reject'] as const) {
      const one = decided(both, ['b', 'reject'], ['a', verdict]);
      const other = decided(both, ['a', verdict], ['b', 'reject']);
      expect(one.eq(other)).toBe(true);
      expect(one.lastChild?.attrs['style']).toBe('quote');
      expect(shape(one)).toBe(
        verdict === 'reject' ? shape(doc) : 'headline:Head|block:One.|figure:Ca|block:pone.',
      );
    }
  });

  it('[DC11] a paragraph that is deleted whole leaves nothing behind a figure put before it', () => {
    const doc = pair();
    const gone = suggest(doc, 'bob', 'b', (tr) =>
      tr.delete(end(doc, 'One.'), end(doc, 'pone.')),
    ).doc;
    const both = suggest(gone, 'ann', 'a', picture(gone)).doc;
    expect(shape(accepted(both))).toBe('headline:Head|block:One.|figure:Ca');
    expect(shape(decided(both, ['b', 'accept'], ['a', 'accept']))).toBe(shape(accepted(both)));
  });

  it('[DC11] words of others in a new paragraph that is rejected stay behind the figure, as suggestions', () => {
    const doc = schema.node('doc', null, [
      ...article('One.').content.content,
      schema.node('figure', null, text('Ca')),
      schema.node('block', null, text('Two.')),
    ]);
    const put = suggest(doc, 'ann', 'a', (tr) => tr.insert(end(doc, 'Ca') + 1, para())).doc;
    const both = suggest(put, 'bob', 'b', (tr) =>
      tr.insert(at(put, 'ew.'), schema.text('BOB')),
    ).doc;
    const rejected = decided(both, ['a', 'reject']);
    expect(shape(rejected)).toContain('figure:Ca|block:BOB|block:Two.');
    expect(decided(rejected, ['b', 'reject']).eq(doc)).toBe(true);
    expect(shape(decided(rejected, ['b', 'accept']))).toBe(shape(rejected));
  });

  it('[DC11] one by one, in any order, with figures, rows and tables about', () => {
    for (let seed = 1; seed <= 25; seed++) {
      const random = rng(seed);
      let current = randomArticle(random, true);
      for (let i = 0; i < 14; i++) {
        const kinds = { boundary: true, block: false, format: false, whole: true };
        const tr = randomEdit(random, current, kinds);
        const id = `s${below(random, 6)}${i % 2}`;
        const made = tr && track(current, tr, pick(random, ['a', 'b']), { idFor: () => id });
        if (made && 'doc' in made) current = made.doc;
      }
      for (const verdict of ['reject', 'accept'] as const) {
        const ids = [...suggestionsIn(current).keys()].toSorted(() => random() - 0.5);
        const competes = ids.some((id) =>
          decide(current, [id], verdict).settled.some(
            (one) => one.verdict !== verdict && one.verdict !== 'settled',
          ),
        );
        const head = ids.reduce((doc, id) => run(doc, decide(doc, [id], verdict).steps), current);
        const expected = verdict === 'reject' ? original(current) : accepted(current);
        if (!competes) expect(head.eq(expected), `seed ${seed} ${verdict}`).toBe(true);
      }
    }
  });

  it('[DC12] a join is not taken back before the figure that was decided after it', () => {
    const both = ways(picture)[0]?.[1] as Node;
    const one = decide(both, ['b'], 'accept').steps;
    const joined = run(both, one);
    const two = decide(joined, ['a'], 'accept').steps;
    const end = run(joined, two);
    const since = two.map((step) => step.getMap());
    expect(undecide(end, { steps: one, before: both }, since)).toBe(null);
    const first = run(end, undecide(end, { steps: two, before: joined }, []) ?? []);
    expect(first.eq(joined)).toBe(true);
    expect(run(first, undecide(first, { steps: one, before: both }, []) ?? []).eq(both)).toBe(true);
    // What others do to the boundary meanwhile stays, and what the decision put there goes.
    const struck = run(joined, [
      new BlockStep('cem', at(joined, 'pone.') - 1, { t: 'strike', id: 'c' }),
    ]);
    const back = run(struck, undecide(struck, { steps: one, before: both }, []) ?? []);
    expect(back.lastChild?.attrs['sugg']).toEqual([
      { k: 'del', id: 'b', by: 'bob' },
      { k: 'del', id: 'c', by: 'cem' },
    ]);
  });

  it('[DC12] a figure is not put back amid words that have been joined meanwhile', () => {
    const both = ways(picture)[0]?.[1] as Node;
    const one = decide(both, ['a'], 'reject').steps;
    const without = run(both, one);
    const two = decide(without, ['b'], 'accept').steps;
    const end = run(without, two);
    const since = two.map((step) => step.getMap());
    expect(undecide(end, { steps: one, before: both }, since)).toBe(null);
  });
});
