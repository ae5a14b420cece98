/** A file with everything that was chosen about it: roles, words put back, notes as the writer's sources. */
import type { KnownFacts } from '#core/facts/seen-facts.ts';
import type { ImportFormat } from '#core/formats/article-formats.ts';
import type { SourceNotes } from '#core/formats/import/about.ts';
import {
  applyChoices,
  type ChosenImport,
  type ImportChoices,
} from '#core/formats/import/choices.ts';
import type { ImportContext, Imported } from '#core/formats/import/imported.ts';
import { withWritersSources } from '#core/formats/import/writers-sources.ts';

/** The article as chosen, the facts that were made of its notes, and what a preview says of them. */
export interface WholeChoice extends ChosenImport {
  facts: KnownFacts;
  sourceNotes: SourceNotes;
}

/** Applies every choice. A review of Galley has facts of its own: its notes are nobody's sources. */
export function chooseImport(
  imported: Imported,
  format: ImportFormat,
  choices: ImportChoices,
  context: ImportContext,
): WholeChoice {
  const chosen = applyChoices(imported, choices);
  const { comments, doc } = imported.review;
  const counts =
    format === 'json'
      ? { comments: 0, footnotes: 0 }
      : {
          comments: comments.size,
          footnotes: doc.content.content.filter((node) => node.type.name === 'footnote').length,
        };
  if (!choices.sources || format === 'json')
    return { ...chosen, facts: { claims: [], sources: [] }, sourceNotes: { ...counts, notes: [] } };
  const { notes, ...cited } = withWritersSources(chosen, choices.sources, context);
  return { ...cited, sourceNotes: { ...counts, notes } };
}
