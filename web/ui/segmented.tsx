/** One choice out of a few, as joined buttons. An option that is off stays reachable and says why. */
import type { ReactElement } from 'react';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup';
import { Tooltip, TooltipTrigger } from 'react-aria-components/Tooltip';
import overlay from '#web/ui/overlay.module.css';
import style from '#web/ui/segmented.module.css';

export interface Segment<T extends string> {
  value: T;
  label: string;
  /** Why this one cannot be chosen; absent when it can. */
  off?: string;
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
  return (
    <ToggleButtonGroup
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const chosen = segments.find((segment) => keys.has(segment.value));
        if (chosen && !chosen.off) onChange(chosen.value);
      }}
      className={style.group ?? ''}
    >
      {segments.map((segment) => {
        const button = (
          <ToggleButton
            id={segment.value}
            className={style.segment ?? ''}
            preventFocusOnPress
            {...(segment.off ? { 'data-off': '', 'aria-disabled': true } : {})}
          >
            {segment.label}
          </ToggleButton>
        );
        if (!segment.off)
          return (
            <span key={segment.value} className={style.cell}>
              {button}
            </span>
          );
        return (
          <TooltipTrigger key={segment.value} delay={200} closeDelay={100}>
            {button}
            <Tooltip offset={6} className={overlay.tooltip ?? ''}>
              {segment.off}
            </Tooltip>
          </TooltipTrigger>
        );
      })}
    </ToggleButtonGroup>
  );
}
