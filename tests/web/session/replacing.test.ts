/** Replacing in many places: what becomes of the text, of what others suggested, and of each place for itself. */
import { fc } from '#tests/support/properties.ts';
import type { Node } from 'prosemirror-model';
import { EditorState } from 'prosemirror-state';
import type { Step } from 'prosemirror-transform';
import { describe, expect, it } from 'vitest';
import { schema } from '#core/article/schema.ts';
import { decide } from '#core/suggest/decide.ts';
import { guardSuggest } from '#core/suggest/guard.ts';
import { listSuggestions } from '#core/suggest/list.ts';
import { accepted, original, project, without } from '#core/suggest/project.ts';
import { track } from '#core/suggest/track.ts';
import { maxCommitBytes, maxOps, maxSteps } from '#core/sync/limits.ts';
import { placesIn } from '#web/panels/find-places.ts';
import type { How } from '#web/panels/find-text.ts';
import { replaced, type Replaced } from '#web/session/replacing.ts';
import { article, shown } from '#tests/suggest/build.ts';
import { randomArticle, randomEdit, rng } from '#tests/suggest/random-edit.ts';

const exact: How = { exact: true, whole: false };
let count = 0;
const id = (): string => `r${count++}`;

function replaceAll(
  doc: Node,
  words: string,
  by: string,
  mode: 'suggest' | 'edit' = 'suggest',
  how = exact,
): { after: Node; made: Replaced['ranges']; newIds: string[]; steps: readonly Step[] } {
  const places = placesIn(doc, 'marked', words, how).map(({ parts }) => parts);
  const state = EditorState.create({ doc });
  const { tr, portions, ranges } = replaced(state, places, by, { mode, author: 'me', id });
  const newIds = portions.flatMap((portion) => portion.newIds);
  return { after: tr.doc, made: ranges, newIds, steps: tr.steps };
}

/** The text of each block, boundaries that are only struck included: a search does not go over them. */
function blockTexts(doc: Node): string[] {
  const read = project(doc, (part) => ('k' in part && part.k === 'del' ? 'reject' : 'accept'));
  const texts: string[] = [];
  read.forEach((block) =>
    texts.push(
      block.textBetween(0, block.content.size, '', (leaf) =>
        leaf.type.name === 'lineBreak' ? '\n' : '\ufffc',
      ),
    ),
  );
  return texts;
}

/** A small article with a few suggestions of several people, and the seed it came from. */
function marked(seed: number): Node {
  const random = rng(seed);
  let doc = randomArticle(random, true);
  for (let i = 0; i < 6; i++) {
    const edit = randomEdit(random, doc, {
      boundary: true,
      block: true,
      format: true,
      whole: true,
    });
    if (!edit) continue;
    const by = ['me', 'ann', 'bob'][Math.floor(random() * 3)] ?? 'me';
    const result = track(doc, edit, by, { idFor: (near) => near[0]?.id ?? `s${seed}-${i}` });
    if (!('refused' in result)) doc = result.doc;
  }
  return doc;
}

const seeds = fc.integer({ min: 0, max: 1_000_000 });
const searched = fc.constantFrom('a', 'aa', 'x', 'haven', 'the', 'e ', 'é', 'Log', ' ', 'ad');
const given = fc.constantFrom('', 'b', 'a', 'xx', 'haven haven', 'é', '“q”');

