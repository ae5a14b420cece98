/** What the screens say about facts, their sources and verdicts. */
import type { SourceKind } from '#core/facts/claim-file.ts';
import type { Stale } from '#core/facts/fact-state.ts';
import { plural } from '#web/ui/messages.ts';

export const sourceKindWords: Record<SourceKind, string> = {
  web: 'Web page',
  document: 'Document',
  person: 'Person',
  recording: 'Recording',
  dataset: 'Data',
};

export const staleWords: Record<Stale, string> = {
  words: 'Its words have changed since. Still true?',
  sentence: 'Its sentence has changed since. Still true?',
  detached: 'Its words are gone. Give it a place, then look again.',
};

export const factWords = {
  recheck: 'To re-check',
  sources: 'Sources',
  noSources: 'No source cited yet.',
  addSource: 'Add a source',
  known: 'Source',
  newSource: 'A new source',
  title: 'Title',
  titleMissing: 'A source needs a title.',
  kind: 'Kind',
  publisher: 'Publisher or person',
  address: 'Link or place',
  dated: 'Date',
  locator: 'Page, line or minute',
  stance: 'It',
  quote: 'Its words',
  cite: 'Cite',
  uncite: (title: string) => `Take away ${title}`,
  verdictLine: 'Give a verdict',
  verdictForm: 'Your verdict',
  again: 'Look again',
  verdict: 'Verdict',
  certainty: 'Certainty',
  unsaid: 'Not said',
  rationale: 'Why',
  restsOn: 'Rests on',
  give: 'Give the verdict',
  cancel: 'Cancel',
  rounds: (count: number) => plural(count, { one: '# earlier round', other: '# earlier rounds' }),
  by: (verdict: string, name: string) => `${verdict} by ${name}`,
};
