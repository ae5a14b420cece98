/** The three ways to read an article: as filed, as edited, and with all its marks. */
import type { Node } from 'prosemirror-model';
import { accepted, original } from '#core/suggest/project.ts';

/** `original`: as filed, before any pending suggestion. `accepted`: as edited. `marked`: both, with all notes. */
export const views = ['original', 'accepted', 'marked'] as const;
export type View = (typeof views)[number];

/** The document of a view. The marked view is the document itself. */
export function docOf(doc: Node, view: View): Node {
  if (view === 'original') return original(doc);
  return view === 'accepted' ? accepted(doc) : doc;
}

/** What a view is called in a sentence. */
export const viewNames: Record<View, string> = {
  original: 'a copy as filed',
  accepted: 'a copy as edited',
  marked: 'a marked copy',
};
