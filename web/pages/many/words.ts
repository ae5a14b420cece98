/** What the screens say about many articles at once. */
import type { PackedArticle } from '#core/formats/many/manifest.ts';
import { plural } from '#web/ui/messages.ts';

const megabytes = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });

/** "1.2 MB", or "40 kB" below a tenth of one. */
export const sizeWords = (bytes: number): string =>
  bytes < 100_000
    ? `${Math.max(1, Math.round(bytes / 1000))} kB`
    : `${megabytes.format(bytes / 1_000_000)} MB`;

export const manyWords = {
  select: (headline: string) => `Select ${headline}`,
  selectAll: 'Select all articles shown',
  bar: 'Selected articles',
  selected: (count: number) =>
    plural(count, { one: '# article selected', other: '# articles selected' }),
  clear: 'Select none',
  title: (count: number) =>
    plural(count, { one: 'Send out # article', other: 'Send out # articles' }),
  lead: 'They come in one zip file, with a list of what each copy holds.',
  release: 'Those with nothing open. What is held back is listed, with its reasons.',
  start: 'Make the zip file',
  starting: 'Starting…',
  tooMany: 'A zip file holds 200 articles. Select fewer.',
  back: 'Library',
  pageTitle: 'Send out',
  building: (done: number, total: number) => `${done} of ${total} done`,
  ready: (held: number) =>
    held === 0
      ? 'The zip file is ready.'
      : `The zip file is ready. ${plural(held, { one: '# article was held back.', other: '# articles were held back.' })}`,
  failed: 'The zip file could not be finished. Nothing is lost; select the articles again.',
  download: (size: string) => `Download zip file (${size})`,
  kept: 'It is kept for a day, for you alone. A download that breaks off goes on where it stopped.',
  inside: 'In the zip file',
  held: 'Held back',
  holds: ({ counts: { notes, facts }, rev, warnings }: PackedArticle) =>
    [
      `Version ${rev}`,
      notes + facts === 0
        ? 'no notes'
        : `${plural(notes, { one: '# note', other: '# notes' })}, ${plural(facts, { one: '# fact', other: '# facts' })}`,
      warnings.length === 0
        ? ''
        : plural(warnings.length, { one: '# warning', other: '# warnings' }),
    ]
      .filter((part) => part !== '')
      .join(' · '),
  more: (count: number) => plural(count, { one: 'and # more', other: 'and # more' }),
};
