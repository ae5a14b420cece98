// Random edits on both sides of a file, and the comments of footnotes.
import { fc } from '#tests/support/properties.ts';
import type { Node } from 'prosemirror-model';
import { Transform, type StepMap } from 'prosemirror-transform';
import { expect, it } from 'vitest';
import { schema } from '#core/article/schema.ts';
import type { SuggestionRow } from '#core/annotate/annotation.ts';
import { quoteAt } from '#core/annotate/quote.ts';
import { readReturned } from '#core/formats/docx/read-docx.ts';
import { writeDocx } from '#core/formats/docx/write-docx.ts';
import type { Plan } from '#core/formats/return/plan.ts';
import type { SinceMap } from '#core/formats/return/since.ts';
import { decide } from '#core/suggest/decide.ts';
import { isDeletion } from '#core/suggest/entries.ts';
import { accepted } from '#core/suggest/project.ts';
import { track } from '#core/suggest/track.ts';
import { partsOf } from '#tests/formats/docx/word-file.ts';
import { testContext } from '#tests/formats/round-trip.ts';
import { brought, plan, reviewOf, rowOf } from '#tests/formats/return/there-and-back.ts';

const word = (block: number, i: number): string => `w${block}x${i}`;

/** Three paragraphs of words that occur once, with two suggestions of Ines pending in them. */
function baseDoc(): Node {
  const blocks = [0, 1, 2].map((block) =>
    schema.node(
      'block',
      null,
      schema.text([...Array(8).keys()].map((i) => word(block, i)).join(' ')),
    ),
  );
  let doc = schema.node('doc', null, [
    schema.node('headline', null, schema.text('Words')),
    ...blocks,
  ]);
  doc = suggested(doc, 'ines', 'i1', (tr) => put(tr, word(0, 3), 'n1')) ?? doc;
  return suggested(doc, 'ines', 'i2', (tr) => drop(tr, word(1, 4))) ?? doc;
}

function find(doc: Node, words: string): { from: number; to: number } | null {
  let at: { from: number; to: number } | null = null;
  doc.descendants((node, pos) => {
    const index = (node.text ?? '').search(new RegExp(`\\b${words}\\b`));
    if (index >= 0) at = { from: pos + index, to: pos + index + words.length };
  });
  return at;
}
const put = (tr: Transform, before: string, words: string): boolean => {
  const at = find(tr.doc, before);
  if (at) tr.insert(at.from, schema.text(`${words} `));
  return at !== null;
};
/** Words that are struck already are left alone: a file holds one striking of them. */
const drop = (tr: Transform, words: string): boolean => {
  const at = find(tr.doc, words);
  if (!at || tr.doc.nodeAt(at.from)?.marks.some(isDeletion)) return false;
  tr.delete(at.from, at.to);
  return true;
};
/** A footnote behind a word, at its place among the others. */
const annotate = (tr: Transform, words: string, note: string): boolean => {
  const at = find(tr.doc, words);
  if (!at) return false;
  let place = tr.doc.content.size;
  const before = new Set<unknown>();
  tr.doc.nodesBetween(0, at.to, (node, pos) => {
    if (node.type.name === 'footnoteRef' && pos < at.to) before.add(node.attrs['id']);
  });
  tr.doc.forEach((node, offset) => {
    if (node.type.name === 'footnote' && !before.has(node.attrs['id']))
      place = Math.min(place, offset);
  });
  tr.insert(place, schema.node('footnote', { id: note }, schema.text(note)));
  tr.insert(at.to, schema.node('footnoteRef', { id: note }));
  return true;
};
/** A picture behind the block of a word. */
const picture = (tr: Transform, words: string, caption: string): boolean => {
  const at = find(tr.doc, words);
  if (!at) return false;
  const src = 'https://example.org/a.png';
  tr.insert(
    tr.doc.resolve(at.from).after(1),
    schema.node('figure', { src, alt: 'A picture' }, schema.text(caption)),
  );
  return true;
};

