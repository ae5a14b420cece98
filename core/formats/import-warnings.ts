/** What an import of plain text left out or changed, in words. */
import type { TextImport } from '#core/formats/read-text.ts';
import { inQuotes, warning, type Warning } from '#core/formats/warning.ts';

const some = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** What an import left out or changed, one warning each, with its place in the source. */
export function importWarnings({ flags }: TextImport): Warning[] {
  return flags.flatMap((flag): Warning[] => {
    switch (flag.kind) {
      case 'web-leftover':
      case 'obfuscated-email':
      case 'notes-heading':
      case 'image-credit':
      case 'footnotes-unmatched':
        return flag.taken
          ? [warning('taken-out', `${inQuotes(flag.text)} at character ${flag.from} was left out.`)]
          : [];
      case 'no-break-spaces':
        return [
          warning('changed', `${some(flag.count, 'no-break space')} written as plain spaces.`),
        ];
      case 'repeated-spaces':
        return [
          warning('changed', `${some(flag.count, 'run')} of spaces written as one space each.`),
        ];
      case 'control-characters':
        return [warning('changed', `${some(flag.count, 'control character')} left out.`)];
      default:
        return [];
    }
  });
}
