/** The single keys and what they may decide. */
import { describe, expect, it } from 'vitest';
import { commandOf, decisive, helpRows, mayDecide, shortcuts } from '#web/panels/shortcuts.ts';

const press = (key: string, more: Partial<Parameters<typeof commandOf>[0]> = {}) =>
  commandOf({ key, ctrlKey: false, altKey: false, metaKey: false, ...more });

describe('the single keys', () => {
  it('[UI59] are each bound once and all explained', () => {
    const keys = shortcuts.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(shortcuts.map(({ command }) => command)).size).toBe(keys.length);
    const explained = helpRows.outside.flatMap(([row]) => row.toLowerCase().split(' '));
    for (const key of keys) expect(explained).toContain(key);
  });

  it('[UI59] do nothing with Ctrl, Alt, Meta or while a text is composed', () => {
    expect(press('a')).toBe('accept');
    expect(press('J')).toBe('next');
    expect(press('a', { ctrlKey: true })).toBeNull();
    expect(press('a', { altKey: true })).toBeNull();
    expect(press('a', { metaKey: true })).toBeNull();
    expect(press('a', { isComposing: true })).toBeNull();
    expect(press('q')).toBeNull();
  });

  it('[UI60] decide only a card that has been on the screen for 300 ms', () => {
    expect(mayDecide(null, 1000)).toBe(false);
    expect(mayDecide(800, 1000)).toBe(false);
    expect(mayDecide(700, 1000)).toBe(true);
    expect([...decisive]).toEqual(['accept', 'stet', 'resolve']);
  });
});
