/** What the pages about people say, and what they make of dates and links. */
import { describe, expect, it } from 'vitest';
import { ApiError, problemOf } from '#web/pages/api.ts';
import { passwordProblems, signInProblem } from '#web/pages/form-problems.ts';
import { dayOf, endOfDay, linkAddress } from '#web/pages/people-words.ts';
import { peopleMessages } from '#web/ui/people-messages.ts';

function sentences(of: unknown): string[] {
  if (typeof of === 'string') return [of];
  if (typeof of === 'function')
    return [(of as (...parts: unknown[]) => string)('Ines', 'Copy editor')];
  return Object.values(of as object).flatMap(sentences);
}

describe('the words about people', () => {
  it('[PE17] are whole, quiet and filled in', () => {
    const all = sentences(peopleMessages);
    expect(all.length).toBeGreaterThan(80);
    for (const text of all) expect(text).toMatch(/^[^!]+$/);
    expect(all.filter((text) => text.includes('undefined'))).toEqual([]);
    expect(peopleMessages.house.banAsk('Ines')).toContain('Close the account of Ines?');
  });

  it('[PE9][PE17] tell who may not come in that the account is closed, and nobody else', () => {
    const words = 'This account is closed. Ask an administrator.';
    expect(signInProblem(new ApiError(403, 'ACCOUNT_CLOSED', words))).toBe(words);
    expect(signInProblem(new ApiError(403, 'FORBIDDEN', words))).not.toBe(words);
  });

  it('[PE17] give a link that survives any address line', () => {
    expect(linkAddress('join', 'a-b_c', 'https://galley.example')).toBe(
      'https://galley.example/join?token=a-b_c',
    );
    expect(linkAddress('reset', 'a&b', 'https://x')).toBe('https://x/reset?token=a%26b');
  });

  it('[PE14][PE17] let an access last through the day that was picked', () => {
    const end = new Date(endOfDay('2026-12-24') ?? '');
    expect([end.getFullYear(), end.getMonth(), end.getDate(), end.getHours()]).toEqual([
      2026, 11, 24, 23,
    ]);
    expect(dayOf(end)).toBe('2026-12-24');
    expect(endOfDay('')).toBeNull();
    expect(endOfDay('tomorrow')).toBeNull();
  });

  it('[PE17] say what failed in the server’s words, and what is wrong with a password', () => {
    expect(problemOf(new ApiError(409, 'LAST_ADMIN', 'The sentence.'))).toBe('The sentence.');
    expect(problemOf(new TypeError('no'))).toMatch(/cannot be reached/);
    expect(passwordProblems('short').password).toMatch(/at least 8/);
    expect(passwordProblems('long enough')).toEqual({});
  });
});
