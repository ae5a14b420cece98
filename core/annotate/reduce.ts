/** One reducer for every annotation operation. It trusts the log: rights, authorship and existence were settled before a commit was written. */
import type { Node } from 'prosemirror-model';
import { type Anchors, type Anchor } from '#core/annotate/anchor.ts';
import type {
  Claim,
  Comment,
  Occurrence,
  Reply,
  SuggestionRow,
} from '#core/annotate/annotation.ts';
import type { Op } from '#core/annotate/op.ts';
import { quoteAt, type Quote } from '#core/annotate/quote.ts';

/** All review work on an article beside its text. Maps keep the order in which things were opened. */
export interface Notes {
  comments: ReadonlyMap<string, Comment>;
  occurrences: ReadonlyMap<string, Occurrence>;
  suggestions: ReadonlyMap<string, SuggestionRow>;
  claims: ReadonlyMap<string, Claim>;
  anchors: Anchors;
}

/** What an operation needs to know of the commit that carries it. */
export interface OpContext {
  by: string;
  at: string;
  rev: number;
  /** The document after the commit's steps. */
  doc: Node;
}

type Thread = { replies: readonly Reply[] };

const withEntry = <T>(map: ReadonlyMap<string, T>, id: string, value: T): ReadonlyMap<string, T> =>
  new Map(map).set(id, value);

function placeAnchor(
  notes: Notes,
  kind: Anchor['kind'],
  op: { id: string; from: number; to: number; quote: Quote },
  context: OpContext,
): Anchors {
  const attached = op.to > op.from;
  const anchor: Anchor = {
    id: op.id,
    kind,
    from: op.from,
    to: attached ? op.to : op.from,
    state: attached ? 'attached' : 'detached',
    good: { rev: context.rev, from: op.from, to: op.to },
    ...(attached ? quoteAt(context.doc, op.from, op.to) : op.quote),
  };
  return { ...notes.anchors, byId: withEntry(notes.anchors.byId, op.id, anchor) };
}

/** Changes the annotation `id`, of whatever kind it is; throws when there is none (a broken log). */
function change(
  notes: Notes,
  id: string,
  how: {
    comment?: (comment: Comment) => Comment;
    occurrence?: (occurrence: Occurrence) => Occurrence;
    suggestion?: (suggestion: SuggestionRow) => SuggestionRow;
  },
): Notes {
  const comment = notes.comments.get(id);
  if (comment && how.comment)
    return { ...notes, comments: withEntry(notes.comments, id, how.comment(comment)) };
  const occurrence = notes.occurrences.get(id);
  if (occurrence && how.occurrence)
    return { ...notes, occurrences: withEntry(notes.occurrences, id, how.occurrence(occurrence)) };
  const suggestion = notes.suggestions.get(id);
  if (suggestion && how.suggestion)
    return { ...notes, suggestions: withEntry(notes.suggestions, id, how.suggestion(suggestion)) };
  throw new RangeError(`No annotation ${id} for this operation.`);
}

const inThread =
  (edit: (replies: readonly Reply[]) => readonly Reply[]) =>
  <T extends Thread>(thread: T): T => ({ ...thread, replies: edit(thread.replies) });

function setStatus(
  notes: Notes,
  id: string,
  status: Comment['status'],
  { by, at }: OpContext,
): Notes {
  const stamp = { statusBy: by, statusAt: at };
  const simple = status === 'deleted' ? 'deleted' : 'open';
  return change(notes, id, {
    comment: (comment) => ({ ...comment, status, ...stamp }),
    occurrence: (occurrence) => ({ ...occurrence, status: simple, ...stamp }),
  });
}

