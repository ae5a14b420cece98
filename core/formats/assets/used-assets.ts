/** Which kept pictures a document names. */
import type { Node } from 'prosemirror-model';
import { keptPicture } from '#core/article/picture.ts';
import type { Asset, Assets } from '#core/formats/assets/asset.ts';

/** The hashes of the pictures of a document's figures, in its order, each once. */
export function hashesIn(doc: Node): string[] {
  const found = new Set<string>();
  doc.forEach((node) => {
    const kept = node.type.name === 'figure' ? keptPicture(String(node.attrs['src'])) : null;
    if (kept) found.add(kept.hash);
  });
  return [...found];
}

/** Those of the pictures that a document names. */
export function assetsIn(doc: Node, assets: Assets): Map<string, Asset> {
  const used = new Map<string, Asset>();
  for (const hash of hashesIn(doc)) {
    const asset = assets.get(hash);
    if (asset) used.set(hash, asset);
  }
  return used;
}
