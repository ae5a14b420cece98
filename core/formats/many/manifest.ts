/** The list in a zip of several articles: for each, the file with its counts and digest, or why there is none. It has no time
 *  and no name of a sender, so that the same revisions give the same zip. */
import { canonicalJson } from '#core/formats/canonical-json.ts';
import type { GateReason } from '#core/formats/send-out/gate.ts';
import type { AskedCopy } from '#core/formats/send-out/presets.ts';
import type { Contents } from '#core/formats/send-out/write-send-out.ts';
import type { ErrorCode } from '#core/sync/error.ts';

/** An article that is in the zip. `warnings` say what its format has no place for. */
export interface PackedArticle {
  articleId: string;
  headline: string;
  file: string;
  rev: number;
  bytes: number;
  /** SHA-256 of the file, in hex. */
  sha256: string;
  counts: Contents;
  warnings: string[];
}

/** An article that is not in the zip, and why. */
export interface HeldArticle {
  articleId: string;
  headline: string;
  code: ErrorCode;
  message: string;
  /** What is open, for a release copy that the gate holds back. */
  reasons: GateReason[];
}

/** What became of one article. */
export type PackedOutcome = PackedArticle | HeldArticle;

export const isPacked = (outcome: PackedOutcome): outcome is PackedArticle => 'file' in outcome;

/** Writes the list. It goes where the copies go, so it says nothing of notes that stay out, and nobody's name. */
export const manifestOf = (asked: AskedCopy, outcomes: readonly PackedOutcome[]): string =>
  canonicalJson({
    format: 'galley.articles',
    version: 1,
    copy: asked,
    articles: outcomes.filter(isPacked).map(({ counts: { notes, facts, notShown }, ...rest }) => ({
      ...rest,
      counts: { notes, facts, notShown },
    })),
    held: outcomes
      .filter((one): one is HeldArticle => !isPacked(one))
      .map(({ reasons, ...rest }) => ({
        ...rest,
        reasons: reasons.map(({ code, on }) => ({ code, on })),
      })),
  });

/** A name for a file beside those that are taken; systems that do not know large from small letters must not lose one. */
export function freeName(name: string, taken: Set<string>): string {
  const [, stem = name, ending = ''] = /^(.*?)(\.[a-z]+)?$/su.exec(name) ?? [];
  let free = name;
  for (let n = 2; taken.has(free.toLowerCase()); n += 1) free = `${stem} ${n}${ending}`;
  taken.add(free.toLowerCase());
  return free;
}
