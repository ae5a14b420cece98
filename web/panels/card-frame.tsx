/** What every card is around its words: an article beside a stripe that takes the focus of the page, by mouse and by keyboard. */
import { useEffect, type ReactElement, type ReactNode, type RefCallback } from 'react';
import type { Annotation } from '#web/panels/annotations.ts';
import style from '#web/panels/card.module.css';
import { focusCard } from '#web/panels/focus-card.ts';
import { usePage } from '#web/panels/page-state.tsx';
import { useSession } from '#web/panels/use-session.ts';
import { classes } from '#web/ui/class-names.ts';

/** `lead` is the annotation the card stands for; `content` what it shows of it: when that changes, it has to be seen again.
 *  A part with `data-member` is one of several annotations on the card, and a click there puts that one in focus. */
export function CardFrame({
  lead,
  shape,
  focused,
  waiting = false,
  content = '',
  label,
  place,
  atEnd = false,
  children,
}: {
  lead: Annotation;
  shape?: string;
  focused: boolean;
  waiting?: boolean;
  content?: string;
  label: string;
  place?: RefCallback<HTMLElement> | undefined;
  /** The card stands at the end of the article, not at its words. */
  atEnd?: boolean;
  children: ReactNode;
}): ReactElement {
  const session = useSession();
  const page = usePage();
  useSeen(lead.id, content, focused);
  const { following } = page;
  useEffect(() => {
    // The code of a card may come after the keyboard was on its way to it.
    const wish = following.current;
    if (focused && wish !== null && focusCard(lead.id, wish)) following.current = null;
  }, [focused, lead.id, following]);
  return (
    <article
      ref={place}
      data-card={lead.id}
      data-shape={shape}
      data-kind={lead.kind}
      data-focused={focused || undefined}
      data-waiting={waiting || undefined}
      data-at-end={atEnd || undefined}
      className={classes(style.card, place && style.placed)}
      aria-label={label}
      aria-current={focused || undefined}
      tabIndex={0}
      onClick={({ target }) => {
        const part = target instanceof Element ? target.closest('[data-member]') : null;
        const member = part?.getAttribute('data-member') ?? null;
        if (member !== null || !focused) session.focus(member ?? lead.id);
      }}
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget) return;
        if (event.key === 'Enter' || event.key === ' ') {
          event.preventDefault();
          page.following.current = 'card';
          session.focus(lead.id);
        }
      }}
    >
      {children}
    </article>
  );
}

/** Notes when the focused card with its present content has been painted: a decision key waits for it. */
function useSeen(id: string, content: string, focused: boolean): void {
  const { seen } = usePage();
  useEffect(() => {
    if (!focused) return undefined;
    seen.current = null;
    // The frame after the next one comes when this one is on the screen.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        seen.current = { id, at: performance.now() };
      });
    });
    return () => {
      cancelAnimationFrame(frame);
      seen.current = null;
    };
  }, [seen, id, content, focused]);
}
