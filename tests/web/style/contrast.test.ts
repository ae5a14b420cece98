/** Reads tokens.css: contrast of every pair in use, in every theme, and that the themes agree. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../../web/style/tokens.css', import.meta.url), 'utf8');

/** The custom properties of the blocks whose selector is exactly this. */
function tokens(selector: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, head, body] of css
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .matchAll(/([^{}]+)\{([^{}]*)\}/g))
    if (head?.trim() === selector)
      for (const [, name, value] of (body ?? '').matchAll(/--([\w-]+):\s*([^;]+);/g))
        if (name !== undefined && value !== undefined) found.set(name, value.trim());
  return found;
}

const themes = {
  light: tokens(":root,\n:root[data-theme='light']"),
  dark: tokens(":root[data-theme='dark']"),
  system: tokens(":root:not([data-theme='light'])"),
};

function luminance(hex: string): number {
  const parts = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  const [r = 0, g = 0, b = 0] = parts.map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** Foreground, grounds, least ratio: 4.5 for text, 3 for lines, icons and borders. */
const pairs: [string, string[], number][] = [
  [
    'text',
    [
      'sheet',
      'desk',
      'card',
      'hover',
      'comment-bg',
      'comment-focus',
      'fact-bg',
      'ok-bg',
      'suggestion-bg',
    ],
    4.5,
  ],
  ['ink', ['sheet', 'desk', 'card', 'hover', 'segment'], 4.5],
  ['sheet', ['ink'], 4.5],
  ['muted', ['sheet', 'desk', 'card', 'hover'], 4.5],
  ['suggestion', ['sheet', 'desk', 'card', 'suggestion-bg'], 4.5],
  ['on-suggestion', ['suggestion'], 4.5],
  ['del', ['sheet', 'desk', 'card', 'suggestion-bg'], 4.5],
  ['fact', ['sheet', 'desk', 'card', 'fact-bg'], 4.5],
  ['sheet', ['fact'], 4.5],
  ['comment', ['comment-bg', 'sheet'], 4.5],
  ['comment-line', ['sheet', 'desk', 'card', 'comment-bg'], 3],
  ['ok', ['sheet', 'card', 'ok-bg'], 4.5],
  ['line2', ['sheet', 'desk', 'card'], 3],
  ['focus', ['sheet', 'desk', 'card', 'hover'], 3],
];

describe('the colours', () => {
  for (const [theme, set] of Object.entries(themes))
    it(`[UI67] keep their contrast in the ${theme} theme`, () => {
      const failures = pairs.flatMap(([ink, grounds, least]) =>
        grounds.flatMap((ground) => {
          const ratio = contrast(set.get(ink) ?? '', set.get(ground) ?? '');
          return ratio >= least ? [] : [`${ink} on ${ground}: ${ratio.toFixed(2)}`];
        }),
      );
      expect(failures).toEqual([]);
    });

  it('[UI67] are judged by a check that finds a pale grey', () => {
    expect(contrast('#c08400', '#ffffff')).toBeLessThan(4.5);
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 1);
    expect(contrast('', '#ffffff')).toBeNaN();
  });

  it('[UI67] carry white initials on every person', () => {
    const people = [...tokens(':root')].filter(([name]) => name.startsWith('person-'));
    expect(people).toHaveLength(8);
    for (const [name, value] of people)
      expect([name, contrast(value, '#ffffff') >= 4.5]).toEqual([name, true]);
  });

  it('[UI68] have the same names in every theme, and the system’s dark is the chosen dark', () => {
    expect([...themes.dark.keys()]).toEqual([...themes.light.keys()]);
    expect(themes.system).toEqual(themes.dark);
    expect(themes.light.size).toBeGreaterThan(20);
  });
});
