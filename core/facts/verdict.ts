/** Verdicts of the fact-checking desk: the codes, the four words on screen, and how sure the checker is. Written once, here. */

/** What a check found. The codes are fixed; how they are called on screen is `screenWord`. */
export const verdicts = [
  'confirmed',
  'confirmed-after-change',
  'needs-context',
  'misleading',
  'wrong',
  'conflicting-sources',
  'unverifiable',
  'on-author',
  'opinion',
] as const;
export type Verdict = (typeof verdicts)[number];

/** The four words people see, and `Closed` for what turned out to be an opinion and is left out of the counts. */
export type ScreenWord = 'Open' | 'Queried' | 'Wrong' | 'Confirmed' | 'Closed';

const words: Record<Verdict, ScreenWord> = {
  confirmed: 'Confirmed',
  'confirmed-after-change': 'Confirmed',
  'needs-context': 'Queried',
  'conflicting-sources': 'Queried',
  unverifiable: 'Queried',
  'on-author': 'Queried',
  wrong: 'Wrong',
  misleading: 'Wrong',
  opinion: 'Closed',
};

/** The word for a verdict; no verdict yet is Open. */
export const screenWord = (verdict: Verdict | null): ScreenWord =>
  verdict ? words[verdict] : 'Open';

/** True for verdicts that say the statement holds; they need a citation. */
export const isConfirmation = (verdict: Verdict): boolean => words[verdict] === 'Confirmed';

/** How sure a checker is, apart from the verdict, from the strongest down. */
export const certainties = ['primary', 'two-independent', 'one-secondary', 'word'] as const;
export type Certainty = (typeof certainties)[number];

/** Certainty in words, as it is shown. */
export const certaintyWords: Record<Certainty, string> = {
  primary: 'Primary source seen',
  'two-independent': 'Two independent secondary sources',
  'one-secondary': 'One secondary source or a handout',
  word: 'A person’s word',
};
