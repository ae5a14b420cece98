/** One door to every file that Galley writes from a review. */
import type { Assets } from '#core/formats/assets/asset.ts';
import type { CopyFormat } from '#core/formats/copy-formats.ts';
import { writeDocx } from '#core/formats/docx/write-docx.ts';
import type { NoteCounts } from '#core/formats/reading-copy.ts';
import type { KnownFacts } from '#core/facts/seen-facts.ts';
import type { View } from '#core/formats/view.ts';
import type { Warning } from '#core/formats/warning.ts';
import { writeHtml } from '#core/formats/write-html.ts';
import { writeJsonFile } from '#core/formats/write-json.ts';
import { writeMarkdown } from '#core/formats/write-markdown.ts';
import { writeText } from '#core/formats/write-text.ts';
import type { Review } from '#core/sync/review.ts';

/** A written file: bytes for Word and for JSON with pictures, a text for any other. `counts` is null for JSON, which always
 *  holds everything. */
export interface Copy {
  content: string | Uint8Array;
  warnings: Warning[];
  counts: { in: NoteCounts; out: NoteCounts } | null;
}

/** Writes a copy. JSON is the whole review whatever the view, and never carries a notice. */
export function writeCopy(
  review: Review,
  options: {
    format: CopyFormat;
    view: View;
    notice: string | null;
    facts?: KnownFacts;
    assets?: Assets;
  },
): Copy {
  switch (options.format) {
    case 'docx':
      return writeDocx(review, options);
    case 'html':
      return writeHtml(review, options);
    case 'md':
      return writeMarkdown(review, options);
    case 'txt':
      return writeText(review, options);
    case 'json':
      return {
        content: writeJsonFile(review, options.facts, options.assets),
        warnings: [],
        counts: null,
      };
  }
}
