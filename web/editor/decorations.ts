/** Everything drawn over the text that is no part of it: comments, facts, the focus and the others' carets.
 *  One set holds all kinds; it is mapped through every change, and only what differs is added or removed. */
import { Plugin, PluginKey, type EditorState } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';
import type { Review } from '#core/sync/review.ts';
import type { SuggestionInText } from '#core/suggest/list.ts';
import { suggestionsOf } from '#web/session/annotations.ts';
import type { FactsKnown } from '#web/session/fact-book.ts';
import { factStatesOf } from '#web/session/fact-states.ts';
import type { Caret } from '#web/session/carets.ts';

/** What the decorations are drawn from. */
export interface Drawn {
  review: Review;
  facts: FactsKnown;
  focused: string | null;
  carets: readonly Caret[];
}

/** A decoration as it should be. Two with the same key, range and look are the same. */
interface Wanted {
  key: string;
  from: number;
  to: number;
  look: string;
  make(): Decoration;
}

interface Spec {
  key: string;
  look: string;
}

export const decorationsKey = new PluginKey<DecorationSet>('galley.decorations');

function marked(
  kind: 'comment' | 'fact',
  id: string,
  from: number,
  to: number,
  focused: boolean,
  state = '',
): Wanted {
  const look = `mark-${kind}${state}${focused ? ' in-focus' : ''}`;
  const key = `mark ${id}`;
  const attributes = {
    nodeName: 'mark',
    class: look,
    'data-annotation': id,
    'aria-details': `note-${id}`,
  };
  return {
    key,
    from,
    to,
    look,
    make: () => Decoration.inline(from, to, attributes, { key, look } satisfies Spec),
  };
}

function shaded(key: string, from: number, to: number, look: string): Wanted {
  return {
    key,
    from,
    to,
    look,
    make: () => Decoration.inline(from, to, { class: look }, { key, look } satisfies Spec),
  };
}

function caretElement(caret: Caret): HTMLElement {
  const element = document.createElement('span');
  element.className = 'other-caret';
  element.setAttribute('aria-hidden', 'true');
  element.dataset['color'] = String(caret.person.color);
  const label = document.createElement('span');
  label.className = 'other-caret-name';
  label.textContent = caret.person.name.split(' ')[0] ?? caret.person.name;
  element.append(label);
  return element;
}

function caretAt(caret: Caret): Wanted[] {
  const { clientId, head, anchor, moves, person } = caret;
  const key = `caret ${clientId}`;
  // A move makes a new element, so that the name shows again for two seconds.
  const look = `moves ${moves} ${person.color}`;
  const wanted: Wanted[] = [
    {
      key,
      from: head,
      to: head,
      look,
      make: () =>
        Decoration.widget(head, () => caretElement(caret), {
          key: `${key} ${moves}`,
          look,
          side: -1,
          ignoreSelection: true,
        }),
    },
  ];
  if (anchor !== head)
    wanted.push(
      shaded(
        `range ${clientId}`,
        Math.min(anchor, head),
        Math.max(anchor, head),
        `other-selection other-${person.color}`,
      ),
    );
  return wanted;
}

/** A little air between struck words and those that replace them. On the struck ones, so that nothing is drawn anew around a word being typed. */
function gapsIn({ id, ranges }: SuggestionInText): Wanted[] {
  const put = ranges.filter(({ kind, from, to }) => kind === 'insertion' && to > from);
  return ranges.flatMap(({ kind, from, to }) => {
    if (kind !== 'deletion') return [];
    const before = put.some((one) => one.to === from);
    const after = put.some((one) => one.from === to);
    if (!before && !after) return [];
    const look = `${before ? 'air-before' : ''}${after ? ' air-after' : ''}`.trim();
    return [shaded(`air ${id} ${from}`, from, to, look)];
  });
}

/** Air between the words of alternatives, which stand one behind the other and would read as one word. */
function gapsBetween(all: readonly SuggestionInText[]): Wanted[] {
  const starts = new Map<number, string>();
  for (const { id, kind, ranges } of all)
    for (const range of ranges)
      if (kind === 'replace' && range.kind === 'insertion') starts.set(range.from, id);
  return all.flatMap(({ id, kind, ranges }) =>
    ranges.flatMap((range) => {
      const next = starts.get(range.to);
      const isRival = kind === 'replace' && range.kind === 'insertion' && next !== undefined;
      if (!isRival || next === id) return [];
      return [shaded(`between ${id} ${range.from}`, range.from, range.to, 'air-after')];
    }),
  );
}

function wantedOf(state: EditorState, drawn: Drawn): Map<string, Wanted> {
  const { review, facts, focused } = drawn;
  const states = factStatesOf(review, facts);
  const size = state.doc.content.size;
  const all = new Map<string, Wanted>();
  const add = (wanted: Wanted): void => {
    if (wanted.from >= 0 && wanted.to <= size) all.set(wanted.key, wanted);
  };
  for (const { id, kind, from, to, state: attached } of review.anchors.byId.values()) {
    if (attached === 'detached' || from === to) continue;
    const status = (kind === 'comment' ? review.comments : review.occurrences).get(id)?.status;
    const shown = status === 'open' || (status === 'resolved' && id === focused);
    if (!shown) continue;
    const fact = kind === 'occurrence' ? states.get(id) : undefined;
    const look = fact ? ` fact-${fact.stale ? 'recheck' : fact.word.toLowerCase()}` : '';
    add(marked(fact ? 'fact' : 'comment', id, from, to, id === focused, look));
  }
  const suggestions = suggestionsOf(state.doc);
  for (const suggestion of suggestions) for (const gap of gapsIn(suggestion)) add(gap);
  for (const gap of gapsBetween(suggestions)) add(gap);
  const inFocus = suggestions.find(({ id }) => id === focused);
  inFocus?.ranges.forEach(({ from, to }, i) => {
    if (to > from) add(shaded(`focus ${i}`, from, to, 'suggestion-in-focus'));
  });
  for (const caret of drawn.carets) for (const wanted of caretAt(caret)) add(wanted);
  return all;
}

/** The set with what differs from `wanted` changed, and nothing else touched. */
function corrected(
  set: DecorationSet,
  state: EditorState,
  wanted: Map<string, Wanted>,
): DecorationSet {
  const stale: Decoration[] = [];
  for (const decoration of set.find()) {
    const { key, look } = decoration.spec as Spec;
    const name = key.startsWith('caret ') ? key.slice(0, key.lastIndexOf(' ')) : key;
    const want = wanted.get(name);
    if (want?.look === look && want.from === decoration.from && want.to === decoration.to)
      wanted.delete(name);
    else stale.push(decoration);
  }
  const kept = stale.length > 0 ? set.remove(stale) : set;
  const fresh = [...wanted.values()].map((want) => want.make());
  return fresh.length > 0 ? kept.add(state.doc, fresh) : kept;
}

/** The one decoration plugin. `drawn` is asked after every transaction. */
export function decorations(drawn: () => Drawn): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key: decorationsKey,
    state: {
      init: (_config, state) => corrected(DecorationSet.empty, state, wantedOf(state, drawn())),
      apply: (tr, set, _old, state) => {
        const moved = tr.docChanged ? set.map(tr.mapping, tr.doc) : set;
        return corrected(moved, state, wantedOf(state, drawn()));
      },
    },
    props: {
      decorations: (state) => decorationsKey.getState(state),
    },
  });
}
