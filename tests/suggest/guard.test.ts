/** The guard of a suggest commit, and planted violations of every kind: each must be refused. */
import { Fragment, Slice, type Mark, type Node } from 'prosemirror-model';
import {
  AddMarkStep,
  AttrStep,
  RemoveMarkStep,
  ReplaceStep,
  type Step,
} from 'prosemirror-transform';
import { describe, expect, it } from 'vitest';
import { schema } from '#core/article/schema.ts';
import { BlockStep } from '#core/suggest/block-step.ts';
import { deletionMark, insertionMark } from '#core/suggest/entries.ts';
import { guardSuggest, keepsOthers } from '#core/suggest/guard.ts';
import { MarkStep } from '#core/suggest/mark-step.ts';
import { PieceStep } from '#core/suggest/piece-step.ts';
import { original, without } from '#core/suggest/project.ts';
import { article, at, replace, shown, suggest, type } from '#tests/suggest/build.ts';
import { keepsOthersInFull, run } from '#tests/suggest/laws.ts';
import {
  below,
  pick,
  randomArticle,
  randomEdit,
  rng,
  type Rng,
} from '#tests/suggest/random-edit.ts';

const doc = article('a safe heaven for us', 'second');
const theirs = suggest(doc, 'b', 'b1', replace('heaven', 'haven')).doc;
const ownA = (id: string) => id.startsWith('a');

const inline = (...nodes: Node[]) => new Slice(Fragment.fromArray(nodes), 0, 0);
const text = (value: string, ...marks: Mark[]) => schema.text(value, marks);
const put = (by: string, pos: number, slice: Slice) => new PieceStep(by, [{ k: '+', pos, slice }]);

