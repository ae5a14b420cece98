/** What is shown of a file that came back, before anything is written, and what can be chosen. */
import type { ComparedBlock } from '#core/sync/compare.ts';

/** What becomes of an item. `bring`: it is done here. `note`: what the file says is kept as a comment. `leave`: nothing. */
export const returnChoices = ['bring', 'note', 'leave'] as const;
export type ReturnChoice = (typeof returnChoices)[number];

/** A stretch of text with a little of what stands around it. */
export interface Passage {
  before: string;
  words: string;
  after: string;
}

/** One thing that was done to the file. `new`: it can be done here. `known`: it is here already. `conflict`: its place was
 *  changed here as well. `unplaced`: its place is gone. `told`: it is told and nothing else. */
export interface ReturnItem {
  key: string;
  kind:
    | 'suggestion'
    | 'decision'
    | 'comment'
    | 'reply'
    | 'resolve'
    | 'reopen'
    | 'edited'
    | 'deleted';
  state: 'new' | 'known' | 'conflict' | 'unplaced' | 'told';
  /** Who did it, as the file names them; '' where the file does not say. */
  author: string;
  /** ISO 8601, or ''. */
  at: string;
  /** False for a change that was made without tracking. */
  tracked: boolean;
  /** It is about how words look, not about the words. */
  look: boolean;
  /** What was struck and put in, or the words of a comment. */
  deleted: string;
  inserted: string;
  /** `partly`: one part of the suggestion was taken in and another was not. */
  verdict: 'accept' | 'reject' | 'partly' | null;
  /** The place: as it was sent, as it came back, as it stands now. Null where nothing has three sides. */
  sent: Passage | null;
  returned: Passage | null;
  now: Passage | null;
  choices: ReturnChoice[];
  choice: ReturnChoice;
}

/** What happened here since the file was sent out. */
export interface SinceSent {
  rev: number;
  head: number;
  blocks: ComparedBlock[];
  comments: number;
  replies: number;
  decisions: number;
  suggestions: number;
}

/** The answer to a file that is looked at. */
export interface ReturnPreview {
  article: { id: string; headline: string; language: string };
  /** The name of the file. */
  name: string;
  items: ReturnItem[];
  since: SinceSent;
  /** Notes of the file that its reader here may not see; they are left alone. */
  hidden: number;
  /** Who is to see new comments, and whether that can be chosen. */
  audience: 'all' | 'desk';
  mayChoose: boolean;
  may: { suggest: boolean; decide: boolean; comment: boolean };
}

/** What came of it. */
export interface ReturnDone {
  articleId: string;
  rev: number;
  /** How many items were written. */
  written: number;
  /** Items that could not be written after all, with why. */
  refused: { key: string; why: string }[];
}

/** Of a file that names an article of the house: which, and from when. */
export interface ReturnOffer {
  articleId: string;
  headline: string;
  rev: number;
}
