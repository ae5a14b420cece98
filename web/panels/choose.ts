/** What the buttons and keys of a card do, in one place, with the rights asked first: the browser disables by the table the server refuses by. */
import { may, type Standing } from '#core/sync/policy.ts';
import type { Annotation } from '#web/panels/annotations.ts';

/** What this person may do with this annotation now. */
export interface Choices {
  accept: boolean;
  stet: boolean;
  /** Stet of one's own suggestion by somebody who decides nothing else. */
  withdraw: boolean;
  reply: boolean;
  resolve: boolean;
  reopen: boolean;
  edit: boolean;
  remove: boolean;
  undecide: boolean;
  /** Giving a note without a place the words that are selected. */
  place: boolean;
}

export function choicesFor(item: Annotation, standing: Standing): Choices {
  const own = item.by === standing.userId;
  const talks = may(standing, 'comment');
  const decides = may(standing, 'decide');
  const pending = item.kind === 'suggestion' && item.state === 'open';
  const owner = talks && (own || may(standing, 'moderate'));
  return {
    accept: pending && decides,
    stet: pending && decides,
    withdraw: pending && !decides && own && may(standing, 'suggest'),
    reply: talks,
    resolve: item.kind === 'comment' && item.note.status === 'open' && talks,
    reopen: item.kind === 'comment' && item.note.status === 'resolved' && talks,
    edit: item.kind === 'comment' && own && talks,
    remove: item.kind !== 'suggestion' && owner,
    place: item.state === 'detached' && talks,
    undecide:
      item.kind === 'suggestion' &&
      item.state === 'settled' &&
      item.note.decidedRev !== undefined &&
      decides,
  };
}