describe('the guard', () => {
  it('[GD1] lets a tracked change pass and gives the document after it', () => {
    const { steps, doc: after } = suggest(theirs, 'a', 'a1', replace('safe ', ''));
    const result = guardSuggest(theirs, steps, 'a', ownA);
    expect(result.ok && result.after.eq(after)).toBe(true);
  });

  const word = at(theirs, 'heaven');
  const haven = word + 6;
  const refused: [what: string, reason: string, steps: Step[]][] = [
    ['a plain insertion', 'whitelist', [new ReplaceStep(8, 8, inline(text('x')))]],
    ['a plain deletion', 'whitelist', [new ReplaceStep(8, 9, Slice.empty)]],
    ['a plain mark', 'whitelist', [new AddMarkStep(8, 9, schema.mark('strong'))]],
    [
      'a mark taken off',
      'whitelist',
      [new RemoveMarkStep(word, word + 6, deletionMark('b1', 'b'))],
    ],
    ['an attribute', 'whitelist', [new AttrStep(at(theirs, 'second') - 1, 'sugg', [])]],
    [
      'a step in another name',
      'whitelist',
      [new MarkStep('b', [{ from: 8, to: 9, what: { t: 'strike', id: 'a1' } }])],
    ],
    [
      'marks set outright',
      'whitelist',
      [new MarkStep('a', [{ from: word, to: word + 6, what: { t: 'set', marks: [] } }])],
    ],
    [
      'attributes set outright',
      'whitelist',
      [
        new BlockStep('a', at(theirs, 'second') - 1, {
          t: 'set',
          shape: { style: 'quote', list: null },
          sugg: [],
        }),
      ],
    ],
    [
      'original text taken out',
      'keeps-others',
      [new PieceStep('a', [{ k: 'i', from: 8, to: 9, id: 'a1' }])],
    ],
    [
      'an original boundary taken out',
      'keeps-others',
      [new PieceStep('a', [{ k: 'b', pos: at(theirs, 'second') - 1, id: 'a1' }])],
    ],
    [
      "another's insertion taken out",
      'keeps-others',
      [new PieceStep('a', [{ k: 'i', from: haven, to: haven + 5, id: 'b1' }])],
    ],
    ["text that is nobody's", 'honest', [put('a', 8, inline(text('x')))]],
    [
      "text in another's name",
      'honest',
      [put('a', 8, inline(text('x', insertionMark('b1', 'b'))))],
    ],
    [
      "text with another's strike",
      'honest',
      [put('a', 8, inline(text('x', insertionMark('a1', 'a'), deletionMark('b1', 'b'))))],
    ],
    [
      "a block that is nobody's",
      'honest',
      [
        put(
          'a',
          8,
          new Slice(Fragment.fromArray([schema.node('block'), schema.node('block')]), 1, 1),
        ),
      ],
    ],
    [
      'an id of somebody else',
      'forged-id',
      [new MarkStep('a', [{ from: 8, to: 9, what: { t: 'strike', id: 'b1' } }])],
    ],
    ['a step that does not fit', 'fit', [new BlockStep('a', 3, { t: 'strike', id: 'a1' })]],
    [
      'a block put into the masthead',
      'fit',
      [
        put(
          'a',
          5,
          new Slice(
            Fragment.fromArray([
              schema.node('headline'),
              schema.node('block', { sugg: [{ k: 'ins', id: 'a1', by: 'a' }] }),
            ]),
            1,
            1,
          ),
        ),
      ],
    ],
  ];

  it.each(refused)('[GD2] %s is refused (%s)', (_what, reason, steps) => {
    expect(guardSuggest(theirs, steps, 'a', ownA)).toEqual({ ok: false, reason });
  });

  it('[GD3] trap 8 and the note on undo: foreign marks are stripped from text that an undo puts back', () => {
    const typed = suggest(doc, 'a', 'a1', type('very ', at(doc, 'safe'))).doc;
    const struck = suggest(typed, 'b', 'b1', replace('very ', '')).doc;
    const cut = suggest(struck, 'a', 'a2', replace('very ', '')).steps[0] as Step;
    const back = cut.invert(struck);
    const head = run(struck, [cut]);
    expect(guardSuggest(head, [back], 'a', ownA)).toEqual({ ok: false, reason: 'honest' });
    const result = guardSuggest(head, [back], 'a', ownA, { undo: true });
    expect(result.ok && shown(result.after)).toBe('a {+very +a}safe heaven for us ¶ second');
    expect(result.ok && run(head, result.steps).eq(result.after)).toBe(true);
  });

  it("[GD4] trap 4: keeping the original text alone would let one erase another's suggestion", () => {
    const erase = new PieceStep('a', [{ k: 'i', from: haven, to: haven + 5, id: 'b1' }]);
    const after = run(theirs, [erase]);
    expect(original(after).eq(original(theirs))).toBe(true);
    expect(keepsOthers(theirs, after, 'a')).toBe(false);
  });
});

