/** Which suggestions share a card. */
import { fc } from '#tests/support/properties.ts';
import type { Node } from 'prosemirror-model';
import { Transform } from 'prosemirror-transform';
import { describe, expect, it } from 'vitest';
import { schema } from '#core/article/schema.ts';
import { competitors } from '#core/suggest/compete.ts';
import { track } from '#core/suggest/track.ts';
import { article, at, replace, suggest } from '#tests/suggest/build.ts';
import { run } from '#tests/suggest/laws.ts';
import { noted, type Said } from '#tests/web/panels/noted.ts';
import type { Annotation } from '#web/panels/annotations.ts';
import {
  cardGroups,
  cardWith,
  decidedWith,
  leadOf,
  stopsOf,
  stopWith,
  type CardGroup,
} from '#web/panels/card-groups.ts';
import { folded, quotedStretches } from '#web/panels/card-mechanical.ts';

type Made = [by: string, id: string, words: string, instead: string];

/** A document after the replacements; the words are found as they stand then. */
const edited = (doc: Node, ...changes: readonly Made[]): Node =>
  changes.reduce((now, [by, id, words, instead]) => {
    const { steps } = suggest(now, by, id, replace(words, instead));
    return run(now, steps);
  }, doc);

const shape = (groups: readonly CardGroup[]): string[] =>
  groups.map(({ card, items }) => `${card} ${items.map(({ id }) => id).join(' ')}`);

const cards = (
  doc: Node,
  said: Readonly<Record<string, Said>> = {},
  apart: readonly string[] = [],
): string[] => shape(cardGroups(noted(doc, said), doc, new Set(apart)));

/** Somebody strikes words that are struck already, and puts others in their place. */
function rival(doc: Node, by: string, id: string, words: string, instead: string): Node {
  const tr = new Transform(doc);
  const from = at(doc, words);
  tr.replaceWith(from, from + words.length, schema.text(instead));
  const tracked = track(doc, tr, by, { idFor: () => id });
  if ('refused' in tracked) throw new Error(tracked.refused);
  return run(doc, tracked.steps);
}

const text =
  'The army found a safe heaven near the border. It left after two days. Nobody said why.';

describe('suggestions for the same words', () => {
  const one = edited(article(text), ['ines', 'i1', 'heaven', 'haven']);
  const two = rival(one, 'tom', 't1', 'heaven', 'refuge');

  it('[CD1] are alternatives on one card, whoever made them and however far apart', () => {
    expect(cards(two, { t1: { minute: 600 } })).toEqual(['alternatives t1 i1']);
    const three = rival(two, 'sana', 's1', 'heaven', 'camp');
    expect(cards(three)[0]).toMatch(/^alternatives/);
    expect(cards(three)[0]?.split(' ').slice(1).toSorted()).toEqual(['i1', 's1', 't1']);
  });

  it('[CD1] join by way of a third that overlaps both', () => {
    const left = edited(article(text), ['ines', 'i1', 'safe', 'secure']);
    const right = edited(left, ['sana', 's1', 'heaven', 'haven']);
    const over = rival(right, 'tom', 't1', 'safesecure heaven', 'quiet spot');
    expect(competitors(over).get('t1')).toEqual(new Set(['i1', 's1']));
    expect(cards(over)).toEqual(['alternatives i1 t1 s1']);
  });

  it('[CD1] stay alternatives when they are decided one by one, and are no part of a recast', () => {
    const more = edited(two, ['ines', 'i2', 'found', 'met'], ['ines', 'i3', 'army', 'troops']);
    expect(cards(more, {}, ['i1', 't1'])).toEqual(['recast i3 i2', 'alternatives t1 i1']);
  });

  it('[CD5] one is accepted, all are refused, and each is a stop', () => {
    const groups = cardGroups(noted(two), two);
    expect(decidedWith(groups, 't1', 'accept')).toEqual(['t1']);
    expect(decidedWith(groups, 't1', 'stet')).toEqual(['t1', 'i1']);
    expect(stopsOf(groups).map(({ id }) => id)).toEqual(['t1', 'i1']);
    expect(stopWith(groups, 't1')).toBe('t1');
  });
});

