/** How verdicts, stances and the state of a fact are called, on screen and in copies. */
import type { Stance } from '#core/facts/claim-file.ts';
import type { FactState } from '#core/facts/fact-state.ts';
import type { Verdict } from '#core/facts/verdict.ts';

/** The nine verdicts in words. */
export const verdictWords: Record<Verdict, string> = {
  confirmed: 'Confirmed',
  'confirmed-after-change': 'Confirmed after a change',
  'needs-context': 'Needs context',
  misleading: 'Misleading',
  wrong: 'Wrong',
  'conflicting-sources': 'Sources disagree',
  unverifiable: 'Cannot be verified',
  'on-author': 'On the author',
  opinion: 'An opinion',
};

/** What a source says to a claim. */
export const stanceWords: Record<Stance, string> = {
  supports: 'Supports',
  contradicts: 'Contradicts',
  context: 'Context',
};

/** The one word or two that stand beside a fact: its state, or that somebody should look again. */
export const stateWords = (state: FactState): string =>
  asksAgain(state) ? 'To re-check' : state.word;

/** True when a verdict was given and asks to be looked at again. */
export const asksAgain = (state: FactState): boolean =>
  state.stale !== null && state.word !== 'Closed';