function suggested(
  doc: Node,
  by: string,
  id: string,
  act: (tr: Transform) => boolean,
  maps?: StepMap[],
): Node | null {
  const tr = new Transform(doc);
  if (!act(tr)) return null;
  const tracked = track(doc, tr, by, { idFor: () => id });
  if ('refused' in tracked) return null;
  maps?.push(...tracked.steps.map((step) => step.getMap()));
  return tracked.doc;
}

/** One act: what, and on which word. */
type Act = [
  what:
    | 'put'
    | 'drop'
    | 'put-plain'
    | 'drop-plain'
    | 'note'
    | 'note-plain'
    | 'picture'
    | 'picture-plain'
    | 'accept'
    | 'reject',
  block: number,
  i: number,
];
const acts = fc.array(
  fc.tuple(
    fc.constantFrom<Act[0]>(
      'put',
      'drop',
      'put-plain',
      'drop-plain',
      'note',
      'note-plain',
      'picture',
      'picture-plain',
      'accept',
      'reject',
    ),
    fc.nat(2),
    fc.nat(7),
  ),
  { maxLength: 5 },
);

/** Carries acts out; `name` begins the words that are put in, which are told with those that went. */
function played(doc: Node, list: readonly Act[], by: string, name: string) {
  const maps: StepMap[] = [];
  const came: string[] = [];
  const went: string[] = [];
  const decided = new Map<string, 'accepted' | 'rejected'>();
  let now = doc;
  list.forEach(([what, block, i], n) => {
    const target = word(block, i);
    const fresh = `${name}${n}`;
    const adds = !what.startsWith('drop');
    const act = (tr: Transform): boolean =>
      what.startsWith('put')
        ? put(tr, target, fresh)
        : what.startsWith('note')
          ? annotate(tr, target, fresh)
          : what.startsWith('picture')
            ? picture(tr, target, fresh)
            : drop(tr, target);
    if (what === 'accept' || what === 'reject') {
      const id = block === 1 ? 'i2' : 'i1';
      if (!decided.has(id)) decided.set(id, `${what}ed`);
      const { steps } = decide(now, [id], what);
      for (const step of steps) {
        maps.push(step.getMap());
        now = step.apply(now).doc ?? now;
      }
      return;
    }
    if (what.endsWith('plain')) {
      const tr = new Transform(now);
      if (!act(tr)) return;
      maps.push(...tr.mapping.maps);
      now = tr.doc;
    } else {
      const made = suggested(now, by, `${name}-${n}`, act, maps);
      if (!made) return;
      now = made;
    }
    (adds ? came : went).push(adds ? fresh : target);
  });
  return { doc: now, maps, came, went, decided };
}

/** What is wrong with a plan and the text it gives; nothing when all is well. */
function faults(
  made: Plan,
  words: string,
  came: readonly string[],
  went: readonly string[],
): string[] {
  const found: string[] = [];
  const items = [...made.text, ...made.decisions].map(({ item }) => item);
  const listed = (part: string, state: (one: string) => boolean): boolean =>
    items.some(
      (item) =>
        state(item.state) &&
        new RegExp(`\\b${part}\\b`).test(
          `${item.deleted} ${item.inserted} ${item.returned?.words} ${item.sent?.words}`,
        ),
    );
  const count = (part: string): number => words.split(new RegExp(`\\b${part}\\b`)).length - 1;
  for (const part of came) {
    if (count(part) > 1) found.push(`${part} is there ${count(part)} times`);
    if (count(part) === 0 && !listed(part, (state) => state !== 'new'))
      found.push(`${part} is lost`);
  }
  for (const part of went)
    if (count(part) > 0 && !listed(part, (state) => state !== 'new')) found.push(`${part} stayed`);
  return found;
}

/** The suggestions of the text as they were decided. */
const decidedRows = (decided: ReadonlyMap<string, 'accepted' | 'rejected'>): SuggestionRow[] =>
  [...decided].map(([id, status]) =>
    rowOf(id, 'ines', id === 'i1' ? { status, inserted: 'n1 ' } : { status, deleted: word(1, 4) }),
  );

