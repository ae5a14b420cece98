/** What is drawn over the text and has no anchor: air between the words of suggestions, the focus on one, the others' carets.
 *  Worked out anew when the text, the focus or a caret has changed; only what differs is added or removed. */
import type { Node } from 'prosemirror-model';
import { Plugin, PluginKey, type EditorState } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';
import type { SuggestionInText } from '#core/suggest/list.ts';
import type { Drawn } from '#web/editor/decorations.ts';
import { suggestionsOf } from '#web/session/annotations.ts';
import type { Caret } from '#web/session/carets.ts';

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

interface Shades {
  set: DecorationSet;
  doc: Node | null;
  focused: string | null;
  carets: readonly Caret[];
}

export const shadesKey = new PluginKey<Shades>('galley.shades');

function shaded(key: string, from: number, to: number, look: string): Wanted {
  return {
    key,
    from,
    to,
    look,
    make: () => Decoration.inline(from, to, { class: look }, { key, look } satisfies Spec),
  };
}

function framed(key: string, from: number, to: number, look: string): Wanted {
  const make = (): Decoration =>
    Decoration.node(from, to, { class: look }, { key, look } satisfies Spec);
  return { key, from, to, look, make };
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

function wantedOf({ doc }: EditorState, { focused, carets }: Drawn): Map<string, Wanted> {
  const size = doc.content.size;
  const all = new Map<string, Wanted>();
  const add = (wanted: Wanted): void => {
    if (wanted.from >= 0 && wanted.to <= size) all.set(wanted.key, wanted);
  };
  const suggestions = suggestionsOf(doc);
  for (const suggestion of suggestions) for (const gap of gapsIn(suggestion)) add(gap);
  for (const gap of gapsBetween(suggestions)) add(gap);
  const inFocus = suggestions.find(({ id }) => id === focused);
  inFocus?.ranges.forEach(({ from, to }, i) => {
    if (to > from) add(shaded(`focus ${i}`, from, to, 'suggestion-in-focus'));
  });
  const figure = inFocus?.whole?.what === 'figure' ? doc.nodeAt(inFocus.from - 1) : null;
  if (inFocus && figure?.type.name === 'figure')
    add(framed('figure', inFocus.from - 1, inFocus.from - 1 + figure.nodeSize, 'whole-in-focus'));
  for (const caret of carets) for (const wanted of caretAt(caret)) add(wanted);
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

const sameCarets = (a: readonly Caret[], b: readonly Caret[]): boolean =>
  a.length === b.length && a.every((caret, i) => caret === b[i]);

/** The plugin of what has no anchor. `drawn` is asked after every transaction. */
export function shades(drawn: () => Drawn): Plugin<Shades> {
  const now = (set: DecorationSet, state: EditorState): Shades => {
    const { focused, carets, ...rest } = drawn();
    const wanted = wantedOf(state, { focused, carets, ...rest });
    return { set: corrected(set, state, wanted), doc: state.doc, focused, carets };
  };
  return new Plugin<Shades>({
    key: shadesKey,
    state: {
      init: (_config, state) => now(DecorationSet.empty, state),
      apply: (tr, old, _state, state) => {
        const { focused, carets } = drawn();
        const isSame = old.focused === focused && sameCarets(old.carets, carets);
        if (isSame && old.doc === state.doc) return old;
        return now(tr.docChanged ? old.set.map(tr.mapping, tr.doc) : old.set, state);
      },
    },
    props: { decorations: (state) => shadesKey.getState(state)?.set },
  });
}
