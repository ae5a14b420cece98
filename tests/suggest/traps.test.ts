/** Named traps of tracked changes that no other file names: each was once a way to lose or to invent words. */
import { describe, expect, it } from 'vitest';
import type { Node } from 'prosemirror-model';
import { Transform, type Step } from 'prosemirror-transform';
import { schema } from '#core/article/schema.ts';
import { decide } from '#core/suggest/decide.ts';
import { guardSuggest } from '#core/suggest/guard.ts';
import { accepted, original } from '#core/suggest/project.ts';
import { rebase } from '#core/sync/rebase.ts';
import { article, at, replace, shown, suggest, type } from '#tests/suggest/build.ts';
import { run, valid } from '#tests/suggest/laws.ts';

/** The second person's steps on the text that already has the first one's. */
function rebased(doc: Node, first: readonly Step[], second: readonly Step[]) {
  const head = run(doc, first);
  return {
    head,
    ...rebase(
      head,
      second,
      first.map((step) => step.getMap()),
    ),
  };
}

describe('traps', () => {
  it('[TR12] trap 2: a style suggested while an editor restyles the block directly lives on', () => {
    const doc = article('One.');
    const pos = at(doc, 'One.') - 1;
    const heading = { style: 'heading1', list: null };
    const asked = suggest(doc, 'ann', 'a', (tr) => tr.setNodeAttribute(pos, 'style', 'quote'));
    const direct = new Transform(doc).setNodeAttribute(pos, 'style', heading.style);
    const { doc: after, dropped } = rebased(doc, direct.steps, asked.steps);
    expect(dropped).toEqual([]);
    expect(original(after).child(1).attrs['style']).toBe('heading1');
    expect(accepted(after).child(1).attrs['style']).toBe('quote');
  });

  it('[TR2] trap 4: words that a strike never saw stay, although the original alone would not miss them', () => {
    const doc = article('a safe heaven here');
    const bob = suggest(doc, 'bob', 'b', type('very ', at(doc, 'heaven')));
    const ann = suggest(doc, 'ann', 'a', replace('safe heaven', ''));
    const { doc: after } = rebased(doc, bob.steps, ann.steps);
    expect(shown(after)).toBe('a [-safe -ann]{+very +bob}[-heaven-ann] here');
  });

  it('[DC1] trap 20: somebody’s words in a paragraph that another struck whole are kept, pending', () => {
    const doc = article('One.', 'Two.');
    const ann = suggest(doc, 'ann', 'a', (tr) => tr.delete(at(doc, 'Two.') - 1, doc.content.size));
    const both = suggest(ann.doc, 'bob', 'b', type('BOB', at(ann.doc, 'wo.'))).doc;
    const after = run(both, decide(both, ['a'], 'accept').steps);
    expect(shown(after)).toBe('One.{+BOB+bob}');
    expect(original(run(after, decide(after, ['b'], 'reject').steps)).textContent).toBe('HeadOne.');
  });

  it('[DC6] trap 21: a text whose every paragraph was suggested keeps one when all is rejected', () => {
    const doc = article('');
    const { doc: after } = suggest(doc, 'ann', 'a', (tr) => {
      const pos = doc.content.size - 1;
      return tr.insert(pos, schema.text('New.')).split(tr.doc.content.size - 1);
    });
    expect(after.childCount).toBe(3);
    expect(original(after).eq(doc)).toBe(true);
    expect(run(after, decide(after, ['a'], 'reject').steps).eq(doc)).toBe(true);
  });

  it('[TR21] trap 22: the same link put on the same words by two at once harms neither', () => {
    const doc = article('a safe haven');
    const link = schema.mark('link', { href: 'https://example.org/' });
    const by = (who: string) =>
      suggest(doc, who, who[0] ?? '', (tr) => tr.addMark(at(doc, 'safe'), at(doc, 'haven'), link));
    const [ann, bob] = [by('ann'), by('bob')];
    const second = rebased(doc, ann.steps, bob.steps);
    const judged = guardSuggest(second.head, second.steps, 'bob', () => true);
    expect(judged.ok).toBe(true);
    expect(valid(second.doc)).toBe(null);
    expect(original(second.doc).eq(doc)).toBe(true);
  });

  it('[TR6] trap 5 in Suggest mode: text typed inside a strike splits it and stays', () => {
    const doc = article('a safe heaven here');
    const ann = suggest(doc, 'ann', 'a', replace('safe heaven', ''));
    const both = suggest(ann.doc, 'bob', 'b', type('X', at(ann.doc, 'heaven'))).doc;
    expect(shown(both)).toBe('a [-safe -ann]{+X+bob}[-heaven-ann] here');
    expect(accepted(both).textContent).toBe('Heada X here');
  });
});
