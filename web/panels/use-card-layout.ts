/** Puts the cards of the margin beside their words: all is read, then all is written, in one frame; React draws nothing for it. */
import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  type RefCallback,
  type RefObject,
} from 'react';
import { layoutCards, type Placed } from '#web/panels/card-layout.ts';
import { firstLine, type Lines } from '#web/panels/geometry.ts';
import type { EditorGeometry } from '#web/editor/geometry.ts';

/** From the top of a card to the middle of its first line, in pixels. */
const toFirstLine = 25;
const gap = 10;
/** The height of a line that stands for folded cards, whatever it lists below itself. */
const foldedLine = 30;
/** Space kept between what is shown and the edge of the window. */
const air = 56;
/** A card that a focused one pushes further than this from its words steps back until there is room. */
const farthest = 370;
export const draftId = 'draft';

export interface CardLayout {
  /** The ref of a card; the same function for the same id. */
  place(id: string): RefCallback<HTMLElement>;
  /** Brings the card and its words into view with the next layout. */
  reveal(id: string): void;
}

export function useCardLayout(how: {
  geometry: EditorGeometry;
  /** Cards and lines of the margin in text order. */
  ids: readonly string[];
  pinned: string | null;
  /** Where the words of each are, in pixels of the window; null when they are not drawn. */
  linesOf: (id: string) => Lines | null;
  margin: RefObject<HTMLElement | null>;
  /** What stands in the flow at the head of the margin; cards keep below it. */
  head: RefObject<HTMLElement | null>;
  hairline: RefObject<HTMLElement | null>;
  scroller: RefObject<HTMLElement | null>;
}): CardLayout {
  const cards = useRef(new Map<string, HTMLElement>());
  const refs = useRef(new Map<string, RefCallback<HTMLElement>>());
  const frame = useRef(0);
  const revealing = useRef<string | null>(null);
  const latest = useRef(how);
  const sizes = useRef<ResizeObserver | null>(null);

  const run = useCallback(() => {
    frame.current = 0;
    const { ids, pinned, linesOf, margin, head, hairline, scroller } = latest.current;
    if (!margin.current) return;
    const origin = margin.current.getBoundingClientRect().top;
    const placed: Placed[] = [];
    const lines = new Map<string, number>();
    const anchors = new Map<string, number>();
    for (const id of ids) {
      const card = cards.current.get(id);
      const box = linesOf(id);
      if (!card || !box) continue;
      const line = firstLine(box) - origin;
      lines.set(id, line);
      const isCard = card.dataset['card'] !== undefined;
      const toLine = isCard ? toFirstLine : Math.min(card.offsetHeight, foldedLine) / 2;
      anchors.set(id, line - toLine);
      placed.push({ id, anchor: line - toLine, height: card.offsetHeight });
    }
    const top = head.current ? head.current.offsetHeight : 0;
    const kept = roomFor(placed, pinned, top > 0 ? top + gap : -Infinity);
    const tops = layoutCards(kept, pinned, { gap, top: top > 0 ? top + gap : -Infinity });
    let bottom = top;
    const fresh: HTMLElement[] = [];
    for (const { id, height } of placed) {
      const card = cards.current.get(id);
      const at = tops.get(id);
      if (!card) continue;
      if (at === undefined) {
        card.toggleAttribute('data-away', true);
        continue;
      }
      bottom = Math.max(bottom, at + height);
      card.style.transform = `translateY(${at}px)`;
      const anchor = anchors.get(id) ?? at;
      const stays = id === pinned || card.dataset['atEnd'] !== undefined;
      card.toggleAttribute('data-away', !stays && Math.abs(at - anchor) > farthest);
      if (card.dataset['standing'] === undefined) fresh.push(card);
    }
    margin.current.style.minBlockSize = `${bottom}px`;
    if (hairline.current) {
      const line = pinned === null ? undefined : lines.get(pinned);
      hairline.current.hidden = line === undefined;
      if (line !== undefined) hairline.current.style.transform = `translateY(${line}px)`;
    }
    // A card slides only once it stands somewhere: asking for a size has the browser take note of where.
    if (fresh.length > 0 && margin.current.offsetHeight >= 0)
      for (const card of fresh) card.dataset['standing'] = '';
    if (revealing.current !== null && lines.has(revealing.current)) {
      const id = revealing.current;
      revealing.current = null;
      if (scroller.current)
        show(scroller.current, {
          line: (lines.get(id) ?? 0) + origin,
          top: (tops.get(id) ?? 0) + origin,
          height: placed.find((each) => each.id === id)?.height ?? 0,
        });
    }
  }, []);

  const schedule = useCallback(() => {
    if (frame.current === 0) frame.current = requestAnimationFrame(run);
  }, [run]);

  useLayoutEffect(() => {
    latest.current = how;
    // What comes into the window with a quick scroll is in its place at once.
    const isNew = (id: string): boolean => {
      const card = cards.current.get(id);
      return card !== undefined && card.dataset['standing'] === undefined;
    };
    if (how.ids.some(isNew)) run();
    else schedule();
  });

  const { geometry } = how;
  useEffect(() => {
    const observer = new ResizeObserver(schedule);
    sizes.current = observer;
    for (const card of cards.current.values()) observer.observe(card);
    window.addEventListener('resize', schedule);
    const stop = geometry.subscribe(schedule);
    // Text moves when its fonts arrive, and nothing else would say so.
    void document.fonts.ready.then(schedule);
    return () => {
      observer.disconnect();
      sizes.current = null;
      window.removeEventListener('resize', schedule);
      stop();
      cancelAnimationFrame(frame.current);
      frame.current = 0;
    };
  }, [geometry, schedule]);

  const place = useCallback(
    (id: string): RefCallback<HTMLElement> => {
      const known = refs.current.get(id);
      if (known) return known;
      const ref: RefCallback<HTMLElement> = (card) => {
        if (!card) return undefined;
        cards.current.set(id, card);
        sizes.current?.observe(card);
        schedule();
        return () => {
          cards.current.delete(id);
          sizes.current?.unobserve(card);
        };
      };
      refs.current.set(id, ref);
      return ref;
    },
    [schedule],
  );

  const reveal = useCallback(
    (id: string) => {
      revealing.current = id;
      schedule();
    },
    [schedule],
  );
  return { place, reveal };
}

