/** Pictures that are new in a file that came back: they are kept for the article before the figures that show them are put in. */
import type { Person } from '#core/annotate/annotation.ts';
import { keptPicture } from '#core/article/picture.ts';
import type { Group } from '#core/formats/return/text-changes.ts';
import { RefusalError } from '#core/sync/error.ts';
import type { Context } from '#server/context.ts';
import { bringPicture } from '#server/library/assets.ts';
import type { Returned } from '#server/library/return.ts';

/** The kept pictures that a change puts in, by their hashes. */
function picturesOf({ edits }: Group): string[] {
  const units = edits.flatMap((edit) => (edit.t === 'insert' ? edit.units : []));
  return units.flatMap(({ open, node }) => {
    const isFigure = open && node.type.name === 'figure';
    const kept = isFigure ? keptPicture(String(node.attrs['src'])) : null;
    return kept ? [kept.hash] : [];
  });
}

/** Keeps the pictures of a change; gives a sentence when one of them cannot be kept, else null. */
export async function keepPictures(
  context: Context,
  person: Person,
  { room, pictures }: Returned,
  group: Group,
): Promise<string | null> {
  for (const hash of picturesOf(group)) {
    const asset = pictures.get(hash);
    if (!asset) continue;
    try {
      await bringPicture(context, person.id, room.articleId, asset.bytes);
    } catch (error) {
      if (error instanceof RefusalError) return error.message;
      throw error;
    }
  }
  return null;
}
