/** Styles name inline and block, never left and right, so that a page can run from right to left. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const web = fileURLToPath(new URL('../../../web/', import.meta.url));

const physical =
  /^\s*(?:(?:margin|padding|border)-(?:left|right|top|bottom)\b|(?:left|right|top|bottom|width|height|(?:min|max)-(?:width|height))\s*:|(?:text-align|float)\s*:\s*(?:left|right))/;

/** The lines of a style sheet that name a physical side. Media queries are about the window and stay. */
const physicalLines = (css: string): string[] =>
  css.split('\n').filter((line) => physical.test(line) && !line.includes('@media'));

describe('the style sheets', () => {
  it('[UI69] use logical properties only', () => {
    const files = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.css'),
    );
    expect(files.length).toBeGreaterThan(10);
    const found = files.flatMap((name) =>
      physicalLines(readFileSync(join(web, name), 'utf8')).map((line) => `${name}: ${line.trim()}`),
    );
    expect(found).toEqual([]);
  });

  it('[UI69] are judged by a check that finds a left margin', () => {
    expect(
      physicalLines('a {\n  margin-left: 1px;\n  width: 3px;\n  text-align: right;\n}'),
    ).toHaveLength(3);
    expect(
      physicalLines('a {\n  margin-inline: 1px;\n}\n@media (max-width: 3px) {\n}'),
    ).toHaveLength(0);
  });
});
