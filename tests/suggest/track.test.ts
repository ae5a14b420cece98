/** Tracking, case by case: what becomes of typing, deleting, replacing, splitting and joining. */
import { Slice } from 'prosemirror-model';
import { Transform } from 'prosemirror-transform';
import { describe, expect, it } from 'vitest';
import { schema } from '#core/article/schema.ts';
import { listSuggestions } from '#core/suggest/list.ts';
import { accepted, original } from '#core/suggest/project.ts';
import { track } from '#core/suggest/track.ts';
import { article, at, replace, shown, suggest, type } from '#tests/suggest/build.ts';

const doc = article('a safe heaven for us', 'second');

describe('typing and deleting', () => {
  it('[TR3] replacing a word strikes it and puts the new one after it, under one id', () => {
    const { doc: after, ids } = suggest(doc, 'a', 's1', replace('heaven', 'haven'));
    expect(shown(after)).toBe('a safe [-heaven-a]{+haven+a} for us ¶ second');
    expect(ids).toEqual(['s1']);
    expect(original(after).eq(doc)).toBe(true);
    expect(accepted(after).eq(article('a safe haven for us', 'second'))).toBe(true);
  });

  it('[TR3] deleting across blocks strikes the text and the boundary', () => {
    const { doc: after } = suggest(doc, 'a', 's1', (tr) =>
      tr.delete(at(doc, ' us'), at(doc, 'cond')),
    );
    expect(shown(after)).toBe('a safe heaven for[- us-a] ¶ <del:a>[-se-a]cond');
    expect(accepted(after).eq(article('a safe heaven forcond'))).toBe(true);
  });

  it('[TR4] the own pending text really goes; what somebody else suggests is struck', () => {
    const mine = suggest(doc, 'a', 's1', type('very ', at(doc, 'safe'))).doc;
    expect(suggest(mine, 'a', 's2', replace('very ', '')).doc.eq(doc)).toBe(true);
    expect(suggest(mine, 'a', 's2', replace('very ', '')).ids).toEqual([]);
    const theirs = suggest(mine, 'b', 's2', replace('very ', '')).doc;
    expect(shown(theirs)).toBe('a [-{+very +a}-b]safe heaven for us ¶ second');
  });

  it('[TR30] words moved away and back in one transaction, as when dropped on themselves, suggest nothing', () => {
    const moved = suggest(doc, 'a', 's1', (tr) => {
      replace('heaven', '')(tr);
      tr.insert(at(doc, 'heaven'), schema.text('heaven'));
    });
    expect(moved.steps).toEqual([]);
    expect(moved.doc.eq(doc)).toBe(true);
  });

  it('[TR4] deleting what the author has struck already changes nothing', () => {
    const struck = suggest(doc, 'a', 's1', replace('safe ', '')).doc;
    expect(suggest(struck, 'a', 's2', replace('safe ', '')).steps).toEqual([]);
  });

  it("[TR4] typing inside somebody else's deletion parts it, and the new text stays", () => {
    const struck = suggest(doc, 'b', 's1', replace('heaven', '')).doc;
    const typed = suggest(struck, 'a', 's2', type('X', at(doc, 'aven'))).doc;
    expect(shown(typed)).toBe('a safe [-he-b]{+X+a}[-aven-b] for us ¶ second');
  });

  it("[TR5] trap 5: text typed inside somebody else's insertion is only the author's", () => {
    const theirs = suggest(doc, 'b', 's1', type('WORD ', at(doc, 'safe'))).doc;
    const pos = at(theirs, 'RD ');
    const typed = suggest(theirs, 'a', 's2', (tr) =>
      tr.insert(pos, schema.text('x', theirs.resolve(pos).marks())),
    ).doc;
    expect(shown(typed)).toBe('a {+WO+b}{+x+a}{+RD +b}safe heaven for us ¶ second');
  });

  it("[TR5] trap 8: pasted text leaves other people's suggestions behind", () => {
    const theirs = suggest(doc, 'b', 's1', replace('heaven', 'haven')).doc;
    const from = at(theirs, 'heaven');
    const copy = theirs.slice(from, from + 11);
    const pasted = suggest(theirs, 'a', 's2', (tr) =>
      tr.replace(at(theirs, 'second'), at(theirs, 'second'), copy),
    ).doc;
    expect(shown(pasted)).toBe('a safe [-heaven-b]{+haven+b} for us ¶ {+heavenhaven+a}second');
  });

  it('[TR6] a word typed letter by letter, and one replaced through dead keys, is one suggestion', () => {
    let current = doc;
    for (const [i, letter] of [...'very '].entries())
      current = reusing(current, type(letter, at(doc, 'safe') + i));
    expect(listSuggestions(current)).toMatchObject([{ inserted: 'very ', kind: 'insert' }]);

    let dead = doc;
    dead = reusing(dead, replace('e', 'e\u0302'));
    for (const [old, fresh] of [
      ['e\u0302', 'ê'],
      ['ê', 'ế'],
    ] as const)
      dead = reusing(dead, replace(old, fresh));
    expect(listSuggestions(dead)).toMatchObject([{ deleted: 'e', inserted: 'ế', kind: 'replace' }]);
  });

  it('[TR6] three strokes of Backspace are one deletion; apart from it a new one begins', () => {
    let current = doc;
    for (let i = 3; i > 0; i--)
      current = reusing(current, (tr) => tr.delete(at(doc, 'safe') + i, at(doc, 'safe') + i + 1));
    expect(listSuggestions(current)).toMatchObject([{ deleted: 'afe', kind: 'delete' }]);
    current = reusing(current, replace('us', ''));
    expect(listSuggestions(current)).toHaveLength(2);
  });
});

