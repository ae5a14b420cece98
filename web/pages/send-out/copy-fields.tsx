/** Which reading and which format: what a preset does not have is off, and says why. */
import type { ReactElement } from 'react';
import type { CopyFormat } from '#core/formats/copy-formats.ts';
import { isForPage, kindOf, type AskedCopy, type Preset } from '#core/formats/send-out/presets.ts';
import type { View } from '#core/formats/view.ts';
import style from '#web/pages/send-out/send-out.module.css';
import { sendOutWords as words } from '#web/pages/send-out/words.ts';
import { Segmented, type Segment } from '#web/ui/segmented.tsx';

/** In the order of the screen. */
const allViews: readonly View[] = ['original', 'marked', 'accepted'];
const allFormats: readonly CopyFormat[] = ['docx', 'html', 'md', 'txt', 'json'];

/** What is wanted; without a view the usual one of the preset is. */
export type WantedCopy = Omit<AskedCopy, 'view'> & { view: View | null };

/** A copy that the preset has, as near to the wanted one as it goes. Notes are for whoever sees marks, so copies that may hold
 *  them are marked unless another view was chosen. */
export function nearest({ preset, view, format }: WantedCopy): AskedCopy {
  const { views, formats } = kindOf(preset);
  const usual = views.find((one) => one === 'marked') ?? views[0] ?? 'accepted';
  return {
    preset,
    view: views.find((one) => one === view) ?? usual,
    format: formats.includes(format) ? format : (formats[0] ?? 'html'),
  };
}

export function CopyFields({
  asked,
  onChange,
}: {
  asked: AskedCopy;
  onChange: (change: Partial<AskedCopy>) => void;
}): ReactElement {
  return (
    <>
      <Line label={words.view}>
        <Segmented
          label={words.view}
          value={asked.view}
          segments={viewSegments(asked)}
          onChange={(view) => onChange({ view })}
        />
      </Line>
      <Line label={words.format}>
        <Segmented
          label={words.format}
          value={asked.format}
          segments={formatSegments(asked.preset)}
          onChange={(format) => onChange({ format })}
        />
      </Line>
    </>
  );
}

function Line({ label, children }: { label: string; children: ReactElement }): ReactElement {
  return (
    <div className={style.line}>
      <span aria-hidden="true">{label}</span>
      {children}
    </div>
  );
}

function viewSegments({ preset, format, view }: AskedCopy): Segment<View>[] {
  const { views } = kindOf(preset);
  const isWhole = format === 'json' && !isForPage(preset) && views.length > 1;
  const why = isForPage(preset) ? words.noMarks : words.oneView;
  return allViews.map((value) => {
    const off = isWhole && value !== view ? words.allViews : views.includes(value) ? '' : why;
    return { value, label: words.views[value], ...(off === '' ? {} : { off }) };
  });
}

function formatSegments(preset: Preset): Segment<CopyFormat>[] {
  const { formats } = kindOf(preset);
  return allFormats.map((value) => ({
    value,
    label: words.formats[value],
    ...(formats.includes(value) ? {} : { off: words.noFormat }),
  }));
}
