// Suggestions on a long article: what a keystroke, a check, a decision and striking out everything cost in the core.
import { Transform } from 'prosemirror-transform';
import type { Node } from 'prosemirror-model';
import { schema } from '#core/article/schema.ts';
import { decide } from '#core/suggest/decide.ts';
import { suggestionsIn } from '#core/suggest/entries.ts';
import { guardSuggest } from '#core/suggest/guard.ts';
import { project } from '#core/suggest/project.ts';
import { track, type Tracked } from '#core/suggest/track.ts';
import { percentile, type Figure } from './figure.ts';

const words = 50_000;
const suggestions = 2_500;
const paragraph = 80;
const lexicon = 'the turtles of the coast nest on warm sand and nobody counts them twice'.split(
  ' ',
);

function tracked(doc: Node, by: string, id: string, change: (tr: Transform) => unknown): Tracked {
  const tr = new Transform(doc);
  change(tr);
  const result = track(doc, tr, by, { idFor: () => id });
  if ('refused' in result) throw new Error(result.refused);
  return result;
}

/** An article of so many words with replaced words spread over it, by three people. */
function article(): Node {
  const blocks = Array.from({ length: words / paragraph }, (_, p) => {
    const text = Array.from(
      { length: paragraph },
      (_, w) => lexicon[(p * 7 + w * 3) % lexicon.length] ?? '',
    ).join(' ');
    return schema.node('block', null, [schema.text(`${text}.`)]);
  });
  let doc = schema.node('doc', null, [
    schema.node('headline', null, [schema.text('Long')]),
    ...blocks,
  ]);
  const step = Math.floor(doc.content.size / suggestions);
  for (let i = suggestions - 1; i >= 0; i--) {
    const pos = doc.resolve(10 + i * step);
    if (pos.parentOffset < 1 || pos.parentOffset + 5 > pos.parent.content.size) continue;
    doc = tracked(doc, ['ann', 'bob', 'cem'][i % 3] ?? 'ann', `s${i}`, (tr) =>
      tr.replaceWith(pos.pos, pos.pos + 3, schema.text('new')),
    ).doc;
  }
  return doc;
}

function times(rounds: number, run: () => void): number[] {
  return Array.from({ length: rounds }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
}

/** All times in milliseconds, median of the rounds. */
export async function measure(): Promise<Figure[]> {
  const doc = article();
  const pending = [...suggestionsIn(doc).keys()];
  const middle = Math.floor(doc.content.size / 2);
  const key = (tr: Transform) => tr.insert(tr.doc.resolve(middle).start() + 5, schema.text('x'));
  const all = (tr: Transform) => tr.delete(1, tr.doc.content.size - 1);
  const steps = tracked(doc, 'dan', 'k', key).steps;
  const figure = (what: string, samples: number[], aim?: string): Figure => ({
    what: `${what} (${words} words, ${pending.length} suggestions)`,
    value: percentile(samples, 0.5),
    unit: 'ms',
    ...(aim ? { aim } : {}),
  });
  return [
    figure(
      'Track one keystroke',
      times(200, () => tracked(doc, 'dan', 'k', key)),
    ),
    figure(
      'Guard one keystroke',
      times(200, () => guardSuggest(doc, steps, 'dan', () => true)),
    ),
    figure(
      'Project the whole text',
      times(20, () => project(doc, () => 'accept')),
    ),
    figure(
      'Accept everything',
      times(5, () => decide(doc, pending, 'accept')),
    ),
    figure(
      'Strike out everything',
      times(7, () => tracked(doc, 'dan', 'all', all)),
      'at most 100 ms',
    ),
  ];
}
