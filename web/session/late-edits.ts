/** What was typed in Edit mode while the server was out of reach for long: others have gone on meanwhile, so it comes back
 *  as suggestions on the present text. Loaded when it is needed. Nothing is forced in, and what finds no place is given back as words. */
import type { Node } from 'prosemirror-model';
import { Mapping, Step, Transform } from 'prosemirror-transform';
import { schema } from '#core/article/schema.ts';
import type { AskedOp } from '#core/annotate/op.ts';
import { textOf } from '#core/annotate/quote.ts';
import { project } from '#core/suggest/project.ts';
import { track } from '#core/suggest/track.ts';
import type { Dropped } from '#core/sync/commit.ts';
import { textOfStep } from '#core/sync/map-step.ts';
import { restoreSteps } from '#core/sync/restore.ts';
import { WorkingCopy } from '#core/sync/working-copy.ts';
import { onlyPlace } from '#web/session/only-place.ts';
import { wordsOfOp } from '#web/session/renewed-copy.ts';

/** One place that was changed, as a suggestion. */
interface LateSuggestion {
  /** Null when it only takes back an own suggestion. */
  id: string | null;
  steps: readonly Step[];
  docs: readonly Node[];
}

interface LateEdits {
  suggestions: LateSuggestion[];
  unplaced: Dropped[];
  /** How many changes could not be suggested, those without words too. */
  refused: number;
  /** The head with the suggestions on it. */
  doc: Node;
  mapping: Mapping;
}

const lost = (step: Step): Dropped[] => {
  const text = textOfStep(step);
  return text === '' ? [] : [{ i: 0, why: 'fit', text }];
};

/** Turns `head` into what `shown` reads like, as suggestions by `author`, one for each place. `own` are the ids of
 *  suggestions that were never sent either: their words are among those suggested now. */
function lateEdits(
  head: Node,
  shown: Node,
  author: string,
  how: { id: () => string; own: ReadonlySet<string> },
): LateEdits {
  const target = project(shown, ({ id }) => (how.own.has(id) ? 'accept' : 'keep'));
  const suggestions: LateSuggestion[] = [];
  const unplaced: Dropped[] = [];
  const mapping = new Mapping();
  let refused = 0;
  let doc = head;
  // The steps come from the back of the text, so that what is tracked there moves nothing of what is still to come.
  for (const step of restoreSteps(head, target, author)) {
    const wanted = new Transform(doc);
    const tracked = wanted.maybeStep(step).failed
      ? null
      : track(doc, wanted, author, { idFor: () => how.id() });
    if (!tracked || 'refused' in tracked) {
      refused++;
      unplaced.push(...lost(step));
      continue;
    }
    const tr = new Transform(doc);
    for (const each of tracked.steps) tr.step(each);
    if (tr.steps.length === 0) continue;
    suggestions.push({ id: tracked.newIds[0] ?? null, steps: tr.steps, docs: tr.docs });
    mapping.appendMapping(tr.mapping);
    doc = tr.doc;
  }
  return { suggestions, unplaced, refused, doc, mapping };
}

/** An operation made on the text as it was shown, for the text with the suggestions: carried there, or found again by its quote. */
function carriedOp(op: AskedOp, toHead: Mapping, { mapping, doc }: LateEdits): AskedOp {
  if (!('quote' in op)) return op;
  const carry = (pos: number, side: -1 | 1): number => mapping.map(toHead.map(pos, side), side);
  const from = carry(op.from, 1);
  const to = Math.max(from, carry(op.to, -1));
  if (to > from && textOf(doc, from, to) === op.quote.exact) return { ...op, from, to };
  const place = onlyPlace(doc, op.quote);
  return place ? { ...op, ...place } : { ...op, from, to };
}

/** What became of late edits. */
export interface LateOutcome {
  copy: WorkingCopy;
  suggestions: number;
  refused: number;
}

/** With nothing on its way: `old` with everything typed in Edit mode as suggestions on the head; null when there is none of it. */
export function lateAsSuggestions(
  old: WorkingCopy,
  how: { id: () => string; at: string },
): LateOutcome | null {
  const { changes } = old.kept;
  if (old.unanswered || !changes.some((each) => 'step' in each && each.intent === 'edit'))
    return null;
  const opened = changes.flatMap((each) =>
    'op' in each && each.op.op === 'suggestion.open' ? [each.op] : [],
  );
  const own = new Set(opened.map(({ id }) => id));
  const { clientId, userId, confirmed } = old;
  const late = lateEdits(confirmed.doc, old.shown.doc, userId, { id: how.id, own });
  const copy = new WorkingCopy(confirmed, { clientId, userId, nextSeq: old.lastSeq + 1 });
  copy.unplaced = [...old.unplaced, ...late.unplaced, ...opened.flatMap(wordsOfOp)];
  late.suggestions.forEach(({ id, steps, docs }, index) => {
    copy.record(steps, docs, { intent: 'suggest', event: -1 - index, at: how.at });
    if (id !== null)
      copy.annotate({ op: 'suggestion.open', id, reason: '', category: '' }, 'suggest', how.at);
  });
  // An operation speaks of the text after the own steps before it.
  let toHead = new Mapping();
  for (const change of changes) {
    if ('step' in change) {
      const map = Step.fromJSON(schema, change.step).getMap();
      toHead = new Mapping([map.invert(), ...toHead.maps]);
      continue;
    }
    const { op } = change;
    const about = 'on' in op ? op.on : 'id' in op ? op.id : '';
    if (!own.has(about)) copy.annotate(carriedOp(op, toHead, late), change.intent, how.at);
  }
  return { copy, suggestions: late.suggestions.length, refused: late.refused };
}
