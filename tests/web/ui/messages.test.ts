/** The catalogue of sentences, times and initials. */
import { describe, expect, it } from 'vitest';
import { claimTypes } from '#core/annotate/annotation.ts';
import { roles } from '#core/annotate/audience.ts';
import { initials, personColor } from '#web/ui/initials.ts';
import { messages, plural } from '#web/ui/messages.ts';
import { timeWords } from '#web/ui/time.ts';

/** Every sentence with its path; those with parts are asked with numbers, names and lists. */
function sentences(of: unknown, path = ''): [string, string][] {
  if (typeof of === 'string') return [[path, of]];
  if (typeof of === 'function') {
    const speak = of as (...parts: unknown[]) => string;
    const text = [1, 2, 'Ines', ['Ines', 'Tom']].flatMap((part) => {
      try {
        return [speak(part, typeof part === 'number' ? 'note' : ['did it'], 'notes')];
      } catch {
        return [];
      }
    });
    return text.map((each) => [path, each]);
  }
  return Object.entries(of as object).flatMap(([key, value]) => sentences(value, `${path}.${key}`));
}

/** What is wrong with a sentence, or null. */
function fault(text: string): string | null {
  if (text.trim() === '') return 'is empty';
  if (text.includes('!')) return 'shouts';
  if (/\b[A-Z]{4,}\b/.test(text) && !/\b(DOCX|HTML|JSON)\b/.test(text)) return 'is in capitals';
  return null;
}

describe('the catalogue', () => {
  it('[UI70] speaks in whole, quiet sentences', () => {
    const all = sentences(messages);
    expect(all.length).toBeGreaterThan(150);
    const paths = new Set(all.map(([path]) => path));
    const bad = all.flatMap(([path, text]) => {
      const wrong = fault(text);
      return wrong === null ? [] : [`${path} ${wrong}`];
    });
    expect(bad).toEqual([]);
    expect(paths.size).toBeGreaterThan(150);
  });

  it('[UI70] is judged by a check that hears shouting', () => {
    expect(fault('Saved!')).toBe('shouts');
    expect(fault(' ')).toBe('is empty');
    expect(fault('PLEASE wait')).toBe('is in capitals');
    expect(fault('Saved')).toBeNull();
  });

  it('[UI70] has a word for every role and every type of fact', () => {
    expect(Object.keys(messages.roles).toSorted()).toEqual(roles.toSorted());
    expect(Object.keys(messages.claimTypes).toSorted()).toEqual(claimTypes.toSorted());
  });

  it('[UI70] counts in the right number', () => {
    expect(plural(1, { one: '# reply', other: '# replies' })).toBe('1 reply');
    expect(plural(0, { one: '# reply', other: '# replies' })).toBe('0 replies');
    expect(plural(12345, { one: '# word', other: '# words' })).toBe('12,345 words');
    expect(messages.confirm.removeComment(2)).toBe('Delete this comment and its 2 replies?');
    expect(messages.connection.offline(3)).toBe('Offline, 3 changes kept on this device');
  });
});

describe('times', () => {
  it('[UI71] are the hour today and day and hour before', () => {
    const now = new Date(2026, 10, 20, 12, 0);
    const iso = (...parts: [number, number, number, number, number]): string =>
      new Date(...parts).toISOString();
    expect(timeWords(iso(2026, 10, 20, 9, 58), now)).toBe('09:58');
    expect(timeWords(iso(2026, 10, 19, 9, 58), now)).toBe('19 Nov, 09:58');
    expect(timeWords(iso(2025, 10, 19, 9, 58), now)).toBe('19 Nov 2025, 09:58');
    expect(timeWords('nonsense', now)).toBe('');
  });
});

describe('people', () => {
  it('[UI72] have initials and a colour of the set, whatever their number', () => {
    expect(initials('Ines Moreau')).toBe('IM');
    expect(initials('  sana   al rafiq ')).toBe('SR');
    expect(initials('Plato')).toBe('P');
    expect(initials('')).toBe('');
    expect(personColor(9)).toBe('var(--person-1)');
    expect(personColor(-1)).toBe('var(--person-7)');
  });
});
