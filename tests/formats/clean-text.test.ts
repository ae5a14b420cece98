/** What no page may hold. */
import { expect, it } from 'vitest';
import { cleanLine, unfitCount } from '#core/formats/clean-text.ts';

it('[FX19] characters that no page may hold become U+FFFD, those of the higher planes too', () => {
  for (const odd of ['\u0000', '\ufdd0', '\uffff', '\u{1fffe}', '\u{10ffff}', '\ud800']) {
    expect(cleanLine(`a${odd}b`), JSON.stringify(odd)).toBe('a\ufffdb');
    expect(unfitCount(`a${odd}b`)).toBe(1);
  }
  expect(cleanLine('a\u{1f600}\u{10fffd}b')).toBe('a\u{1f600}\u{10fffd}b');
});