let serial = 0;
const reusing = (before: typeof doc, change: (tr: Transform) => unknown) => {
  const tr = new Transform(before);
  change(tr);
  const result = track(before, tr, 'a', { idFor: (near) => near[0]?.id ?? `new${++serial}` });
  if ('refused' in result) throw new Error(result.refused);
  return result.doc;
};

describe('blocks', () => {
  it('[TR7] a split marks the new boundary, and Backspace there takes the own one out again', () => {
    const split = suggest(doc, 'a', 's1', (tr) => tr.split(at(doc, 'heaven'))).doc;
    expect(shown(split)).toBe('a safe  ¶ <ins:a>heaven for us ¶ second');
    expect(original(split).eq(doc)).toBe(true);
    const joined = suggest(split, 'a', 's2', (tr) => tr.join(at(split, 'heaven') - 1)).doc;
    expect(joined.eq(doc)).toBe(true);
  });

  it('[TR7] a join strikes the boundary; the first block of the body keeps its own', () => {
    const joined = suggest(doc, 'a', 's1', (tr) => tr.join(at(doc, 'second') - 1)).doc;
    expect(shown(joined)).toBe('a safe heaven for us ¶ <del:a>second');
    const first = at(doc, 'a safe');
    const nothing = suggest(doc, 'a', 's1', (tr) => tr.delete(first - 2, first)).steps;
    expect(nothing).toEqual([]);
  });

  it('[TR8] what is not tracked is refused by name, never done silently', () => {
    const tr = new Transform(doc).addMark(8, 12, schema.mark('strong'));
    const textOnly = { format: false, block: false };
    expect(track(doc, tr, 'a', { idFor: () => 's' }, textOnly)).toEqual({ refused: 'format' });
    const style = new Transform(doc).setNodeAttribute(6, 'style', 'quote');
    expect(track(doc, style, 'a', { idFor: () => 's' }, textOnly)).toEqual({ refused: 'block' });
    const headline = new Transform(doc).insert(0, schema.node('kicker'));
    expect(track(doc, headline, 'a', { idFor: () => 's' })).toEqual({ refused: 'masthead' });
    const note = new Transform(doc).insert(8, schema.node('footnoteRef', { id: 'n' }));
    expect(track(doc, note, 'a', { idFor: () => 's' })).toEqual({ refused: 'footnote' });
  });

  it('[TR17] a struck footnote reference takes its footnote with it', () => {
    const ref = schema.node('footnoteRef', { id: 'n1' });
    const noted = schema.node('doc', null, [
      schema.node('headline', null, [schema.text('Head')]),
      schema.node('block', null, [schema.text('word'), ref]),
      schema.node('footnote', { id: 'n1' }, [schema.text('note')]),
    ]);
    const struck = suggest(noted, 'a', 's1', (tr) => tr.delete(11, 12)).doc;
    expect(shown(struck)).toBe('word[-_-a] ¶ <del:a>[-note-a]');
    expect(accepted(struck).childCount).toBe(2);
    expect(original(struck).eq(noted)).toBe(true);
  });

  it('[TR18] trap 14: a pasted block is not taken for the struck one it is pasted over', () => {
    const first = article('one', 'two', 'three');
    const start = at(first, 'two') - 1;
    const struck = suggest(first, 'a', 's1', (tr) => tr.delete(start, start + 5)).doc;
    const blocks = ['X', 'Y'].map((text) => schema.node('block', null, [schema.text(text)]));
    const pasted = suggest(struck, 'a', 's2', (tr) => tr.replaceWith(start, start + 5, blocks)).doc;
    expect(accepted(pasted).eq(article('one', 'X', 'Y', 'three'))).toBe(true);
  });

  it('[TR1] everything selected and typed over still is a suggestion', () => {
    const all = suggest(doc, 'a', 's1', (tr) =>
      tr.replace(
        1,
        doc.content.size - 1,
        new Slice(schema.node('block', null, [schema.text('x')]).content, 0, 0),
      ),
    ).doc;
    expect(original(all).eq(doc)).toBe(true);
    all.check();
  });
});

