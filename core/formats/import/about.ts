/** What the house makes of a file beside its text, for the preview: who will see its notes, and which facts are known here. */
import type { ImportFormat } from '#core/formats/article-formats.ts';
import type { AudienceAccount } from '#core/formats/import/audiences.ts';
import type { CitedNote } from '#core/formats/import/cited-notes.ts';
import type { ImportPreview } from '#core/formats/import/preview.ts';

export interface ImportAbout {
  audience: AudienceAccount;
  /** Verdicts that come along, and the sources they cite. */
  verdicts: number;
  sources: number;
  /** Facts of the file that the house has already, by an earlier import of it; they are shared, not doubled. */
  shared: number;
  /** The articles that came from the same file. */
  before: { id: string; headline: string }[];
}

/** What a preview says of notes that could be the writer's sources. */
export interface SourceNotes {
  comments: number;
  footnotes: number;
  /** What becomes of each, where that was chosen; else none. */
  notes: readonly CitedNote[];
}

/** The answer to a question for a preview. */
export type PreviewAnswer = Omit<ImportPreview, 'format'> & {
  format: ImportFormat;
  about: ImportAbout;
  sourceNotes: SourceNotes;
};
