/** What was found of a fact, in words: its rounds of checking and its sources as messages of a thread. */
import type { Citation, Source } from '#core/facts/claim-file.ts';
import type { FactLine } from '#core/facts/fact-list.ts';
import { asksAgain, stanceWords, verdictWords } from '#core/facts/fact-words.ts';
import type { KnownFacts } from '#core/facts/seen-facts.ts';
import { certaintyWords } from '#core/facts/verdict.ts';
import type { NoteMessage } from '#core/formats/note-list.ts';

/** A citation: "Supports: Title, publisher, date, p. 2 <address> “its words”". */
export function citationInWords(citation: Citation, source: Source | undefined): string {
  const about = [source?.title, source?.publisher, source?.dated, citation.locator];
  const address = source?.address ? ` <${source.address}>` : '';
  const quote = citation.quote === '' ? '' : ` “${citation.quote}”`;
  return `${stanceWords[citation.stance]}: ${about.filter(Boolean).join(', ')}${address}${quote}`;
}

/** The citations and rounds of a fact, each as a message of the person who made it. */
export function foundInWords(
  { rounds, citations, state }: FactLine,
  { sources }: KnownFacts,
  name: (id: string) => string,
): NoteMessage[] {
  const cited = citations.map((citation) => {
    const source = sources.find(({ id }) => id === citation.sourceId);
    return message(name(citation.by), citation.at, citationInWords(citation, source));
  });
  const checked = rounds.map(({ id, verdict, certainty, rationale, by, at }) => {
    const again = id === state.check?.id && asksAgain(state) ? ' (to re-check)' : '';
    const sure = certainty ? `. ${certaintyWords[certainty]}` : '';
    const why = rationale === '' ? '' : `\n${rationale}`;
    return message(name(by), at, `Verdict: ${verdictWords[verdict]}${again}${sure}.${why}`);
  });
  return [...cited, ...checked];
}

const message = (author: string, at: string, text: string): NoteMessage => ({
  author,
  at,
  text,
  edited: false,
});
