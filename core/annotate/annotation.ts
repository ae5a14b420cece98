/** What can be attached to words: comments, occurrences of a claim, and the rows behind suggestions in the text. */
import type { Audience, Role } from '#core/annotate/audience.ts';

/** A person as others see them. `color` is an index into the interface's set of avatar colours. */
export interface Person {
  id: string;
  name: string;
  role: Role;
  color: number;
}

/** A message under a comment, a fact or a suggestion. `at` is the server's time, ISO 8601 in UTC. */
export interface Reply {
  id: string;
  by: string;
  at: string;
  text: string;
  editedAt?: string;
}

/** A comment thread. A deleted one is kept, empty of nothing, so that it can be restored. */
export interface Comment {
  id: string;
  by: string;
  at: string;
  text: string;
  editedAt?: string;
  audience: Audience;
  status: 'open' | 'resolved' | 'deleted';
  /** Who set the present status, and when; absent while it is as opened. */
  statusBy?: string;
  statusAt?: string;
  replies: readonly Reply[];
}

/** The kinds of statement a checker marks. */
export const claimTypes = [
  'name',
  'title-role',
  'number',
  'money',
  'date',
  'place',
  'quote',
  'attribution',
  'causal',
  'comparison',
  'calculation',
  'description',
  'legal',
  'science',
  'caption',
  'history',
  'opinion-basis',
] as const;
export type ClaimType = (typeof claimTypes)[number];

/** A statement to be checked; it belongs to the library and may occur in several articles. */
export interface Claim {
  id: string;
  type: ClaimType;
  /** The statement in words, at first the words it was marked on. */
  text: string;
  /** What needs checking, in the words of the person who marked it. */
  check: string;
  by: string;
  at: string;
  version: number;
}

/** One place in one article where a claim is made. */
export interface Occurrence {
  id: string;
  claimId: string;
  by: string;
  at: string;
  audience: Audience;
  status: 'open' | 'deleted';
  statusBy?: string;
  statusAt?: string;
  replies: readonly Reply[];
}

/** `settled`: its last token left the text without a decision on it (its author took it back, or its words went). */
export type SuggestionStatus = 'pending' | 'accepted' | 'rejected' | 'settled';

/** What is known of a suggestion beside its marks in the document, keyed by the marks' id. */
export interface SuggestionRow {
  id: string;
  by: string;
  at: string;
  /** When its author last changed it; typing joins it for 60 seconds. */
  last: string;
  reason: string;
  category: string;
  audience: Audience;
  status: SuggestionStatus;
  decidedBy?: string;
  decidedAt?: string;
  /** The commit that decided it; `undecide` starts from there. */
  decidedRev?: number;
  /** The words it removes and inserts, kept from when they were last in the text. */
  deleted: string;
  inserted: string;
  replies: readonly Reply[];
}
