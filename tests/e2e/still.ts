/** Waits until a page has come to rest, however slow the machine is: what slides or fades has arrived. */
import type { Page } from '@playwright/test';

/** For so long nothing may have moved: longer than what is put off until a hand rests. */
const restMs = 300;
const mostMs = 15_000;

/** Resolves once nothing has been animated and no card or row has moved for a moment. */
export const still = (page: Page): Promise<void> =>
  page.evaluate(
    async ([rest = 0, most = 0]) => {
      const look = (): string =>
        [...document.querySelectorAll('[data-card], [role="row"], [role="option"]')]
          .map((one) => one.getBoundingClientRect())
          .map(({ x, y, width, height }) => [x, y, width, height].map(Math.round).join())
          .join(' ');
      const moves = (): boolean =>
        document.getAnimations().some((one) => {
          const { endTime } = one.effect?.getComputedTiming() ?? {};
          return one.playState === 'running' && Number.isFinite(endTime);
        });
      const begun = performance.now();
      let before = look();
      let since = begun;
      while (performance.now() - since < rest && performance.now() - begun < most) {
        // A page in the background draws no frames.
        await new Promise((resolve) => setTimeout(resolve, 50));
        const now = look();
        if (now !== before || moves()) since = performance.now();
        before = now;
      }
    },
    [restMs, mostMs],
  );
