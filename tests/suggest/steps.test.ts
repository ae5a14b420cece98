/** The three step classes under concurrency, undo and hostile data: the traps, each as a named case. */
import { Fragment, Slice, type Node } from 'prosemirror-model';
import { AttrStep, Mapping, Step, StepMap, Transform } from 'prosemirror-transform';
import { describe, expect, it } from 'vitest';
import { schema } from '#core/article/schema.ts';
import { adapt } from '#core/suggest/adapt.ts';
import { BlockStep } from '#core/suggest/block-step.ts';
import { decide } from '#core/suggest/decide.ts';
import { exactInverse } from '#core/suggest/exact.ts';
import { MarkStep } from '#core/suggest/mark-step.ts';
import { PieceStep } from '#core/suggest/piece-step.ts';
import { accepted, original } from '#core/suggest/project.ts';
import { after, article, at, replace, shown, suggest, type } from '#tests/suggest/build.ts';
import { rollsBack, run, validSteps } from '#tests/suggest/laws.ts';

const doc = article('safe heaven', 'second');

describe('two people at once', () => {
  it('[TR12] trap 1: two people strike the same boundary, and both strikes stand', () => {
    const join = (by: string) =>
      suggest(doc, by, `s${by}`, (tr) => tr.join(at(doc, 'second') - 1)).steps;
    expect(shown(after(doc, join('a'), join('b')))).toBe('safe heaven ¶ <del:a><del:b>second');
    // The attribute step that would be the plain way loses one of them: the law can fail.
    const plain = (by: string) =>
      new AttrStep(at(doc, 'second') - 1, 'sugg', [{ k: 'del', id: `s${by}`, by }]);
    expect(shown(after(doc, [plain('a')], [plain('b')]))).toBe('safe heaven ¶ <del:b>second');
  });

  it('[TR2] trap 3: a strike carried over foreign text leaves it standing, in either order', () => {
    const strike = suggest(doc, 'a', 's1', replace('safe heaven', '')).steps;
    const insert = suggest(doc, 'b', 's2', type('very ', at(doc, 'heaven'))).steps;
    const expected = '[-safe -a]{+very +b}[-heaven-a] ¶ second';
    expect(shown(after(doc, insert, strike))).toBe(expected);
    expect(shown(after(doc, strike, insert))).toBe(expected);
  });

  it('[TR10] a split does not fit once its words have flowed into the headline, where it could not be taken back', () => {
    const split = suggest(doc, 'a', 's1', (tr) => tr.split(at(doc, 'ond'))).steps;
    const flowed = new Transform(doc).delete(3, at(doc, 'second'));
    const mapped = split[0]?.map(flowed.mapping);
    expect(flowed.doc.child(0).textContent).toMatch(/second$/);
    expect(mapped?.apply(flowed.doc).failed).toBe('No place for a block.');
  });

  it('[TR2] a strike on text that is gone is dropped, and so is one on a block that is gone', () => {
    const strike = suggest(doc, 'a', 's1', replace('heaven', '')).steps;
    const gone = new Transform(doc).delete(at(doc, 'heaven'), at(doc, 'heaven') + 6);
    expect(strike[0]?.map(gone.mapping)).toBeNull();
    const join = new BlockStep('a', at(doc, 'second') - 1, { t: 'strike', id: 's' });
    expect(join.map(new Transform(doc).join(at(doc, 'second') - 1).mapping)).toBeNull();
  });

  it('[TR2] a token that a mirrored map brings back is still meant', () => {
    const strike = suggest(doc, 'a', 's1', replace('heaven', '')).steps[0] as Step;
    const from = at(doc, 'heaven');
    const cut = new StepMap([from - 2, 5, 0]);
    const back = new StepMap([from - 1, 0, 5]);
    const mapping = new Mapping([cut, new StepMap([2, 0, 1]), back], [0, 2]);
    expect(strike.map(mapping)?.toJSON()).toMatchObject({
      runs: [{ from: from + 1, to: from + 7 }],
    });
    expect(strike.map(mapping.slice(0, 2))?.toJSON()).toMatchObject({
      runs: [{ from: from - 1, to: from + 2 }],
    });
  });

  it('[TR14] trap 11: a removal of text that was accepted meanwhile becomes a suggestion', () => {
    const typed = suggest(doc, 'a', 's1', type('XYZ ', at(doc, 'heaven'))).doc;
    const removal = suggest(typed, 'a', 's2', replace('YZ', '')).steps[0] as Step;
    const head = run(typed, decide(typed, ['s1'], 'accept').steps);
    const steps = adapt(removal, head);
    const result = run(head, steps);
    expect(shown(result)).toBe('safe X[-YZ-a] heaven ¶ second');
    expect(original(result).eq(original(head))).toBe(true);
    expect(adapt(removal, typed)).toEqual([removal]);
  });

  it('[TR21] trap 12: formatting the own pending text after it was accepted is a suggestion', () => {
    const typed = suggest(doc, 'a', 's1', type('XYZ ', at(doc, 'heaven'))).doc;
    const from = at(typed, 'XYZ');
    const bold = suggest(typed, 'a', 's2', (tr) =>
      tr.addMark(from, from + 3, schema.mark('strong')),
    ).steps;
    expect(shown(run(typed, bold))).toBe('safe {+XYZ+a}{+ +a}heaven ¶ second');
    const head = run(typed, decide(typed, ['s1'], 'accept').steps);
    expect(shown(run(head, bold))).toBe('safe (~XYZ~a) heaven ¶ second');
  });

  it('[TR21] trap 13: a format records what it changes here, not what it was meant to change', () => {
    const from = at(doc, 'heaven');
    const bold = (tr: Transform) => tr.addMark(from, from + 6, schema.mark('strong'));
    const { steps } = suggest(doc, 'b', 's1', bold);
    const head = bold(new Transform(doc)).doc;
    expect(run(head, steps).eq(head)).toBe(true);
  });
});