const run = (here: Act[], there: Act[], spoil = (one: Plan): Plan => one): string[] => {
  const base = baseDoc();
  const back = played(base, there, 'zoe', 'z');
  const meanwhile = played(base, here, 'tom', 'h');
  const maps: SinceMap[] = meanwhile.maps.map((map) => ({ map, own: false }));
  const head = reviewOf(meanwhile.doc, decidedRows(meanwhile.decided));
  const made = spoil(plan(base, back.doc, head, maps));
  const { doc, keys, steps, failed } = brought(made, head.doc, maps);
  expect(failed).toEqual([]);
  const text = accepted(doc).textBetween(
    0,
    doc.content.size > 0 ? accepted(doc).content.size : 0,
    ' ',
  );
  const out = faults(made, text, back.came, back.went);
  for (const part of meanwhile.came)
    if (
      !new RegExp(`\\b${part}\\b`).test(text) &&
      new RegExp(`\\b${part}\\b`).test(accepted(head.doc).textContent)
    )
      out.push(`${part} of the house went`);
  // The same file once more: what was done is known by its name.
  const rows = keys.map((id) => rowOf(id, 'tom'));
  const next = plan(base, back.doc, reviewOf(doc, rows), [
    ...maps,
    ...steps.map((step) => ({ map: step.getMap(), own: false })),
  ]);
  for (const { item } of next.text)
    if (item.state === 'new') out.push(`${item.deleted}|${item.inserted} would be done twice`);
  return out;
};

it('[WB13] whatever was edited on both sides, nothing is lost and nothing is done twice', () => {
  fc.assert(
    fc.property(acts, acts, (here, there) => {
      expect(run(here, there)).toEqual([]);
    }),
    { numRuns: 80 },
  );
}, 180_000);

it('[WB13] a picture behind the last block and a footnote at its end stand side by side', () => {
  const note: Act = ['note', 2, 7];
  for (const what of ['picture-plain', 'picture'] as const)
    for (const acts of [
      [[what, 2, 0], note],
      [note, [what, 2, 0]],
    ] satisfies Act[][])
      expect(run([], acts), JSON.stringify(acts)).toEqual([]);
});

it('[WB13] a plan that forgets a change is found out', () => {
  const there: Act[] = [
    ['put', 0, 1],
    ['drop-plain', 2, 2],
  ];
  expect(run([], there)).toEqual([]);
  const forgetful = run([], there, (made) => ({ ...made, text: made.text.slice(1) }));
  expect(forgetful).not.toEqual([]);
});

it('[WB12] a comment on the words of a footnote stands on its number, and comes back to its words', () => {
  const doc = schema.node('doc', null, [
    schema.node('headline', null, schema.text('Words')),
    schema.node('block', null, [
      schema.text('A claim'),
      schema.node('footnoteRef', { id: 'f1' }),
      schema.text('.'),
    ]),
    schema.node('footnote', { id: 'f1' }, schema.text('The source of it.')),
  ]);
  const at = find(doc, 'source');
  if (!at) throw new Error('The note is not there.');
  const anchor = {
    id: 'c1',
    kind: 'comment' as const,
    ...at,
    state: 'attached' as const,
    good: { rev: 0, ...at },
    ...quoteAt(doc, at.from, at.to),
  };
  const comment = {
    id: 'c1',
    by: 'tom',
    at: '2026-11-20T10:00:00Z',
    text: 'Which page?',
    audience: 'all' as const,
    status: 'open' as const,
    replies: [],
  };
  const review = {
    ...reviewOf(doc),
    comments: new Map([['c1', comment]]),
    anchors: { byId: new Map([['c1', anchor]]), graves: [] },
  };
  const { content, warnings } = writeDocx(review, { view: 'marked', notice: null });
  const parts = partsOf(content);
  expect(parts.get('word/footnotes.xml')).not.toContain('commentReference');
  expect(parts.get('word/document.xml')).toContain('commentReference');
  expect(warnings.map(({ message }) => message).join('\n')).toContain(
    'stands on the number of the note',
  );
  const read = readReturned(content, testContext());
  if (!read.ok) throw new Error(read.detail);
  const { anchors } = read.imported.review;
  expect([...anchors.byId.values()].map(({ exact }) => exact)).toEqual(['source']);
});
