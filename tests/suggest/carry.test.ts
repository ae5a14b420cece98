/** Direct edits beside pending suggestions: nothing of a suggestion spreads, and none is lost on the way. */
import { Transform } from 'prosemirror-transform';
import { describe, expect, it } from 'vitest';
import { schema } from '#core/article/schema.ts';
import { carry } from '#core/suggest/carry.ts';
import { accepted, original } from '#core/suggest/project.ts';
import { article, at, replace, shown, suggest, type } from '#tests/suggest/build.ts';
import { run } from '#tests/suggest/laws.ts';
import { onAccepted } from '#tests/suggest/oracle.ts';
import {
  below,
  editTransform,
  pick,
  randomArticle,
  randomEdit,
  randomEditData,
  rng,
} from '#tests/suggest/random-edit.ts';

const doc = article('a safe heaven', 'second');

function direct(before: typeof doc, change: (tr: Transform) => unknown) {
  const tr = new Transform(before);
  change(tr);
  return run(tr.doc, carry(before, tr));
}

describe('direct edits', () => {
  it('[TR16] trap 5: text typed inside an insertion or a deletion is plain text', () => {
    const theirs = suggest(doc, 'b', 's1', replace('heaven', 'haven')).doc;
    for (const [words, expected] of [
      ['aven{', 'a safe [-he-b]x[-aven-b]{+haven+b} ¶ second'],
      ['ven', 'a safe [-hea-b]x[-ven-b]{+haven+b} ¶ second'],
    ] as const) {
      const pos = at(theirs, words.replace('{', ''));
      const marks = theirs.resolve(pos).marks();
      expect(marks.length).toBeGreaterThan(0);
      expect(shown(direct(theirs, (tr) => tr.insert(pos, schema.text('x', marks))))).toBe(expected);
    }
  });

  it('[TR16] trap 6: a direct split takes no suggestion about the boundary with it', () => {
    const split = suggest(doc, 'a', 's1', (tr) => tr.split(at(doc, 'heaven'))).doc;
    const again = direct(split, (tr) => tr.split(at(split, 'ven')));
    expect(shown(again)).toBe('a safe  ¶ <ins:a>hea ¶ ven ¶ second');
    expect(original(again).eq(article('a safe hea', 'ven', 'second'))).toBe(true);
  });

  it('[TR16] trap 7: a block retyped by any command keeps what is suggested about its boundary', () => {
    const split = suggest(doc, 'a', 's1', (tr) => tr.split(at(doc, 'heaven'))).doc;
    const pos = at(split, 'heaven') - 1;
    const retyped = direct(split, (tr) =>
      tr.setBlockType(pos + 1, pos + 1, doc.child(1).type, { style: 'quote' }),
    );
    expect(shown(retyped)).toBe('a safe  ¶ <ins:a>heaven ¶ second');
    expect(retyped.nodeAt(pos)?.attrs['style']).toBe('quote');
    const markup = direct(split, (tr) => tr.setNodeMarkup(pos, null, { style: 'bio' }));
    expect(shown(markup)).toBe('a safe  ¶ <ins:a>heaven ¶ second');
  });

  it('[TR16] trap 8: text pasted directly leaves suggestions behind', () => {
    const theirs = suggest(doc, 'b', 's1', replace('heaven', 'haven')).doc;
    const copy = theirs.slice(at(theirs, 'heaven'), at(theirs, 'heaven') + 11);
    const pos = at(theirs, 'second');
    expect(shown(direct(theirs, (tr) => tr.replace(pos, pos, copy)))).toBe(
      'a safe [-heaven-b]{+haven+b} ¶ heavenhavensecond',
    );
  });

  it('[TR16] trap 14: a block put directly in the place of a struck one is not struck', () => {
    const start = at(doc, 'second') - 1;
    const struck = suggest(doc, 'a', 's1', (tr) => tr.delete(start, start + 8)).doc;
    const fresh = schema.node('block', null, [schema.text('new')]);
    const head = direct(struck, (tr) => tr.replaceWith(start, start + 8, fresh));
    expect(shown(head)).toBe('a safe heaven ¶ new');
    const retyped = direct(struck, (tr) => tr.setNodeMarkup(start, null, { style: 'bio' }));
    expect(shown(retyped)).toBe('a safe heaven ¶ <del:a>[-second-a]');
  });

  it('[TR16] an empty block or a boundary put directly in the place of a struck one is not struck (seed 3533)', () => {
    const gap = article('a safe heaven', '', 'second');
    const empty = at(gap, 'second') - 3;
    const struck = suggest(gap, 'a', 's1', (tr) => tr.delete(empty, empty + 2)).doc;
    expect(shown(struck)).toBe('a safe heaven ¶ <del:a> ¶ second');
    const fresh = schema.node('block');
    const again = direct(struck, (tr) => tr.replaceWith(empty, empty + 2, fresh));
    expect(shown(again)).toBe('a safe heaven ¶  ¶ second');
    const retyped = direct(struck, (tr) => tr.setNodeMarkup(empty, null, { style: 'quote' }));
    expect(shown(retyped)).toBe('a safe heaven ¶ <del:a> ¶ second');
    const end = at(doc, 'second') - 2;
    const joined = suggest(doc, 'a', 's1', (tr) => tr.delete(end, end + 2)).doc;
    expect(shown(joined)).toBe('a safe heaven ¶ <del:a>second');
    const split = direct(joined, (tr) => tr.delete(end, end + 2).split(end));
    expect(shown(split)).toBe('a safe heaven ¶ second');
  });

  it('[TR16] a style set directly settles the styles suggested for the block', () => {
    const pos = at(doc, 'second') - 1;
    const quote = suggest(doc, 'b', 's1', (tr) => tr.setNodeAttribute(pos, 'style', 'quote')).doc;
    const head = direct(quote, (tr) => tr.setNodeAttribute(pos, 'style', 'heading1'));
    expect(head.nodeAt(pos)?.attrs).toEqual({ style: 'heading1', list: null, sugg: [] });
  });

  it('[TR16] an edit that touches no suggestion needs nothing', () => {
    const tr = new Transform(doc);
    type('very ', at(doc, 'safe'))(tr);
    expect(carry(doc, tr)).toEqual([]);
  });

  it('[TR16] random direct edits: accepting gives what the edit gives on the accepted text', () => {
    let checked = 0;
    for (let seed = 1; seed <= Number(process.env['FUZZ_RUNS'] ?? 150); seed++) {
      const random = rng(seed);
      const kinds = { boundary: true, block: true, format: false };
      let head = randomArticle(random);
      for (let i = 0; i < 8; i++) {
        const tr = randomEdit(random, head, kinds);
        if (!tr) continue;
        try {
          head = suggest(head, pick(random, ['a', 'b']), `s${i}${below(random, 3)}`, (own) => {
            for (const step of tr.steps) own.step(step);
          }).doc;
        } catch {
          continue;
        }
      }
      const edit = randomEditData(random, head, kinds);
      const tr = edit && editTransform(head, edit);
      const expected = edit && tr ? onAccepted(head, accepted(head), edit) : null;
      if (!tr || !expected) continue;
      checked++;
      const now = run(tr.doc, carry(head, tr));
      now.check();
      expect(accepted(now).toJSON(), `seed ${seed}`).toEqual(expected.toJSON());
    }
    expect(checked).toBeGreaterThan(30);
  });
});