describe('undo', () => {
  const undone = (start: Node, steps: readonly Step[], foreign: readonly Step[]) => {
    const middle = run(start, steps);
    const inverses: Step[] = [];
    steps.reduce((state, step) => {
      inverses.unshift(step.invert(state));
      return run(state, [step]);
    }, start);
    return after(middle, foreign, inverses);
  };

  it('[TR11] trap 9: undoing typed text leaves what somebody else typed into it', () => {
    const typed = suggest(doc, 'a', 's1', type('hello ', at(doc, 'heaven')));
    const inside = suggest(typed.doc, 'b', 's2', type('BIG', at(typed.doc, 'llo'))).steps;
    expect(shown(undone(doc, typed.steps, inside))).toBe('safe {+BIG+b}heaven ¶ second');
  });

  it('[TR13] trap 10: undoing typed text takes out the part that an undo has put back', () => {
    const typed = suggest(doc, 'a', 's1', type('haven', at(doc, 'heaven')));
    const cut = suggest(typed.doc, 'a', 's2', (tr) =>
      tr.delete(at(tr.doc, 'haven') + 3, at(tr.doc, 'haven') + 5),
    );
    const back = cut.steps.map((step) => step.invert(typed.doc));
    const undo = typed.steps[0]?.invert(doc) as Step;
    const maps = [...cut.steps, ...back].map((step) => step.getMap());
    const mapped = undo.map(new Mapping(maps)) as Step;
    expect(run(typed.doc, [mapped]).eq(doc)).toBe(true);
    // Text of the same suggestion that was typed, not put back, is no business of the undo.
    const more = suggest(typed.doc, 'a', 's1', type('s', at(typed.doc, 'haven') + 5));
    const kept = undo.map(new Mapping(more.steps.map((step) => step.getMap()))) as Step;
    expect(shown(run(more.doc, [kept]))).toBe('safe {+s+a}heaven ¶ second');
  });

  it('[TR13] text put back by a mirrored map is not taken twice', () => {
    const typed = suggest(doc, 'a', 's1', type('haven', at(doc, 'heaven')));
    const cut = suggest(typed.doc, 'a', 's2', replace('ven', '')).steps[0] as Step;
    const back = cut.invert(typed.doc);
    const undo = typed.steps[0]?.invert(doc) as Step;
    const mapped = undo.map(new Mapping([cut.getMap(), back.getMap()], [0, 1])) as PieceStep;
    expect(mapped.pieces).toHaveLength(1);
    expect(run(typed.doc, [mapped]).eq(doc)).toBe(true);
  });

  it('[TR11] trap 16: the exact inverse restores the order of marks; the inverse by meaning need not', () => {
    const one = suggest(doc, 'a', 's1', replace('heaven', '')).doc;
    const two = suggest(one, 'b', 's2', replace('heaven', '')).doc;
    const from = at(two, 'heaven');
    const step = new MarkStep('a', [{ from, to: from + 6, what: { t: 'unstrike', id: 's1' } }]);
    const head = run(two, [step]);
    expect(run(head, [exactInverse(step, two)]).eq(two)).toBe(true);
    expect(run(head, [step.invert(two)]).eq(two)).toBe(false);
    expect(rollsBack(two, [step])).toBeNull();
  });

  it('[TR11] trap 17: undoing a second change of style leaves what somebody laid on top', () => {
    const pos = at(doc, 'second') - 1;
    const style = (by: string, id: string, value: string) => (from: Node) =>
      suggest(from, by, id, (tr) => tr.setNodeAttribute(pos, 'style', value));
    const first = style('a', 's1', 'quote')(doc);
    const second = style('a', 's1', 'heading1')(first.doc);
    const top = style('d', 's2', 'bio')(second.doc);
    const undo = second.steps.map((step) => step.invert(first.doc));
    const head = run(top.doc, undo);
    expect(head.child(2).attrs['style']).toBe('bio');
    expect(head.child(2).attrs['sugg']).toHaveLength(2);
    expect(original(head).eq(doc)).toBe(true);
  });

  it('[TR20] trap 18: a step on a block that changes nothing leaves the document as it is', () => {
    const pos = at(doc, 'second') - 1;
    const nothing = new BlockStep('a', pos, { t: 'unstrike', id: 's1' });
    expect(nothing.apply(doc).doc).toBe(doc);
    expect(run(doc, [nothing.invert(doc)])).toBe(doc);
  });

  it('[TR12] trap 23: the same suggestion struck twice is one mark', () => {
    const strike = suggest(doc, 'a', 's1', replace('heaven', '')).steps;
    const twice = run(run(doc, strike), strike);
    expect(twice.eq(run(doc, strike))).toBe(true);
  });
});

