/** Pictures of articles: who may bring them, and who may see them. A picture belongs to the articles whose people brought it;
 *  that a document names it gives nobody a right. */
import { createHash } from 'node:crypto';
import { pictureAddress } from '#core/article/picture.ts';
import { assetLimits, type Asset } from '#core/formats/assets/asset.ts';
import { readPicture } from '#core/formats/assets/read-picture.ts';
import { hashesIn } from '#core/formats/assets/used-assets.ts';
import { RefusalError } from '#core/sync/error.ts';
import { may } from '#core/sync/policy.ts';
import type { Review } from '#core/sync/review.ts';
import type { Context } from '#server/context.ts';

/** SHA-256 in hex. */
export const hashOf = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

/** What whoever brought a picture is told: the address for its figure. */
export interface BroughtPicture {
  src: string;
  width: number;
  height: number;
}

/** Refuses whoever may not put a picture into an article. */
export async function mayBring(
  { standings }: Context,
  userId: string,
  articleId: string,
): Promise<void> {
  const standing = await standings.of(userId, articleId);
  if (!standing || !may(standing, 'read')) throw new RefusalError('ARTICLE_UNKNOWN');
  if (!may(standing, 'suggest')) throw new RefusalError('READ_ONLY');
}

/** Refuses what would be more than an article can hold. */
async function hasRoom({ assets }: Context, articleId: string, size: number): Promise<void> {
  const held = await assets.held(articleId);
  const { pictures, bytes } = assetLimits.ofArticle;
  if (held.pictures >= pictures || held.bytes + size > bytes)
    throw new RefusalError('PICTURES_FULL');
}

/** Keeps a picture for an article. */
export async function bringPicture(
  context: Context,
  userId: string,
  articleId: string,
  bytes: Uint8Array,
): Promise<BroughtPicture> {
  const read = readPicture(bytes);
  if (!read.ok) throw new RefusalError(read.code);
  const { asset } = read;
  const hash = hashOf(bytes);
  const uses = await context.assets.usesOf(hash);
  if (!uses.includes(articleId)) {
    await hasRoom(context, articleId, bytes.length);
    const at = context.now();
    await context.assets.put(new Map([[hash, asset]]), at);
    await context.assets.use(articleId, hash, userId, at);
    const detail = { hash, type: asset.type, bytes: bytes.length };
    await context.store.audit({ at, userId, action: 'article.picture', articleId, detail });
  }
  const { width, height } = asset;
  return { src: pictureAddress(hash, width, height), width, height };
}

/** So many articles of one picture are looked at for one who asks; only a picture of every article has more. */
const mostAsked = 300;

/** True for somebody who may read an article that has the picture; that of the page it is on, if it says so, is looked at first. */
async function maySee(
  context: Context,
  userId: string,
  hash: string,
  page?: string,
): Promise<boolean> {
  const uses = await context.assets.usesOf(hash);
  const first = uses.filter((one) => one === page);
  for (const articleId of [...first, ...uses.slice(0, mostAsked)]) {
    const standing = await context.standings.of(userId, articleId);
    if (!standing || !may(standing, 'read')) continue;
    const { pin } = standing;
    if (!pin || (await context.assets.hadBefore(articleId, hash, pin.at))) return true;
  }
  return false;
}

/** Takes a picture over from another article, whose reader the person must be: for figures that are copied. */
export async function takeOver(
  context: Context,
  userId: string,
  articleId: string,
  hash: string,
): Promise<void> {
  const size = (await maySee(context, userId, hash)) ? await context.assets.sizeOf(hash) : null;
  if (size === null) throw new RefusalError('NOT_FOUND');
  const uses = await context.assets.usesOf(hash);
  if (uses.includes(articleId)) return;
  await hasRoom(context, articleId, size);
  await context.assets.use(articleId, hash, userId, context.now());
}

/** A picture for somebody who may see it. `known` says that they have its bytes: then only the right is asked. */
export async function showPicture(
  context: Context,
  userId: string,
  hash: string,
  { known, page }: { known: boolean; page?: string | undefined },
): Promise<Asset | 'known'> {
  if (!(await maySee(context, userId, hash, page))) throw new RefusalError('NOT_FOUND');
  if (known) return 'known';
  const asset = await context.assets.read(hash);
  if (!asset) throw new RefusalError('NOT_FOUND');
  return asset;
}

/** The pictures of a review's figures, as far as its article has them. */
export const picturesOf = ({ assets }: Context, articleId: string, { doc }: Review) =>
  assets.of(articleId, hashesIn(doc));
