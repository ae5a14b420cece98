/** The log of an article's facts as a table: a row for each fact and each round of checking it. */
import { factLines, type FactLine } from '#core/facts/fact-list.ts';
import type { Check, Citation } from '#core/facts/claim-file.ts';
import { stateWords, verdictWords } from '#core/facts/fact-words.ts';
import { filesById, type KnownFacts } from '#core/facts/seen-facts.ts';
import { certaintyWords } from '#core/facts/verdict.ts';
import { writeCsv } from '#core/formats/csv.ts';
import { citationInWords } from '#core/formats/found-words.ts';
import { headlineOf, type Review } from '#core/sync/review.ts';

/** The columns, in their order. */
export const factLogColumns = [
  'Fact',
  'Type',
  'What to check',
  'State',
  'Round',
  'Verdict',
  'Certainty',
  'Rationale',
  'Checker',
  'Checked at',
  'Words checked',
  'Sources',
  'Also cited',
  'Marked by',
  'Article',
  'Paragraph',
] as const;

/** Writes the log. A fact that nobody has checked has one row without a round, with what was cited for it so far. What the newest
 *  round does not rest on stands in a column of its own. */
export function writeFactLog(review: Review, facts: KnownFacts, { bom }: { bom: boolean }): string {
  const sources = new Map(facts.sources.map((source) => [source.id, source]));
  const name = (id: string): string => review.people.get(id)?.name ?? id;
  const headline = headlineOf(review.doc);
  const row = (line: FactLine, check: Check | null, round: string): string[] => {
    const rests = ({ id }: Citation): boolean => check?.citationIds.includes(id) ?? true;
    const words = (citations: readonly Citation[]): string =>
      citations.map((one) => citationInWords(one, sources.get(one.sourceId))).join('\n');
    const isNewest = check?.id === line.rounds.at(-1)?.id;
    return [
      line.words,
      line.claim?.type ?? '',
      line.claim?.check ?? '',
      stateWords(line.state),
      round,
      check ? verdictWords[check.verdict] : '',
      check?.certainty ? certaintyWords[check.certainty] : '',
      check?.rationale ?? '',
      check ? name(check.by) : '',
      check?.at ?? '',
      check?.words ?? '',
      words(line.citations.filter(rests)),
      isNewest ? words(line.citations.filter((one) => !rests(one))) : '',
      name(line.markedBy),
      headline,
      line.place,
    ];
  };
  const rows = factLines(review, filesById(facts)).flatMap((line) =>
    line.rounds.length === 0
      ? [row(line, null, '')]
      : line.rounds.map((check, i) => row(line, check, `${i + 1} of ${line.rounds.length}`)),
  );
  return writeCsv([factLogColumns, ...rows], { bom });
}
