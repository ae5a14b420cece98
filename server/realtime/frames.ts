/** What readers are sent of a run of commits: one frame for all who see the same of it. Who receives a frame cuts it after each commit
 *  of their own (web/session/line.ts): without the cut an undo history loses its way. */
import { sees, type Reader } from '#core/annotate/audience.ts';
import type { Commit } from '#core/sync/commit.ts';
import { isVeiled } from '#core/sync/project.ts';

/** True when every reader gets the commits word for word, so that one encoding serves all. */
export const isForAll = (commits: readonly Commit[]): boolean =>
  commits.every((commit) => commit.ops.every((op) => op.op !== 'hidden' && op.audience === 'all'));

/** Two readers with the same key are sent the same projection of these commits. */
export const projectionKey = (commits: readonly Commit[], reader: Reader): string =>
  commits
    .flatMap((commit) =>
      isVeiled(commit, reader)
        ? 'v'
        : commit.ops.map((op) => (op.op !== 'hidden' && sees(reader, op.audience) ? '1' : '0')),
    )
    .join('');
