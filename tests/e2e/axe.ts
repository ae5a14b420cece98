/** Looks at a page with axe, by the rules of its theme. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { still } from '#tests/e2e/still.ts';

/** Fails, with the name of the state, when axe finds anything. A frame in which no script may run is left out. */
export async function expectClean(page: Page, state: string): Promise<void> {
  // Colours are measured once they have stopped fading.
  await still(page);
  const axe = new AxeBuilder({ page }).exclude('iframe[sandbox]');
  const isDark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  // The dark theme is the same page in other colours: everything else has been looked at in the light.
  if (isDark) axe.withRules(['color-contrast', 'link-in-text-block']);
  else axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']);
  const { violations } = await axe.analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  );
  expect(found, state).toEqual([]);
}
