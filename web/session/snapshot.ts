/** What a page may know of an open article: one immutable value, replaced when something changes. */
import type { Person } from '#core/annotate/annotation.ts';
import type { Dropped } from '#core/sync/commit.ts';
import type { Refusal } from '#core/sync/error.ts';
import type { Standing } from '#core/sync/policy.ts';
import type { Peer } from '#core/sync/protocol.ts';
import type { Review } from '#core/sync/review.ts';
import type { FactsKnown } from '#web/session/fact-book.ts';

export type Mode = 'read' | 'suggest' | 'edit';

/** How the text is shown: with suggestions, as if all were refused, or as if all were accepted. */
export type View = 'marked' | 'original' | 'accepted';

/** Why nothing can be kept on this device: its storage is full, or the browser refuses or has none. */
export type StorageTrouble = 'full' | 'refused';

/** `unsent` counts own changes the server has not taken yet. `saving` appears only after 400 ms, so that typing does not flicker. */
export interface ConnectionState {
  kind: 'saved' | 'saving' | 'offline' | 'failed';
  unsent: number;
}

/** The last comparison of this copy with the server's. */
export interface AuditState {
  /** In milliseconds. */
  at: number;
  rev: number;
  agrees: boolean;
}

/** A short message over the page, with the one thing that can be done about it. */
export interface Notice {
  text: string;
  undo?: () => void;
}

export interface SelectionRange {
  from: number;
  to: number;
  empty: boolean;
}

export interface SessionSnapshot {
  /** `loading` until the article is here; `refused` when it may not or cannot be opened (`refusal` says why). */
  phase: 'loading' | 'ready' | 'refused';
  refusal: Refusal | null;
  connection: ConnectionState;
  /** Set while what is unsent is in this page only. */
  trouble: StorageTrouble | null;
  /** The server is out of reach and the article is not on this device. */
  missing: boolean;
  audit: AuditState | null;
  /** The article with the own unconfirmed changes on it. */
  review: Review;
  facts: FactsKnown;
  me: Person;
  standing: Standing;
  peers: readonly Peer[];
  /** Own text that could not be placed after other people's changes. */
  unplaced: readonly Dropped[];
  mode: Mode;
  view: View;
  /** The annotation in focus. */
  focused: string | null;
  /** Suggestions this tab has decided and the server has not confirmed yet. */
  deciding: ReadonlySet<string>;
  selection: SelectionRange;
  canUndo: boolean;
  canRedo: boolean;
  /** The last sentence for the live region. */
  said: string;
  notice: Notice | null;
}
