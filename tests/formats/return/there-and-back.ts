/** A text that goes out as a Word file, another that comes back as one, and what is made of the difference. */
import type { Node } from 'prosemirror-model';
import type { Person, SuggestionRow } from '#core/annotate/annotation.ts';
import { readReturned } from '#core/formats/docx/read-docx.ts';
import { writeDocx } from '#core/formats/docx/write-docx.ts';
import { bringSuggestions, type Brought } from '#core/formats/return/bring.ts';
import { planReturn, type Plan } from '#core/formats/return/plan.ts';
import { Since, type SinceMap } from '#core/formats/return/since.ts';
import { listSuggestions } from '#core/suggest/list.ts';
import { newReview, type Review } from '#core/sync/review.ts';
import { testContext } from '#tests/formats/round-trip.ts';

const person = (id: string, name: string): Person => ({ id, name, role: 'editor', color: 0 });
const people = [person('ines', 'Ines'), person('tom', 'Tom'), person('zoe', 'Zoe')];

/** A suggestion as a review knows it. */
export const rowOf = (
  id: string,
  by: string,
  rest: Partial<SuggestionRow> = {},
): SuggestionRow => ({
  id,
  by,
  at: '',
  last: '',
  reason: '',
  category: '',
  audience: 'all',
  status: 'pending',
  deleted: '',
  inserted: '',
  replies: [],
  ...rest,
});

/** A review of a text, with a row for each suggestion in it. */
export function reviewOf(doc: Node, rows: readonly SuggestionRow[] = []): Review {
  const made = newReview({ id: 'a', language: 'en', stage: 'desk' }, people, doc);
  const found = listSuggestions(doc).map(({ id, by, deleted, inserted }) =>
    rowOf(id, by, { deleted, inserted }),
  );
  return { ...made, suggestions: new Map([...found, ...rows].map((row) => [row.id, row])) };
}

/** A text as it reads in a file. */
export function filed(doc: Node) {
  const read = readReturned(
    writeDocx(reviewOf(doc), { view: 'marked', notice: null }).content,
    testContext(),
  );
  if (!read.ok || !read.wayBack) throw new Error('A file of ours is not read.');
  return { ...read, wayBack: read.wayBack };
}

/** The plan for `back`, which went out as `base`, while the article became `head`. */
export function plan(base: Node, back: Node, head: Review, maps: readonly SinceMap[]): Plan {
  const file = filed(back);
  const sent = filed(base).imported.review.doc;
  const { wayBack } = file;
  return planReturn({ file, wayBack, base, sent, head, maps, mayDecide: true, maySuggest: true });
}

/** Everything of a plan that is new, done by Tom on the text it was made for. */
export function brought(
  made: Plan,
  head: Node,
  maps: readonly SinceMap[] = [],
): Brought & { doc: Node } {
  const fresh = made.text.filter(({ item }) => item.state === 'new');
  const done = bringSuggestions(fresh, {
    head,
    since: new Since(head, maps),
    changes: made.changes,
    by: 'tom',
  });
  const doc = done.steps.reduce((at, step) => {
    const { doc: next, failed } = step.apply(at);
    if (!next) throw new Error(failed ?? 'A step does not fit.');
    return next;
  }, head);
  doc.check();
  return { ...done, doc };
}
