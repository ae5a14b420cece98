/** A click on marked words puts their annotation in focus: the smallest one wins, a second click goes to the next around it. */
import { Plugin } from 'prosemirror-state';
import { suggestionsOf } from '#web/session/annotations.ts';
import type { ArticleSession } from '#web/session/article-session.ts';

/** The annotations on the character at or before `pos`, smallest first. */
export function annotationsAt(session: ArticleSession, pos: number): string[] {
  const { review } = session;
  const found: { id: string; size: number }[] = [];
  for (const { id, kind, from, to, state } of review.anchors.byId.values()) {
    const open =
      (kind === 'comment' ? review.comments : review.occurrences).get(id)?.status === 'open';
    if (open && state === 'attached' && from <= pos && pos <= to)
      found.push({ id, size: to - from });
  }
  for (const { id, from, to, ranges } of suggestionsOf(session.state.doc))
    if (ranges.some((range) => range.from <= pos && pos <= range.to))
      found.push({ id, size: to - from });
  return found.toSorted((a, b) => a.size - b.size).map(({ id }) => id);
}

/** The annotation that a click goes to, given the one in focus. */
export function nextAt(ids: readonly string[], focused: string | null): string | null {
  const at = ids.indexOf(focused ?? '');
  return ids[(at + 1) % Math.max(1, ids.length)] ?? null;
}

export function pointer(session: ArticleSession): Plugin {
  return new Plugin({
    props: {
      handleClick(_view, pos, event) {
        const target = event.target instanceof Element ? event.target : null;
        const onMark = target?.closest('[data-annotation]') !== null;
        const ids = onMark ? annotationsAt(session, pos) : [];
        session.focus(nextAt(ids, session.display.focused));
        return false;
      },
    },
  });
}
