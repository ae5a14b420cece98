/** What GET /api/facts answers: the facts of every article a person may open, a page at a time. */
import type { ClaimType } from '#core/annotate/annotation.ts';
import type { ScreenWord } from '#core/facts/verdict.ts';

/** One fact of one article. */
export interface ListedFact {
  id: string;
  articleId: string;
  words: string;
  check: string;
  type: ClaimType | null;
  word: ScreenWord;
  /** Its verdict asks to be looked at again. */
  again: boolean;
  place: string;
  /** The titles of its sources, each once. */
  sources: string[];
  /** The name of who gave the last verdict, and when. */
  checker: string | null;
  at: string | null;
}

/** `next` is where the following page begins; null on the last one. Pages end with a whole article. */
export interface FactsAnswer {
  articles: { id: string; headline: string; language: string; facts: ListedFact[] }[];
  next: string | null;
}
