// A unit test that makes the code complain on the console fails. A test that expects a complaint
// replaces console.error itself (vi.spyOn) for its duration.
import { afterEach, beforeEach } from 'vitest';

const complaints: string[] = [];

for (const method of ['error', 'warn'] as const) {
  const original = console[method].bind(console);
  console[method] = (...words: unknown[]) => {
    complaints.push(`console.${method}: ${words.map(String).join(' ')}`);
    original(...words);
  };
}

beforeEach(() => {
  complaints.length = 0;
});

afterEach(() => {
  if (complaints.length > 0)
    throw new Error(`The test wrote to the console.\n${complaints.join('\n')}`);
});