describe('the caret', () => {
  it('[TR9] stands after inserted text, before struck text after Backspace, behind it after Delete', () => {
    const word = at(doc, 'heaven');
    const replaced = suggest(doc, 'a', 's1', replace('heaven', 'haven'));
    expect(replaced.place(word + 5, 1)).toBe(word + 11);
    const back = suggest(doc, 'a', 's1', (tr) => tr.delete(word - 1, word));
    expect(back.place(word - 1, -1)).toBe(word - 1);
    expect(back.place(word - 1, 1)).toBe(word);
    const split = suggest(doc, 'a', 's1', (tr) => tr.split(word));
    expect(split.place(word + 2, 1)).toBe(word + 2);
    expect(back.place(back.doc.content.size - 2, 1)).toBe(back.doc.content.size - 1);
  });
});

describe('listing', () => {
  it('[TR19] a card can say what is replaced, and where', () => {
    const one = suggest(doc, 'a', 's1', replace('heaven', 'haven')).doc;
    const two = suggest(one, 'b', 's2', (tr) => tr.split(at(one, 'second') + 3)).doc;
    const from = at(two, 'heaven');
    expect(listSuggestions(two)).toMatchObject([
      {
        id: 's1',
        by: 'a',
        from,
        to: from + 11,
        deleted: 'heaven',
        inserted: 'haven',
        kind: 'replace',
        ranges: [
          { from, to: from + 6, kind: 'deletion' },
          { from: from + 6, to: from + 11, kind: 'insertion' },
        ],
      },
      { id: 's2', by: 'b', inserted: '\n', kind: 'split' },
    ]);
  });

  it('[TR19] formatting and styles are named with what they change', () => {
    const bold = suggest(doc, 'a', 's1', (tr) => tr.addMark(8, 12, schema.mark('strong'))).doc;
    const quote = suggest(bold, 'b', 's2', (tr) =>
      tr.setNodeAttribute(at(bold, 'second') - 1, 'style', 'quote'),
    ).doc;
    expect(listSuggestions(quote)).toMatchObject([
      { id: 's1', kind: 'format', formats: { add: ['strong'], remove: [] } },
      { id: 's2', kind: 'block', styles: { after: { style: 'quote' } } },
    ]);
  });
});
