/** The forms before one is in, and the lines of the library. */
import { describe, expect, it } from 'vitest';
import { ApiError } from '#web/pages/api.ts';
import { openWords } from '#web/pages/open-words.ts';
import {
  safeNext,
  setupProblems,
  signInProblem,
  signInProblems,
} from '#web/pages/form-problems.ts';

describe('signing in', () => {
  it('[UI73] says what is missing before the server is asked', () => {
    expect(signInProblems('', '')).toEqual({
      email: 'Enter your e-mail address.',
      password: 'Enter your password.',
    });
    expect(signInProblems('ines', 'x').email).toMatch(/does not look like/);
    expect(signInProblems(' ines@example.org ', 'x')).toEqual({});
    expect(setupProblems('Ines', 'ines@example.org', 'short').password).toMatch(/at least 8/);
    expect(setupProblems('Ines', 'ines@example.org', 'long enough')).toEqual({});
  });

  it('[UI73] says in a sentence why it failed, and the same for an unknown e-mail as for a wrong password', () => {
    expect(signInProblem(new ApiError(401, 'X', 'Invalid'))).toBe(
      'The e-mail or the password is not right.',
    );
    expect(signInProblem(new ApiError(429, 'X', 'Slow'))).toMatch(/Wait a minute/);
    expect(signInProblem(new ApiError(503, 'UNAVAILABLE', 'The sentence.'))).toBe('The sentence.');
    expect(signInProblem(new TypeError('no'))).toMatch(/cannot be reached/);
  });

  it('[UI74] goes on to an address of this house only', () => {
    expect(safeNext('/a/1?annotation=2')).toBe('/a/1?annotation=2');
    for (const next of [
      null,
      'https://elsewhere.example',
      '//elsewhere.example',
      '/\\elsewhere.example',
      'a/1',
    ])
      expect(safeNext(next)).toBe('/');
  });
});

describe('the library', () => {
  it('[UI75] says in words what is open', () => {
    const none = {
      words: 10,
      comments: 3,
      openComments: 0,
      suggestions: 2,
      pendingSuggestions: 0,
      facts: 0,
    };
    expect(openWords(none)).toBe('Nothing open');
    expect(openWords({ ...none, openComments: 1, pendingSuggestions: 4, facts: 2 })).toBe(
      '4 suggestions, 2 facts, 1 comment',
    );
  });
});
