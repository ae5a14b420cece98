/** What the house makes of a file beside its text, for the preview: who will see its notes, and which facts are known here. */
import type { ImportFormat } from '#core/formats/article-formats.ts';
import type { AudienceAccount } from '#core/formats/import/audiences.ts';
import type { CitedNote } from '#core/formats/import/cited-notes.ts';
import type { NotKept } from '#core/formats/import/kept-file.ts';
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

/** What a preview says of a review that can be brought back as it was, or is. */
export interface KeptAccount {
  /** The version it keeps. */
  rev: number;
  /** Those it names, and those of them who are people of this house. */
  people: number;
  linked: number;
  /** What has another name here, in sentences. */
  changes: string[];
}

/** Whether a review is brought back as it was. `mayChoose`: it can be, and is unless asked otherwise. */
export interface KeptChoice {
  mayChoose: boolean;
  kept: KeptAccount | null;
  /** Why it cannot be, where the person may; null else. */
  why: NotKept | null;
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
  /** Null for every file but a review of Galley. */
  keeping: KeptChoice | null;
};
