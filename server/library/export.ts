/** What the files of copies are called, and what they are. */
import type { CopyFormat } from '#core/formats/copy-formats.ts';
import type { AskedCopy } from '#core/formats/send-out/presets.ts';
import type { View } from '#core/formats/view.ts';

/** A finished file. */
export interface ExportedFile {
  name: string;
  /** Its media type, with the character set of a text. */
  type: string;
  content: string | Uint8Array;
}

/** The media type of each format, with the character set of a text. */
export const mediaTypes: Record<CopyFormat, string> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  html: 'text/html; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  json: 'application/json; charset=utf-8',
};

const viewWords: Record<View, string> = {
  original: 'as filed',
  accepted: 'as edited',
  marked: 'marked',
};

/** What stands in brackets in the name of a copy. */
export function whatWords({ preset, view, format }: AskedCopy, rev: number): string {
  switch (preset) {
    case 'working':
      return 'not cleared';
    case 'release':
      return `release, version ${rev}`;
    case 'writer':
      return 'for the writer';
    case 'legal':
      return 'for legal';
    case 'read-back':
      return 'read-back sheet';
    case 'archive':
      return `everything, version ${rev}`;
    case 'file':
      return format === 'json' ? `version ${rev}` : viewWords[view];
  }
}

/** A file name that every system takes: the headline's words, the view, the ending. */
export function fileName(headline: string, what: string, format: string): string {
  const words = headline
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}/\\:*?"<>|]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .replace(/^[\s.]+/u, '')
    .trim();
  const short = [...words].slice(0, 80).join('').trim();
  return `${short === '' ? 'Untitled' : short} (${what}).${format}`;
}