/** Somebody else's work, harmed: a random violation as a document that the author `a` would leave behind. */
const plants: Record<string, (random: Rng, doc: Node) => Node | null> = {
  'erase a token': (random, head) => {
    const pos = tokenOf(random, head, () => true);
    return pos === null ? null : head.replace(pos, pos + 1, Slice.empty);
  },
  'add a token': (random, head) => {
    const pos = tokenOf(random, head, () => true);
    return pos === null ? null : head.replace(pos, pos, inline(text('!')));
  },
  'erase a foreign suggestion': (random, head) => {
    const pos = tokenOf(random, head, (node) => node.marks.some((m) => m.attrs['by'] === 'b'));
    return pos === null ? null : head.replace(pos, pos + 1, Slice.empty);
  },
  'strip a foreign mark': (random, head) => {
    const foreign = (mark: Mark) => mark.attrs['by'] === 'b';
    const pos = tokenOf(random, head, (node) => node.marks.some(foreign));
    const node = pos === null ? null : head.nodeAt(pos);
    if (pos === null || !node) return null;
    return marked(
      head,
      pos,
      node.marks.filter((mark) => !foreign(mark)),
    );
  },
  'sign for somebody else': (random, head) => {
    const pos = tokenOf(random, head, () => true);
    const node = pos === null ? null : head.nodeAt(pos);
    if (pos === null || !node) return null;
    return marked(head, pos, deletionMark('b9', 'b').addToSet(node.marks));
  },
  'bold outright': (random, head) => {
    const strong = schema.mark('strong');
    // Where the author has suggested to take bold away, bold outright is that suggestion taken back (seed 1818).
    const own = (mark: Mark) => mark.type.name === 'format' && mark.attrs['by'] === 'a';
    const pos = tokenOf(
      random,
      head,
      (node) => !strong.isInSet(node.marks) && !node.marks.some(own),
    );
    const node = pos === null ? null : head.nodeAt(pos);
    return pos === null || !node ? null : marked(head, pos, strong.addToSet(node.marks));
  },
  'join outright': (random, head) => {
    const pos = blockOf(random, head);
    return pos === null ? null : head.replace(pos - 1, pos + 1, Slice.empty);
  },
  'split outright': (random, head) => {
    const pos = blockOf(random, head);
    const halves = Fragment.fromArray([schema.node('block'), schema.node('block')]);
    return pos === null ? null : head.replace(pos + 1, pos + 1, new Slice(halves, 1, 1));
  },
  'strike a boundary for somebody else': (random, head) => {
    const pos = blockOf(random, head);
    const block = pos === null ? null : head.nodeAt(pos);
    if (pos === null || !block) return null;
    const sugg = [...(block.attrs['sugg'] as object[]), { k: 'del', id: 'b9', by: 'b' }];
    return run(head, [new AttrStep(pos, 'sugg', sugg)]);
  },
};

/** A position of a body token that is not the author's own pending text, by `which`. */
function tokenOf(random: Rng, doc: Node, which: (node: Node) => boolean): number | null {
  const found: number[] = [];
  doc.descendants((node, pos, parent) => {
    const own = node.marks.some((m) => m.type.name === 'insertion' && m.attrs['by'] === 'a');
    if (node.isInline && parent?.type.name === 'block' && !own && which(node))
      for (let i = 0; i < node.nodeSize; i++) found.push(pos + i);
  });
  return found.length > 0 ? pick(random, found) : null;
}

/** The open token of a body block, not the first, without suggestions about its boundary. */
function blockOf(random: Rng, doc: Node): number | null {
  const found: number[] = [];
  let first = true;
  doc.forEach((node, offset) => {
    if (node.type.name !== 'block') return;
    if (!first && (node.attrs['sugg'] as unknown[]).length === 0) found.push(offset);
    first = false;
  });
  return found.length > 0 ? pick(random, found) : null;
}

function marked(doc: Node, pos: number, marks: readonly Mark[]): Node {
  const node = doc.nodeAt(pos) as Node;
  const one = node.isText ? schema.text(doc.textBetween(pos, pos + 1), marks) : node.mark(marks);
  return doc.replace(pos, pos + 1, inline(one));
}

describe('planted violations', () => {
  const runs = Number(process.env['FUZZ_RUNS'] ?? 60);
  it.each(Object.entries(plants))('[GD2] every attempt to %s is seen', (_name, plant) => {
    let planted = 0;
    for (let seed = 1; seed <= runs; seed++) {
      const random = rng(seed);
      let head = randomArticle(random);
      for (let i = 0; i < 8; i++) {
        const tr = randomEdit(random, head);
        const by = pick(random, ['a', 'b']);
        if (!tr) continue;
        try {
          head = suggest(head, by, `${by}${below(random, 5)}`, (own) => {
            for (const step of tr.steps) own.step(step);
          }).doc;
        } catch {
          continue;
        }
      }
      const harmed = plant(random, head);
      if (!harmed || harmed.eq(head)) continue;
      planted++;
      // The same answer from the touched blocks as from the whole text.
      const whole = keepsOthersInFull(head, harmed, 'a');
      expect(whole, `seed ${seed}`).not.toBeNull();
      expect(whole, `seed ${seed}`).not.toContain('LOCAL');
      expect(without(head, 'a').eq(without(harmed, 'a')), `seed ${seed}`).toBe(false);
    }
    expect(planted).toBeGreaterThan(runs / 6);
  });
});
