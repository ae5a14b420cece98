/** Where a fact stands, derived and never stored: from its last check on this occurrence and from what became of the words since. */
import type { Node } from 'prosemirror-model';
import type { Anchor } from '#core/annotate/anchor.ts';
import { lastCheck, type Check, type ClaimFile } from '#core/facts/claim-file.ts';
import { checkedWords } from '#core/facts/sentence.ts';
import { screenWord, type ScreenWord } from '#core/facts/verdict.ts';

/** Why a verdict asks to be looked at again: its own words changed, its sentence changed around it, or its words are gone. */
export type Stale = 'words' | 'sentence' | 'detached';

export interface FactState {
  word: ScreenWord;
  check: Check | null;
  stale: Stale | null;
}

/** The state of one occurrence. A stale confirmation is no confirmation: its word is Open until somebody looks again. */
export function factState(
  file: ClaimFile | undefined,
  occurrenceId: string,
  anchor: Anchor | undefined,
  doc: Node,
): FactState {
  const check = file ? lastCheck(file, occurrenceId) : null;
  if (!check) return { word: 'Open', check: null, stale: null };
  const stale = staleness(check, anchor, doc);
  const word = screenWord(check.verdict);
  return { word: stale && word === 'Confirmed' ? 'Open' : word, check, stale };
}

function staleness(check: Check, anchor: Anchor | undefined, doc: Node): Stale | null {
  if (!anchor || anchor.state === 'detached') return 'detached';
  const now = checkedWords(doc, anchor.from, anchor.to);
  if (now.words !== check.words) return 'words';
  return now.sentence === check.sentence ? null : 'sentence';
}

/** "1 confirmed · 2 open · 1 to re-check": what stands, in words; closed facts are left out. */
export function factsInWords(states: readonly FactState[]): string {
  const count = (test: (state: FactState) => boolean): number => states.filter(test).length;
  const counts: [number, string][] = [
    [count((s) => s.word === 'Confirmed'), 'confirmed'],
    [count((s) => s.word === 'Queried'), 'queried'],
    [count((s) => s.word === 'Wrong'), 'wrong'],
    [count((s) => s.word === 'Open' && !s.stale), 'open'],
    [count((s) => s.stale !== null && s.word !== 'Closed'), 'to re-check'],
  ];
  const shown = counts.filter(([n]) => n > 0).map(([n, word]) => `${n} ${word}`);
  return shown.length > 0 ? shown.join(' · ') : 'No facts marked';
}
