/** How this browser listens and speaks: whether single keys act, and what is told of other people. Kept for the next visit. */
import { useSyncExternalStore } from 'react';

/** What the live region tells of others: everything, what concerns oneself, nothing. */
export const newsChoices = ['all', 'mine', 'off'] as const;
export type NewsChoice = (typeof newsChoices)[number];

const keys = { singleKeys: 'galley.single-keys', news: 'galley.news' } as const;
const listeners = new Set<() => void>();
/** Choices of this page, for when storage is off. */
const chosen = new Map<string, string>();

function read(key: string): string | null {
  try {
    return chosen.get(key) ?? localStorage.getItem(key);
  } catch {
    return null;
  }
}

function keep(key: string, value: string): void {
  chosen.set(key, value);
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage is off: the choice lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** True while a key without Ctrl or Alt may act outside the text (WCAG 2.1.4). */
export const singleKeys = (): boolean => read(keys.singleKeys) !== 'off';
export const useSingleKeys = (): boolean => useSyncExternalStore(subscribe, singleKeys, () => true);
export const chooseSingleKeys = (on: boolean): void => keep(keys.singleKeys, on ? 'on' : 'off');

/** What is told of other people. */
export function newsChoice(): NewsChoice {
  const kept = read(keys.news);
  return newsChoices.find((choice) => choice === kept) ?? 'all';
}
export const useNewsChoice = (): NewsChoice =>
  useSyncExternalStore(subscribe, newsChoice, () => 'all');
export const chooseNews = (choice: NewsChoice): void => keep(keys.news, choice);