/** The cards that stay when the pinned one stands at its words under `top`: of those before it, as many as have room. */
function roomFor(placed: readonly Placed[], pinned: string | null, top: number): Placed[] {
  const at = placed.findIndex(({ id }) => id === pinned);
  const pin = placed[at];
  if (!pin || top === -Infinity) return [...placed];
  let free = pin.anchor - top;
  const before: Placed[] = [];
  // The nearest give way last: they are read together with the pinned one.
  for (const each of placed.slice(0, at).toReversed()) {
    free -= each.height + gap;
    if (free < 0) break;
    before.unshift(each);
  }
  return [...before, ...placed.slice(at)];
}

/** Scrolls only as far as needed: first the words into a comfortable part of the window, then the card as far as the words allow. */
function show(scroller: HTMLElement, card: { line: number; top: number; height: number }): void {
  const frame = scroller.getBoundingClientRect();
  const high = frame.top + 100;
  const low = frame.bottom - 150;
  let by = 0;
  if (card.line < high || card.line > low) by = card.line - (frame.top + frame.height * 0.38);
  const over = card.top + card.height - by - (frame.bottom - air);
  if (over > 0) by += Math.min(over, card.line - by - high);
  const under = frame.top + air - (card.top - by);
  if (under > 0 && card.height > 0) by -= Math.min(under, Math.max(0, low - (card.line - by)));
  if (Math.abs(by) < 1) return;
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  scroller.scrollBy({ top: by, behavior: calm ? 'auto' : 'smooth' });
}