describe('changes of one person in one sentence', () => {
  const doc = edited(
    article(text),
    ['ines', 'i1', 'army', 'troops'],
    ['ines', 'i2', 'near', 'at'],
    ['ines', 'i3', 'two days', 'a day'],
    ['tom', 't1', 'found', 'met'],
  );

  it('[CD2] are one card; another sentence, another person and another sitting are others', () => {
    expect(cards(doc)).toEqual(['recast i1 i2', 'one t1', 'one i3']);
    expect(cards(doc, { i2: { minute: 4.9 } })[0]).toBe('recast i1 i2');
    expect(cards(doc, { i2: { minute: 5 } })[0]).toBe('one i1');
    expect(cards(doc, { i1: { until: 3 }, i2: { minute: 7 } })[0]).toBe('recast i1 i2');
  });

  it('[CD2] keep their reasons and threads, and a change over two sentences stands alone', () => {
    expect(cards(doc, { i1: { reason: 'Plain word' }, i2: { replies: 2 } })[0]).toBe(
      'recast i1 i2',
    );
    const across = edited(
      article(text),
      ['ines', 'i1', 'army', 'troops'],
      ['ines', 'i2', 'border. It', 'border; it'],
    );
    expect(cards(across)).toEqual(['one i1', 'one i2']);
  });

  it('[CD4] are cards of their own once somebody decides them one by one', () => {
    expect(cards(doc, {}, ['i1', 'i2'])).toEqual(['one i1', 'one t1', 'one i2', 'one i3']);
  });

  it('[CD5] are decided whole and are one stop, and what is in focus leads', () => {
    const groups = cardGroups(noted(doc), doc);
    expect(decidedWith(groups, 'i2', 'accept')).toEqual(['i1', 'i2']);
    expect(decidedWith(groups, 't1', 'accept')).toEqual(['t1']);
    expect(stopsOf(groups).map(({ id }) => id)).toEqual(['i1', 't1', 'i3']);
    expect(stopWith(groups, 'i2')).toBe('i1');
    const recast = cardWith(groups, 'i2');
    expect(recast && leadOf(recast, 'i2').id).toBe('i2');
    expect(recast && leadOf(recast, 't1').id).toBe('i1');
  });
});

describe('silent corrections', () => {
  const doc = edited(
    article('It  was cold - very cold. He said "no  way" twice.', "The end  is near, isn't it?"),
    ['ines', 'i1', '  was', ' was'],
    ['ines', 'i2', ' - ', ' – '],
    ['ines', 'i3', 'end  is', 'end is'],
    ['ines', 'i4', "isn't", 'isn’t'],
    ['ines', 'i5', 'no  way', 'no way'],
    ['ines', 'i6', 'near', 'nigh'],
  );

  it('[CD3] of one person are one card at the end; text inside quotation marks keeps its own', () => {
    expect(cards(doc)).toEqual(['one i5', 'one i6', 'silent i1 i2 i3 i4']);
  });

  it('[CD3] leave out what has a reason or a thread, and one alone is a card like others', () => {
    expect(cards(doc, { i1: { reason: 'Typist' }, i3: { replies: 1 } })).toEqual([
      'one i1',
      'one i5',
      'recast i3 i6',
      'silent i2 i4',
    ]);
    const single = edited(article('It  was cold.'), ['ines', 'i1', '  was', ' was']);
    expect(cards(single)).toEqual(['one i1']);
  });

  it('[CD3] never touch a quotation block', () => {
    const quote = schema.node('doc', null, [
      schema.node('headline', null, schema.text('Head')),
      schema.node('block', { style: 'quote' }, schema.text('It  was  cold.')),
    ]);
    const changed = edited(
      quote,
      ['ines', 'i1', '  was', ' was'],
      ['ines', 'i2', '  cold', ' cold'],
    );
    expect(cards(changed)).toEqual(['recast i1 i2']);
  });

  it.each([
    ['two  spaces', 'two spaces'],
    ['word .', 'word.'],
    ['( so )', '(so)'],
    ['1990-95', '1990–95'],
    ['cold - very', 'cold—very'],
    ['cold -- very', 'cold – very'],
    ['the "end"', 'the “end”'],
    ["isn't", 'isn’t'],
  ])('[CD3] “%s” to “%s” is a matter of form', (from, to) => {
    expect(folded(from)).toBe(folded(to));
  });

  it.each([
    ['any one', 'anyone'],
    ['re-sign', 'resign'],
    ['its', "it's"],
    ["writers'", "writer's"],
    ['the "end"', 'the end'],
    ["6'", '6"'],
    ['the .NET', 'the.NET'],
    ['well known', 'well-known'],
  ])('[CD3] “%s” to “%s” is not', (from, to) => {
    expect(folded(from)).not.toBe(folded(to));
  });

  it('[CD3] quotations are found with straight and curly marks, nested, unclosed and with apostrophes in them', () => {
    const inside = (words: string): string[] =>
      quotedStretches(words).map(({ from, to }) => words.slice(from, to));
    expect(inside('He said “no” and "yes".')).toEqual(['no', 'yes']);
    expect(inside('«Non», he said')).toEqual(['Non']);
    expect(inside('„Nein“, he said')).toEqual(['Nein']);
    expect(inside('“Never ends')).toEqual(['Never ends']);
    expect(inside('a ‘don’t go’ b')).toEqual(['don’t go']);
    expect(inside("the dogs' bowl isn't here")).toEqual([]);
  });

  it('[CD3] a new quotation mark of another form is form, the words it surrounds are not touched', () => {
    const marks = edited(
      article('The "end" of  it, "so" they say.'),
      ['ines', 'i1', '"end', '“end'],
      ['ines', 'i2', ' of  it', ' of it'],
    );
    // The replacement took a word of the quotation with it.
    expect(cards(marks)).toEqual(['recast i1 i2']);
    const only = edited(
      article('The "end" of  it, so they say.'),
      ['ines', 'i1', 'The "', 'The “'],
      ['ines', 'i2', ' of  it', ' of it'],
    );
    expect(cards(only)).toEqual(['silent i1 i2']);
  });
});

