/** For whom a copy is. A preset says all there is to say: who reads it, which texts and formats it comes in. */
import { copyFormats, type CopyFormat } from '#core/formats/copy-formats.ts';
import { views, type View } from '#core/formats/view.ts';
import type { Right } from '#core/sync/policy.ts';

/** `working`: for the page, not cleared. `release`: for the page, through the gate. `writer`, `legal`: what these may see.
 *  `file`: what the sender sees. `read-back`: the facts alone, with boxes to tick. `archive`: everything there is. */
export const presets = [
  'working',
  'release',
  'writer',
  'legal',
  'file',
  'read-back',
  'archive',
] as const;
export type Preset = (typeof presets)[number];

interface Kind {
  views: readonly View[];
  formats: readonly CopyFormat[];
  /** What it takes to send it. */
  right: Right;
}

const clean: readonly View[] = ['accepted', 'original'];

const kinds: Record<Preset, Kind> = {
  working: { views: clean, formats: copyFormats, right: 'export' },
  release: { views: clean, formats: copyFormats, right: 'release' },
  writer: { views, formats: copyFormats, right: 'export' },
  legal: { views, formats: copyFormats, right: 'export' },
  file: { views, formats: copyFormats, right: 'export' },
  'read-back': { views: ['accepted'], formats: ['html', 'txt'], right: 'export' },
  archive: { views: ['marked'], formats: ['json'], right: 'archive' },
};

/** What a preset can be sent as. */
export const kindOf = (preset: Preset): Kind => kinds[preset];

/** True for the copies that become a page: they hold no notes, no names and no marks. */
export const isForPage = (preset: Preset): boolean => preset === 'working' || preset === 'release';

/** What is asked to be sent. */
export interface AskedCopy {
  preset: Preset;
  view: View;
  format: CopyFormat;
}

/** Reads what is asked; null when there is no such copy. A view that makes no difference is taken for the one there is. */
export function copyAsked(asked: {
  preset: string;
  view: string;
  format: string;
}): AskedCopy | null {
  const preset = presets.find((one) => one === asked.preset);
  if (preset === undefined) return null;
  const kind = kindOf(preset);
  const view = kind.views.find((one) => one === asked.view);
  const format = kind.formats.find((one) => one === asked.format);
  return view === undefined || format === undefined ? null : { preset, view, format };
}
