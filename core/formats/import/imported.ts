/** What every reader of article files gives, whatever the format, so that one preview and one import serve them all. */
import type { Assets, HashBytes } from '#core/formats/assets/asset.ts';
import type { Guess, ImportFlag, PlaceFlag } from '#core/formats/read-text.ts';
import type { Warning } from '#core/formats/warning.ts';
import type { Review } from '#core/sync/review.ts';

/** Words of a Markdown or HTML file that are no part of the article. They were left out and can be put back. */
export interface TakenFlag extends Omit<PlaceFlag, 'kind'> {
  kind: 'notice' | 'front-matter' | 'outside-article' | 'navigation' | 'form';
}

/** Everything an editor should know about an import. */
export type FileFlag = ImportFlag | TakenFlag;

/** What the caller knows or has: the readers themselves have no clock, no randomness and no hash. */
export interface ImportContext {
  id: () => string;
  /** ISO 8601; stands for times the file does not give. */
  now: string;
  hash: (text: string) => string;
  /** SHA-256 in hex. Without it the pictures of a file are not kept, which is told like any other loss. */
  hashBytes?: HashBytes;
  /** What the caller knows better than a guess. */
  language?: string;
  /** The name a person of the file gets, where theirs is somebody else's already. */
  nameFor?: (name: string) => string;
}

/** A file that was read. The review stands at revision 0; the authors of its notes are its people, without a login. */
export interface Imported {
  review: Review;
  flags: readonly FileFlag[];
  /** For each flag the index of the document's child before which its words would return. */
  restoreBefore: readonly number[];
  guesses: readonly Guess[];
  /** The label that was left out before a block ("By "), by the block's index. */
  labels: ReadonlyMap<number, string>;
  warnings: readonly Warning[];
  /** What the file calls a comment or fact, by its id here; absent for files that have no names for them. */
  sources?: ReadonlyMap<string, string>;
  /** The pictures that the document's figures name, by their hash. */
  assets: Assets;
}

/** True for a flag that took words out of the document. */
export function isTaken(flag: FileFlag): flag is PlaceFlag | TakenFlag {
  return 'taken' in flag && flag.taken;
}
