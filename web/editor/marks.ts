/** The marks of comments and facts. Their anchors move with a change as their marks do, so after a key nothing is to be done
 *  for nearly all of them; each is compared with where its mark must have gone, and drawn anew only when it is not there. */
import { Plugin, PluginKey, type EditorState, type Transaction } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';
import type { Anchor } from '#core/annotate/anchor.ts';
import type { Drawn } from '#web/editor/decorations.ts';
import { factStatesOf } from '#web/session/fact-states.ts';

/** A mark as it is drawn. `look` is its class. */
interface Mark {
  anchor: Anchor;
  look: string;
}

interface Marks {
  set: DecorationSet;
  drawn: Drawn | null;
  byId: ReadonlyMap<string, Mark>;
}

export const marksKey = new PluginKey<Marks>('galley.marks');

/** Two answers from which the same marks are drawn. */
const same = (a: Drawn | null, b: Drawn): boolean =>
  a?.focused === b.focused &&
  a.facts === b.facts &&
  a.review.anchors.byId === b.review.anchors.byId &&
  a.review.comments === b.review.comments &&
  a.review.occurrences === b.review.occurrences &&
  (b.review.occurrences.size === 0 || a.review.doc === b.review.doc);

/** What is to be drawn; marks that stay as they are stay the same objects. */
function wanted(
  { review, facts, focused }: Drawn,
  size: number,
  before: Marks['byId'],
): Map<string, Mark> {
  const states = factStatesOf(review, facts);
  const all = new Map<string, Mark>();
  for (const anchor of review.anchors.byId.values()) {
    const { id, kind, from, to, state } = anchor;
    if (state === 'detached' || kind === 'stet' || from === to || from < 0 || to > size) continue;
    const status = (kind === 'comment' ? review.comments : review.occurrences).get(id)?.status;
    if (status !== 'open' && !(status === 'resolved' && id === focused)) continue;
    const fact = kind === 'occurrence' ? states.get(id) : undefined;
    const base = fact
      ? `mark-fact fact-${fact.stale ? 'recheck' : fact.word.toLowerCase()}`
      : 'mark-comment';
    const look = id === focused ? `${base} in-focus` : base;
    const old = before.get(id);
    all.set(id, old?.anchor === anchor && old.look === look ? old : { anchor, look });
  }
  return all;
}

const decorationOf = ({ anchor: { id, from, to }, look }: Mark): Decoration =>
  Decoration.inline(
    from,
    to,
    { nodeName: 'mark', class: look, 'data-annotation': id, 'aria-details': `note-${id}` },
    { id, look },
  );

function after(tr: Transaction, old: Marks, state: EditorState, drawn: Drawn): Marks {
  const mapped = tr.docChanged ? old.set.map(tr.mapping, tr.doc) : old.set;
  if (same(old.drawn, drawn)) return mapped === old.set ? old : { ...old, set: mapped, drawn };
  const byId = wanted(drawn, state.doc.content.size, old.byId);
  const stale: Decoration[] = [];
  const fresh: Decoration[] = [];
  const lift = (id: string, from: number, to: number): void =>
    void stale.push(...mapped.find(from, to, (spec) => (spec as { id: string }).id === id));
  for (const [id, was] of old.byId) {
    const is = byId.get(id);
    if (is === was && !tr.docChanged) continue;
    // Where a mark goes by itself: to the right of what is put in before it, to the left of what is put in behind it.
    const from = tr.mapping.map(was.anchor.from, 1);
    const to = tr.mapping.map(was.anchor.to, -1);
    if (is?.look === was.look && is.anchor.from === from && is.anchor.to === to) continue;
    lift(id, Math.min(from, to), Math.max(from, to));
    if (is) fresh.push(decorationOf(is));
  }
  for (const [id, is] of byId) if (!old.byId.has(id)) fresh.push(decorationOf(is));
  const kept = stale.length > 0 ? mapped.remove(stale) : mapped;
  const set = fresh.length > 0 ? kept.add(state.doc, fresh) : kept;
  return { set, drawn, byId };
}

/** The plugin of the marks. `drawn` is asked after every transaction. */
export function marks(drawn: () => Drawn): Plugin<Marks> {
  const none: Marks = { set: DecorationSet.empty, drawn: null, byId: new Map() };
  return new Plugin<Marks>({
    key: marksKey,
    state: {
      init: (_config, state) => after(state.tr, none, state, drawn()),
      apply: (tr, old, _state, state) => after(tr, old, state, drawn()),
    },
    props: { decorations: (state) => marksKey.getState(state)?.set },
  });
}
