/** Lets go of pictures that no article has had for a month; done at each start. */
import type { Context } from '#server/context.ts';

/** Sweeps, and says in the log how many went. */
export async function sweepPictures({
  assets,
  log,
  now,
}: Pick<Context, 'assets' | 'log' | 'now'>): Promise<number> {
  const swept = await assets.sweep(now());
  if (swept > 0) log.info({ swept }, 'pictures without an article were let go of');
  return swept;
}