describe('any article', () => {
  const people = ['ines', 'tom', 'sana'];
  const body = [
    'The army found  a safe heaven near the border. It left after two - or three - days.',
    'He said "we  never went there" in May.  Nobody asked why. The end came in 1990-95.',
  ];
  const edits = fc.array(
    fc.record({
      by: fc.constantFrom(...people),
      from: fc.nat(170),
      length: fc.nat(14),
      words: fc.constantFrom('', 'haven', ' ', '–', '”', 'the town'),
      minute: fc.integer({ min: 0, max: 30 }),
      reason: fc.constantFrom('', '', 'Style'),
      apart: fc.nat(5),
    }),
    { maxLength: 24 },
  );

  it('[CD6] has every annotation on exactly one card, the cards in the order of the text, whoever asks', () => {
    let shared = 0;
    fc.assert(
      fc.property(edits, (changes) => {
        let doc = article(...body);
        const said: Record<string, Said> = {};
        changes.forEach(({ by, from, length, words, minute, reason }, i) => {
          const tr = new Transform(doc);
          const start = Math.max(7, Math.min(from + 7, doc.content.size - 1));
          const { parentOffset, parent } = doc.resolve(start);
          const end = start + Math.min(length, parent.content.size - parentOffset);
          if (words) tr.replaceWith(start, end, schema.text(words));
          else tr.delete(start, end);
          const id = `${by}${i}`;
          const tracked = track(doc, tr, by, { idFor: () => id });
          if ('refused' in tracked) return;
          doc = run(doc, tracked.steps);
          said[id] = { minute, reason };
        });
        const list: Annotation[] = noted(doc, said);
        const apart = new Set(
          changes.flatMap(({ by, apart: away }, i) => (away === 0 ? `${by}${i}` : [])),
        );
        const groups = cardGroups(list, doc, apart);
        const ids = groups.flatMap(({ items }) => items.map(({ id }) => id));
        expect(ids.toSorted()).toEqual(list.map(({ id }) => id).toSorted());
        const names = groups.map(({ id }) => id);
        expect(new Set(names).size).toBe(names.length);
        const place = (item: Annotation): number => list.indexOf(item);
        for (const { items } of groups)
          expect(items.map(place)).toEqual(items.map(place).toSorted((a, b) => a - b));
        const inOrder = (some: readonly CardGroup[]): void => {
          const firsts = some.map(({ items }) => place(items[0]));
          expect(firsts).toEqual(firsts.toSorted((a, b) => a - b));
        };
        const silent = groups.findIndex(({ card }) => card === 'silent');
        inOrder(silent < 0 ? groups : groups.slice(0, silent));
        if (silent >= 0) {
          expect(groups.slice(silent).every(({ card }) => card === 'silent')).toBe(true);
          inOrder(groups.slice(silent));
        }
        const rivals = competitors(doc);
        for (const [id, others] of rivals)
          for (const other of others) expect(cardWith(groups, id)).toBe(cardWith(groups, other));
        for (const { card, items } of groups) {
          if (card !== 'one') shared += 1;
          if (card === 'recast' || card === 'silent') {
            expect(new Set(items.map(({ by }) => by)).size).toBe(1);
            expect(items.some(({ id }) => apart.has(id) || rivals.has(id))).toBe(false);
          }
        }
        // The same document read afresh, without what is remembered of its blocks.
        const again = schema.nodeFromJSON(doc.toJSON());
        expect(shape(cardGroups(noted(again, said), again, apart))).toEqual(shape(groups));
      }),
      { numRuns: 150, seed: 20261122 },
    );
    expect(shared).toBeGreaterThan(50);
  });
});