describe('merging', () => {
  it('[TR15] letters typed one after another, also inside each other, become one step', () => {
    const from = at(doc, 'heaven');
    const letters: Step[] = [];
    let current = doc;
    for (const [letter, offset] of [
      ['a', 0],
      ['c', 1],
      ['b', 1],
      ['0', 0],
    ] as const) {
      const one = suggest(current, 'a', 's1', type(letter, from + offset));
      letters.push(...one.steps);
      current = one.doc;
    }
    const whole = letters.reduce((sum, step) => sum.merge(step) as Step);
    expect(run(doc, [whole]).eq(current)).toBe(true);
    expect(validSteps(doc, [whole], current)).toBeNull();
  });

  it('[TR15] strokes of Backspace become one step, in struck text and in the own', () => {
    const strikes = [3, 2, 1].map((i) => {
      const from = at(doc, 'heaven') + i;
      return new MarkStep('a', [{ from, to: from + 1, what: { t: 'strike', id: 's1' } }]);
    });
    const whole = strikes.reduce((sum, step) => sum.merge(step) as MarkStep);
    expect(whole.runs).toHaveLength(1);
    expect(run(doc, [whole]).eq(run(doc, strikes))).toBe(true);

    const typed = suggest(doc, 'a', 's1', type('haven', at(doc, 'heaven'))).doc;
    const own = at(typed, 'haven');
    const cuts = [4, 3, 2].map(
      (i) => new PieceStep('a', [{ k: 'i', from: own + i, to: own + i + 1, id: 's1' }]),
    );
    const cut = cuts.reduce((sum, step) => sum.merge(step) as PieceStep);
    expect(cut.pieces).toHaveLength(1);
    expect(run(typed, [cut]).eq(run(typed, cuts))).toBe(true);
    expect(cuts[0]?.merge(new PieceStep('b', cuts[1]?.pieces ?? []))).toBeNull();
  });
});

