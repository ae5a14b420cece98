/** Choices of how this browser listens and speaks, with storage and without. */
import { afterEach, describe, expect, it, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

describe('preferences', () => {
  it('[UI112] are kept for the next visit; what storage holds by mistake counts as no choice', async () => {
    const kept = new Map<string, string>();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    });
    const first = await import('#web/ui/preferences.ts');
    expect([first.singleKeys(), first.newsChoice()]).toEqual([true, 'all']);
    first.chooseSingleKeys(false);
    first.chooseNews('mine');
    vi.resetModules();
    const second = await import('#web/ui/preferences.ts');
    expect([second.singleKeys(), second.newsChoice()]).toEqual([false, 'mine']);
    kept.set('galley.news', 'shout');
    vi.resetModules();
    expect((await import('#web/ui/preferences.ts')).newsChoice()).toBe('all');
  });

  it('[UI112] last as long as the page where storage is refused', async () => {
    const refuse = () => {
      throw new Error('no storage');
    };
    vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse });
    const page = await import('#web/ui/preferences.ts');
    page.chooseSingleKeys(false);
    expect(page.singleKeys()).toBe(false);
    expect(page.newsChoice()).toBe('all');
  });
});
