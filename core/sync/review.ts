/** The heart: an article with all its review work, and the one function that moves it from a revision to the next.
 *  Server, browser, exports and tests all see an article through this. */
import { Node } from 'prosemirror-model';
import { Step } from 'prosemirror-transform';
import { schema } from '#core/article/schema.ts';
import type {
  Claim,
  Comment,
  Occurrence,
  Person,
  SuggestionRow,
} from '#core/annotate/annotation.ts';
import { mapAnchors, refreshQuotes, type Anchor, type Grave } from '#core/annotate/anchor.ts';
import { acceptedStretches, regain, stretchesAfter } from '#core/annotate/regain.ts';
import { decidedIn } from '#core/annotate/decided.ts';
import { applyOp, type Notes } from '#core/annotate/reduce.ts';
import { settleOpened, settleRows } from '#core/annotate/settle.ts';
import type { Commit } from '#core/sync/commit.ts';
import type { Stage } from '#core/sync/stage.ts';
import { newStets } from '#core/sync/stet.ts';

/** What is known of an article beside its text. */
export interface ArticleInfo {
  id: string;
  language: string;
  stage: Stage;
  writerId?: string;
  /** The name of the file it was imported from. */
  source?: string;
}

/** An article at a revision. Everything on a screen or in a file is a pure function of this. */
export interface Review extends Notes {
  article: ArticleInfo;
  people: ReadonlyMap<string, Person>;
  doc: Node;
  rev: number;
}

/** A new article at revision 0. */
export function newReview(article: ArticleInfo, people: readonly Person[], doc: Node): Review {
  return {
    article,
    people: new Map(people.map((person) => [person.id, person])),
    doc,
    rev: 0,
    comments: new Map(),
    occurrences: new Map(),
    suggestions: new Map(),
    claims: new Map(),
    anchors: { byId: new Map(), graves: [] },
  };
}

/** The headline as text. */
export function headlineOf(doc: Node): string {
  let text = '';
  doc.forEach((node) => {
    if (node.type.name === 'headline') text = node.textContent;
  });
  return text;
}

/** A commit whose steps are already read, as `applyChange` takes it. */
export type Change = Pick<Commit, 'rev' | 'userId' | 'at' | 'intent' | 'ops'> & {
  steps: readonly Step[];
};

/** Applies steps and operations without looking at the revision. Throws RangeError when a step does not fit (a broken log). */
export function applyChange(review: Review, change: Change): Review {
  const { rev, at, userId } = change;
  const passage = {
    rev,
    by: userId,
    undo: change.intent === 'undo' || change.intent === 'decide',
    touched: new Set<string>(),
  };
  let { doc, anchors } = review;
  const stets = newStets(review, change.ops, userId, rev);
  if (stets.length > 0) {
    for (const { id } of stets) passage.touched.add(id);
    anchors = { ...anchors, byId: new Map([...anchors.byId, ...byId(stets)]) };
  }
  let stretches = acceptedStretches(doc, decidedIn(change.ops, 'accept'));
  for (const step of change.steps) {
    const result = step.apply(doc);
    if (!result.doc)
      throw new RangeError(`A step of revision ${rev} does not fit: ${result.failed}`);
    anchors = mapAnchors(anchors, step, doc, result.doc, passage);
    stretches = stretchesAfter(stretches, step.getMap());
    doc = result.doc;
  }
  anchors = refreshQuotes(anchors, passage.touched, doc);
  if (change.steps.length > 0) anchors = regain(review.anchors, anchors, stretches, doc, passage);
  let notes: Notes = { ...review, anchors };
  for (const op of change.ops) notes = applyOp(notes, op, { by: userId, at, rev, doc });
  const opened = change.ops.flatMap((op) => (op.op === 'suggestion.open' ? [op.id] : []));
  const settled = settleRows(notes.suggestions, review.doc, doc, userId, at);
  const suggestions = settleOpened(settled, opened, doc);
  return { ...review, ...notes, suggestions, doc, rev };
}

/** Applies the next commit of the log. Throws when it is not the next, or does not fit. */
export function apply(review: Review, commit: Commit): Review {
  if (commit.rev !== review.rev + 1)
    throw new RangeError(`Revision ${commit.rev} does not follow ${review.rev}.`);
  const steps = commit.steps.map((json) => Step.fromJSON(schema, json));
  return applyChange(review, { ...commit, steps });
}

/** A review as JSON: snapshots, the answer to a join, the lossless file. */
export interface ReviewJson {
  article: ArticleInfo;
  people: Person[];
  doc: unknown;
  rev: number;
  comments: Comment[];
  occurrences: Occurrence[];
  suggestions: SuggestionRow[];
  claims: Claim[];
  anchors: Anchor[];
  graves: Grave[];
}

export function reviewToJson(review: Review): ReviewJson {
  return {
    article: review.article,
    people: [...review.people.values()],
    doc: review.doc.toJSON() as unknown,
    rev: review.rev,
    comments: [...review.comments.values()],
    occurrences: [...review.occurrences.values()],
    suggestions: [...review.suggestions.values()],
    claims: [...review.claims.values()],
    anchors: [...review.anchors.byId.values()],
    graves: [...review.anchors.graves],
  };
}

const byId = <T extends { id: string }>(list: readonly T[]): ReadonlyMap<string, T> =>
  new Map(list.map((item) => [item.id, item]));

/** Reads a review back. Trusts the shape (it is our own); throws RangeError when the document is not one of the schema. */
export function reviewFromJson(json: ReviewJson): Review {
  const doc = Node.fromJSON(schema, json.doc);
  return {
    article: json.article,
    people: byId(json.people),
    doc,
    rev: json.rev,
    comments: byId(json.comments),
    occurrences: byId(json.occurrences),
    suggestions: byId(json.suggestions),
    claims: byId(json.claims),
    anchors: { byId: byId(json.anchors), graves: json.graves },
  };
}