describe('hostile data', () => {
  const strike = { t: 'strike', id: 's' };
  const text = { content: [{ type: 'text', text: 'x' }] };
  const cases: [string, unknown][] = [
    ['no author', { stepType: 'suggestMark', runs: [] }],
    ['runs that are no list', { stepType: 'suggestMark', by: 'a', runs: 'x' }],
    ['an empty run', { stepType: 'suggestMark', by: 'a', runs: [{ from: 3, to: 3, op: strike }] }],
    [
      'runs out of order',
      {
        stepType: 'suggestMark',
        by: 'a',
        runs: [
          { from: 5, to: 6, op: strike },
          { from: 3, to: 4, op: strike },
        ],
      },
    ],
    ['a fraction', { stepType: 'suggestMark', by: 'a', runs: [{ from: 1.5, to: 3, op: strike }] }],
    [
      'an unknown operation',
      { stepType: 'suggestMark', by: 'a', runs: [{ from: 1, to: 2, op: { t: 'x' } }] },
    ],
    ['no operation', { stepType: 'suggestMark', by: 'a', runs: [{ from: 1, to: 2 }] }],
    [
      'an insertion dressed as formatting',
      {
        stepType: 'suggestMark',
        by: 'a',
        runs: [
          {
            from: 1,
            to: 2,
            op: {
              t: 'fmt',
              id: 's',
              add: [{ type: 'insertion', attrs: { id: 'x', by: 'b' } }],
              remove: [],
            },
          },
        ],
      },
    ],
    [
      'a script link',
      {
        stepType: 'suggestMark',
        by: 'a',
        runs: [
          {
            from: 1,
            to: 2,
            op: {
              t: 'fmt',
              id: 's',
              add: [{ type: 'link', attrs: { href: 'javascript:x' } }],
              remove: [],
            },
          },
        ],
      },
    ],
    ['a negative place', { stepType: 'suggestBlock', by: 'a', pos: -1, op: strike }],
    [
      'an unknown style',
      {
        stepType: 'suggestBlock',
        by: 'a',
        pos: 1,
        op: { t: 'block', id: 's', shape: { style: 'x' } },
      },
    ],
    [
      'a nameless suggestion',
      { stepType: 'suggestBlock', by: 'a', pos: 1, op: { t: 'strike', id: '' } },
    ],
    ['no pieces', { stepType: 'suggestPiece', by: 'a', pieces: [] }],
    [
      'an unknown piece',
      { stepType: 'suggestPiece', by: 'a', pieces: [{ k: 'w', from: 1, to: 9 }] },
    ],
    [
      'pieces that overlap',
      {
        stepType: 'suggestPiece',
        by: 'a',
        pieces: [
          { k: 'i', from: 1, to: 5, id: 's' },
          { k: 'i', from: 4, to: 6, id: 's' },
        ],
      },
    ],
    [
      'an empty slice',
      { stepType: 'suggestPiece', by: 'a', pieces: [{ k: '+', pos: 1, slice: null }] },
    ],
    [
      'a closed block',
      {
        stepType: 'suggestPiece',
        by: 'a',
        pieces: [
          { k: '+', pos: 1, slice: { content: [{ type: 'block', content: text.content }] } },
        ],
      },
    ],
    [
      'a format mark that names no formatting',
      {
        stepType: 'suggestPiece',
        by: 'a',
        pieces: [
          {
            k: '+',
            pos: 8,
            slice: {
              content: [
                {
                  type: 'text',
                  text: 'x',
                  marks: [
                    { type: 'insertion', attrs: { id: 's', by: 'a' } },
                    { type: 'format', attrs: { id: 's', by: 'a', add: [{ type: 'insertion' }] } },
                  ],
                },
              ],
            },
          },
        ],
      },
    ],
    [
      'a node unknown to the schema',
      {
        stepType: 'suggestPiece',
        by: 'a',
        pieces: [{ k: '+', pos: 1, slice: { content: [{ type: 'script' }] } }],
      },
    ],
  ];

  it.each(cases)('[TR10] %s is refused', (_name, json) => {
    expect(() => Step.fromJSON(schema, json)).toThrow(RangeError);
  });

  it('[TR10] steps that do not fit the text fail and change nothing', () => {
    const misfits: Step[] = [
      new MarkStep('a', [{ from: 900, to: 901, what: { t: 'strike', id: 's' } }]),
      new BlockStep('a', 900, { t: 'strike', id: 's' }),
      new BlockStep('a', 0, { t: 'strike', id: 's' }),
      new PieceStep('a', [{ k: 'i', from: 900, to: 901, id: 's' }]),
      new PieceStep('a', [{ k: 'i', from: 10, to: 22, id: 's' }]),
      new PieceStep('a', [{ k: 'b', pos: 6, id: 's' }]),
      new PieceStep('a', [{ k: 'b', pos: 9, id: 's' }]),
      new PieceStep('a', [
        { k: '+', pos: 0, slice: new Slice(Fragment.from(schema.text('x')), 0, 0) },
      ]),
    ];
    for (const step of misfits) expect(step.apply(doc).doc).toBeNull();
  });

  it('[TR10] a format mark in the text that names nothing known is passed over, never thrown at', () => {
    const odd = { id: 's', by: 'b', add: [{ type: 'nothing' }], remove: [{ type: 'insertion' }] };
    const head = article('x');
    const marked = new Transform(head).addMark(7, 8, schema.mark('format', odd)).doc;
    expect(accepted(marked).eq(head)).toBe(true);
    expect(original(marked).eq(head)).toBe(true);
    expect(run(marked, decide(marked, ['s'], 'accept').steps).eq(head)).toBe(true);
  });

  it('[TR10] what it does not know is left out of what it keeps', () => {
    const list = { kind: 'bullet', level: 0, start: 1, x: 1 };
    const sugg = [{ k: 'ins', id: 'i', by: 'b', x: 1 }];
    const put = Step.fromJSON(schema, {
      stepType: 'suggestPiece',
      by: 'b',
      pieces: [
        {
          k: '+',
          pos: 8,
          slice: {
            content: [{ type: 'block' }, { type: 'block', attrs: { list, sugg } }],
            openStart: 1,
            openEnd: 1,
          },
        },
      ],
    });
    expect(JSON.stringify(put)).not.toContain('"x"');
    const step = Step.fromJSON(schema, {
      stepType: 'suggestBlock',
      by: 'a',
      pos: at(doc, 'second') - 1,
      op: {
        t: 'set',
        shape: { style: 'quote', list: null, x: 1 },
        sugg: [{ k: 'ins', id: 'i', by: 'b', x: 1 }],
      },
    });
    expect(run(doc, [step]).child(2).attrs).toEqual({
      style: 'quote',
      list: null,
      sugg: [{ k: 'ins', id: 'i', by: 'b' }],
    });
    expect(accepted(run(doc, [step])).child(2).attrs['sugg']).toEqual([]);
  });
});
