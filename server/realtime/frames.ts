/** What one reader is sent of a run of commits: their projection, cut so that a frame ends with each of their own commits. */
import { sees, type Reader } from '#core/annotate/audience.ts';
import type { Commit } from '#core/sync/commit.ts';
import { projectCommit } from '#core/sync/project.ts';

/** True when every reader gets the commits word for word, so that one encoding serves all. */
export const isForAll = (commits: readonly Commit[]): boolean =>
  commits.every((commit) => commit.ops.every((op) => op.op !== 'hidden' && op.audience === 'all'));

/** Frames for a reader: [foreign…, own], [foreign…, own], then what follows. Without the cut an undo history loses its way. */
export function framesFor(
  commits: readonly Commit[],
  reader: Reader,
  clientId: string,
): Commit[][] {
  const frames: Commit[][] = [];
  let frame: Commit[] = [];
  for (const commit of commits) {
    frame.push(projectCommit(commit, reader));
    if (commit.clientId === clientId) {
      frames.push(frame);
      frame = [];
    }
  }
  if (frame.length > 0) frames.push(frame);
  return frames;
}

/** Two readers with the same key are sent the same projection of these commits. */
export const projectionKey = (commits: readonly Commit[], reader: Reader): string =>
  commits
    .flatMap((commit) => commit.ops)
    .map((op) => (op.op !== 'hidden' && sees(reader, op.audience) ? '1' : '0'))
    .join('');