/** Applies one operation. `hidden` changes nothing: it only keeps the numbering dense for a reader outside its audience. */
export function applyOp(notes: Notes, op: Op, context: OpContext): Notes {
  const { by, at, rev } = context;
  switch (op.op) {
    case 'hidden':
      return notes;
    case 'comment.open': {
      const { id, text, audience } = op;
      const comment: Comment = { id, by, at, text, audience, status: 'open', replies: [] };
      const comments = withEntry(notes.comments, id, comment);
      return { ...notes, comments, anchors: placeAnchor(notes, 'comment', op, context) };
    }
    case 'occurrence.open': {
      const { id, audience, claim } = op;
      const occurrence: Occurrence = {
        id,
        claimId: claim.id,
        by,
        at,
        audience,
        status: 'open',
        replies: [],
      };
      const claims = notes.claims.has(claim.id)
        ? notes.claims
        : withEntry(notes.claims, claim.id, { ...claim, by, at, version: 1 });
      return {
        ...notes,
        claims,
        occurrences: withEntry(notes.occurrences, id, occurrence),
        anchors: placeAnchor(notes, 'occurrence', op, context),
      };
    }
    case 'suggestion.open': {
      const { id, reason, category, audience } = op;
      const row: SuggestionRow = {
        id,
        by,
        at,
        last: at,
        reason,
        category,
        audience,
        status: 'pending',
        deleted: '',
        inserted: '',
        replies: [],
      };
      return { ...notes, suggestions: withEntry(notes.suggestions, id, row) };
    }
    case 'suggestion.reason':
      return change(notes, op.on, { suggestion: (row) => ({ ...row, reason: op.reason }) });
    case 'reply': {
      const add = inThread((replies) => [...replies, { id: op.id, by, at, text: op.text }]);
      return change(notes, op.on, { comment: add, occurrence: add, suggestion: add });
    }
    case 'edit': {
      const edited = { text: op.text, editedAt: at };
      if (op.id === op.on) return change(notes, op.on, { comment: (c) => ({ ...c, ...edited }) });
      const edit = inThread((replies) =>
        replies.map((reply) => (reply.id === op.id ? { ...reply, ...edited } : reply)),
      );
      return change(notes, op.on, { comment: edit, occurrence: edit, suggestion: edit });
    }
    case 'place': {
      const anchor = notes.anchors.byId.get(op.on);
      if (!anchor) throw new RangeError(`No anchor ${op.on} to place.`);
      const anchors = placeAnchor(notes, anchor.kind, { ...op, id: op.on }, context);
      // Somebody chose: text that returns later must not move it away again.
      const graves = anchors.graves.filter((grave) => grave.id !== op.on);
      return { ...notes, anchors: { ...anchors, graves } };
    }
    case 'elsewhere': {
      const anchor = notes.anchors.byId.get(op.on);
      // It has found its words meanwhile: then they are not elsewhere.
      if (anchor?.state !== 'detached') return notes;
      const byId = withEntry(notes.anchors.byId, op.on, { ...anchor, elsewhere: op.articleId });
      return { ...notes, anchors: { ...notes.anchors, byId } };
    }
    case 'resolve':
      return setStatus(notes, op.on, 'resolved', context);
    case 'reopen':
    case 'restore':
      return setStatus(notes, op.on, 'open', context);
    case 'delete':
      return setStatus(notes, op.on, 'deleted', context);
    case 'decide': {
      const decided = { decidedBy: by, decidedAt: at, decidedRev: rev };
      const status = { accept: 'accepted', reject: 'rejected', settled: 'settled' } as const;
      return op.outcome.reduce<Notes>(
        (all, { id, verdict }) =>
          change(all, id, {
            suggestion: (row) => ({ ...row, status: status[verdict], ...decided }),
          }),
        notes,
      );
    }
    case 'undecide': {
      const gone = new Set(op.ids);
      const lifted = {
        ...notes,
        anchors: {
          byId: new Map([...notes.anchors.byId].filter(([id]) => !gone.has(id))),
          graves: notes.anchors.graves.filter(({ id }) => !gone.has(id)),
        },
      };
      return op.ids.reduce<Notes>(
        (all, id) =>
          change(all, id, {
            suggestion: ({ decidedBy: _by, decidedAt: _at, decidedRev: _rev, ...row }) => ({
              ...row,
              status: 'pending',
            }),
          }),
        lifted,
      );
    }
  }
}
