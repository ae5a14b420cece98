/** One choice out of a few, as joined buttons. An option that is off stays reachable and says why.
 *  The arrows go from one to the next and choose nothing: a choice here changes what typing does. */
import { useState, type KeyboardEvent, type ReactElement } from 'react';
import { Focusable, Tooltip, TooltipTrigger } from 'react-aria-components/Tooltip';
import style from '#web/ui/segmented.module.css';
import tooltip from '#web/ui/tooltip.module.css';

export interface Segment<T extends string> {
  value: T;
  label: string;
  /** Why this one cannot be chosen; absent when it can. */
  off?: string;
}

/** Which way a key goes in the order of the page; 0 when it goes nowhere. */
function wayOf({ key, currentTarget }: KeyboardEvent<HTMLElement>): number {
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return 0;
  const isMirrored = getComputedStyle(currentTarget).direction === 'rtl';
  return (key === 'ArrowRight') === isMirrored ? -1 : 1;
}

function step(event: KeyboardEvent<HTMLElement>): void {
  const way = wayOf(event);
  if (way === 0) return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="radio"]')];
  const at = all.findIndex((each) => each === event.target);
  all[(at + way + all.length) % all.length]?.focus();
  event.preventDefault();
  event.stopPropagation();
}

export function Segmented<T extends string>({
  label,
  value,
  segments,
  onChange,
}: {
  label: string;
  value: T;
  segments: readonly Segment<T>[];
  onChange: (value: T) => void;
}): ReactElement {
  // The one in focus is the only stop of the Tab key, else the one that is chosen.
  const [focused, setFocused] = useState<T | null>(null);
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className={style.group}
      onKeyDown={step}
      onBlur={() => setFocused(null)}
    >
      {segments.map((segment) => {
        const button = (
          <button
            key={segment.value}
            type="button"
            role="radio"
            aria-checked={segment.value === value}
            aria-disabled={segment.off ? true : undefined}
            tabIndex={segment.value === (focused ?? value) ? 0 : -1}
            className={style.segment}
            // A click leaves the caret where it is.
            onMouseDown={(event) => event.preventDefault()}
            onFocus={() => setFocused(segment.value)}
            onClick={() => {
              if (!segment.off) onChange(segment.value);
            }}
          >
            {segment.label}
          </button>
        );
        if (!segment.off) return button;
        return (
          <TooltipTrigger key={segment.value} delay={200} closeDelay={100}>
            <Focusable>{button}</Focusable>
            <Tooltip offset={6} className={tooltip.tooltip ?? ''}>
              {segment.off}
            </Tooltip>
          </TooltipTrigger>
        );
      })}
    </div>
  );
}
