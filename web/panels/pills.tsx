/** "3 above", "5 below": how many annotations of the filter lie outside the window, and the way to the nearest of them. */
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useEffect, useState, type ReactElement, type RefObject } from 'react';
import type { EditorGeometry } from '#web/editor/geometry.ts';
import type { Annotation } from '#web/panels/annotations.ts';
import { none, outsideOf } from '#web/panels/outside.ts';
import style from '#web/panels/margin.module.css';
import { reviewMessages } from '#web/ui/review-messages.ts';

export function Pills({
  geometry,
  scroller,
  beside,
  onGo,
}: {
  geometry: EditorGeometry;
  scroller: RefObject<HTMLElement | null>;
  beside: readonly Annotation[];
  onGo: (id: string | undefined) => void;
}): ReactElement {
  const [outside, setOutside] = useState(none);
  useEffect(() => {
    const area = scroller.current;
    if (!area) return undefined;
    let frame = 0;
    const count = (): void => {
      frame = 0;
      const view = area.getBoundingClientRect();
      const sheet = geometry.top();
      const lines = geometry.lines();
      const seen = { top: view.top - sheet, bottom: view.bottom - sheet };
      const now = outsideOf(beside, (id) => lines.get(id)?.bottom, seen);
      setOutside((old) =>
        old.above === now.above &&
        old.below === now.below &&
        old.last === now.last &&
        old.first === now.first
          ? old
          : now,
      );
    };
    const soon = (): void => {
      if (frame === 0) frame = requestAnimationFrame(count);
    };
    soon();
    area.addEventListener('scroll', soon, { passive: true });
    window.addEventListener('resize', soon);
    const stop = geometry.subscribe(soon);
    return () => {
      cancelAnimationFrame(frame);
      area.removeEventListener('scroll', soon);
      window.removeEventListener('resize', soon);
      stop();
    };
  }, [geometry, scroller, beside]);
  return (
    <div className={style.pills}>
      <div className={style.pill} data-side="above">
        {outside.above > 0 && (
          <button type="button" onClick={() => onGo(outside.last)}>
            <ArrowUp size={14} aria-hidden="true" />
            {reviewMessages.above(outside.above)}
          </button>
        )}
      </div>
      <div className={style.pill} data-side="below">
        {outside.below > 0 && (
          <button type="button" onClick={() => onGo(outside.first)}>
            <ArrowDown size={14} aria-hidden="true" />
            {reviewMessages.below(outside.below)}
          </button>
        )}
      </div>
    </div>
  );
}
