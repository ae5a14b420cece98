/** Waits until a page has come to rest, however slow the machine is: what slides or fades has arrived. */
import type { Page } from '@playwright/test';

/** For so long nothing may have moved: longer than what is put off until a hand rests. */
const restMs = 300;
const mostMs = 15_000;

/** Resolves once what the page has put off, to its next frames or to a timer of at most `ms`, has been done. A page answers its
 *  timers in the order of their times, so this is no guess about the machine; a pause here in the test would be one. */
export const settled = (page: Page, ms = 60): Promise<void> =>
  page.evaluate(async (most) => {
    const wait = (time: number): Promise<void> =>
      new Promise((resolve) => setTimeout(resolve, time));
    const frame = (): Promise<void> =>
      new Promise((resolve) => requestAnimationFrame(() => resolve()));
    // What follows a drawing is done after its frame. A page in the background draws none.
    for (let i = 0; i < 4; i++) await Promise.race([frame(), wait(500)]);
    await wait(most);
  }, ms);

/** Resolves once the fonts are here, nothing is animated, and no card, icon or row has moved for a moment. */
export const still = (page: Page): Promise<void> =>
  page.evaluate(
    async ([rest = 0, most = 0]) => {
      const look = (): string =>
        [
          ...document.querySelectorAll(
            '[data-card], #annotations [aria-pressed], [role="row"], [role="option"]',
          ),
        ]
          .map((one) => one.getBoundingClientRect())
          .map(({ x, y, width, height }) => [x, y, width, height].map(Math.round).join())
          .join(' ');
      const moves = (): boolean =>
        document.getAnimations().some((one) => {
          const { endTime } = one.effect?.getComputedTiming() ?? {};
          return one.playState === 'running' && Number.isFinite(endTime);
        });
      await Promise.race([
        document.fonts.ready,
        new Promise((resolve) => setTimeout(resolve, 5000)),
      ]);
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