describe('replacing everywhere', () => {
  it('[FR1] accepted, the text is what a plain replacement of the accepted text gives', () => {
    let found = 0;
    fc.assert(
      fc.property(seeds, searched, given, (seed, words, by) => {
        const before = marked(seed);
        const { after, made } = replaceAll(before, words, by);
        after.check();
        found += made.length;
        expect(blockTexts(after)).toEqual(blockTexts(before).map((t) => t.replaceAll(words, by)));
      }),
      { numRuns: 400 },
    );
    expect(found, 'the generator makes places to replace').toBeGreaterThan(200);
  });

  it('[FR2] refused, the text is what it was, and nothing of anybody else is changed', () => {
    fc.assert(
      fc.property(seeds, searched, given, (seed, words, by) => {
        const before = marked(seed);
        const { after, newIds, steps } = replaceAll(before, words, by);
        expect(original(after).eq(original(before))).toBe(true);
        expect(without(after, 'me').eq(without(before, 'me'))).toBe(true);
        const mine = new Set(newIds);
        for (const { id: own, by: author } of listSuggestions(before))
          if (author === 'me') mine.add(own);
        const judged = guardSuggest(before, steps, 'me', (one) => mine.has(one));
        expect(judged.ok || judged.reason, 'the server takes it').toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('[FR3] in Edit mode the text is changed at once, and no suggestion is opened', () => {
    fc.assert(
      fc.property(seeds, searched, given, (seed, words, by) => {
        const before = marked(seed);
        const { after, newIds } = replaceAll(before, words, by, 'edit');
        after.check();
        expect(newIds).toEqual([]);
        expect(blockTexts(after)).toEqual(blockTexts(before).map((t) => t.replaceAll(words, by)));
      }),
      { numRuns: 200 },
    );
  });

  it('[FR4] each place is a suggestion of its own, and can be decided for itself', () => {
    const doc = article('safe heaven, no heaven', 'heaven again');
    const { after, newIds } = replaceAll(doc, 'heaven', 'haven');
    const ids = listSuggestions(after).map((one) => one.id);
    expect(new Set(ids).size).toBe(3);
    expect(newIds).toEqual(ids);
    const one = decide(after, [ids[1] ?? ''], 'accept').steps.reduce(
      (now, step) => step.apply(now).doc ?? now,
      after,
    );
    expect(original(one).eq(article('safe heaven, no haven', 'heaven again'))).toBe(true);
    expect(accepted(one).eq(article('safe haven, no haven', 'haven again'))).toBe(true);
  });

  it('[FR4] neighbouring places stay apart', () => {
    const { after } = replaceAll(article('zzz'), 'z', 'b');
    expect(shown(after)).toBe('[-z-me]{+b+me}[-z-me]{+b+me}[-z-me]{+b+me}');
    expect(listSuggestions(after)).toHaveLength(3);
  });

  it("[FR4] in the own pending words a replacement mends the suggestion they belong to; in somebody else's it is a new one", () => {
    const put = (by: string): Node => {
      const doc = article('it is');
      const tr = EditorState.create({ doc }).tr.insertText(' very heaven', 12);
      const result = track(doc, tr, by, { idFor: () => 's1' });
      if ('refused' in result) throw new Error('refused');
      return result.doc;
    };
    const mine = replaceAll(put('me'), 'heaven', 'haven');
    expect(mine.newIds).toEqual([]);
    expect(shown(mine.after)).toBe('it is{+ very haven+me}');
    const theirs = replaceAll(put('ann'), 'heaven', 'haven');
    expect(theirs.newIds).toHaveLength(1);
    expect(shown(theirs.after)).toBe('it is{+ very +ann}[-{+heaven+ann}-me]{+haven+me}');
  });

  it('[FR5] the new words look like the first letter they replace', () => {
    const strong = schema.mark('strong');
    const doc = schema.node('doc', null, [
      schema.node('headline', null, [schema.text('Head')]),
      schema.node('block', null, [
        schema.text('safe '),
        schema.text('hea', [strong]),
        schema.text('ven, '),
        schema.text('h'),
        schema.text('eaven', [strong]),
      ]),
    ]);
    for (const mode of ['suggest', 'edit'] as const) {
      const { after } = replaceAll(doc, 'heaven', 'haven', mode);
      const body = accepted(after).child(1);
      const looks: [string, boolean][] = [];
      body.forEach((node) => looks.push([node.text ?? '', strong.isInSet(node.marks)]));
      expect(looks).toEqual([
        ['safe ', false],
        ['haven', true],
        [', haven', false],
      ]);
    }
  });

  it('[FR6] tells where the new words stand', () => {
    fc.assert(
      fc.property(seeds, searched, given, (seed, words, by) => {
        for (const mode of ['suggest', 'edit'] as const) {
          const { after, made } = replaceAll(marked(seed), words, by, mode);
          for (const range of made)
            expect(after.textBetween(range.from, range.to, '', '\ufffc')).toBe(by);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('[FR7] many places travel in several commits, each with the suggestions it opens, and no undo is larger than a commit may be', () => {
    for (const [by, mode] of [
      ['b', 'suggest'],
      ['b', 'edit'],
      ['w'.repeat(1000), 'suggest'],
      ['w'.repeat(1000), 'edit'],
    ] as const) {
      const doc = article(...Array.from({ length: 45 }, () => 'z '.repeat(20)));
      const places = placesIn(doc, 'marked', 'z', exact).map(({ parts }) => parts);
      const state = EditorState.create({ doc });
      const { tr, portions } = replaced(state, places, by, { mode, author: 'me', id });
      expect(placesIn(tr.doc, 'marked', 'z', exact)).toEqual([]);
      expect(portions[0]?.begins).toBe(true);
      expect(portions.flatMap(({ newIds }) => newIds)).toHaveLength(mode === 'edit' ? 0 : 900);
      let at = 0;
      let undo: Step[] = [];
      for (const { steps, newIds, begins } of portions) {
        const own = tr.steps.slice(at, at + steps);
        if (begins) undo = [];
        undo.push(...own.map((step, i) => step.invert(tr.docs[at + i] ?? doc)));
        expect(newIds.length).toBeLessThanOrEqual(maxOps);
        for (const commit of [own, undo]) {
          expect(commit.length).toBeLessThanOrEqual(maxSteps);
          expect(JSON.stringify(commit).length).toBeLessThan(maxCommitBytes);
        }
        at += steps;
      }
      expect(at).toBe(tr.steps.length);
    }
  });
});
