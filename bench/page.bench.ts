// The article page in a browser: how soon it can be written in, how soon a key is seen, a card is reached, a colleague's word
// arrives, and whether anything jumps. Needs a Chromium, and a build (made when there is none).
import { open, openScene, stepped, typed } from './article-scene.ts';
import { percentile, type Figure } from './figure.ts';
import { record } from './record.ts';

const sizes = [
  { words: 1_000, notes: 20, editable: 1000, key: 50 },
  { words: 8_000, notes: 1_000, editable: 1000, key: 50 },
  { words: 50_000, notes: 1_000, editable: 2500, key: 80 },
  { words: 50_000, notes: 5_000, editable: 2500, key: 80 },
] as const;
const keys = 60;

/** All times in milliseconds. */
export async function measure(): Promise<Figure[]> {
  const scene = await openScene();
  const figures: Figure[] = [];
  try {
    const wanted = Number(process.env['WORDS'] ?? Infinity);
    for (const size of sizes.filter(({ words }) => words <= wanted)) {
      const url = await scene.add(size);
      const what = `${size.words.toLocaleString('en')} words, ${size.notes.toLocaleString('en')} comments`;
      const add = (name: string, value: number, aim?: string, unit = 'ms'): void =>
        void figures.push({ what: `${name} (${what})`, value, unit, ...(aim ? { aim } : {}) });
      const opened: number[] = [];
      for (let i = 0; i < 3; i++) {
        const context = await scene.signedIn();
        opened.push((await open(context, url)).ms);
        await context.close();
      }
      add(
        'opened to write, median of 3 first visits',
        percentile(opened, 0.5),
        `at most ${size.editable} ms`,
      );
      const [mine, theirs] = [await scene.signedIn(), await scene.signedIn()];
      const { page } = await open(mine, url);
      await page.waitForTimeout(1500);
      const shift = await page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            let sum = 0;
            new PerformanceObserver((list) => {
              for (const entry of list.getEntries())
                sum += (entry as unknown as { value: number }).value;
            }).observe({ type: 'layout-shift', buffered: true });
            setTimeout(() => resolve(sum), 200);
          }),
      );
      add('layout shift', shift, 'below 0.02', '');
      const latency = await typed(page, keys);
      add('key to paint, p50', percentile(latency, 0.5));
      add('key to paint, p95', percentile(latency, 0.95), `at most ${size.key} ms`);
      const { page: other } = await open(theirs, url);
      const arrived: number[] = [];
      for (let i = 0; i < 15; i++) {
        const word = `w${size.words}n${i}`;
        const there = other.getByText(word).first().waitFor();
        const start = performance.now();
        await page.keyboard.insertText(word);
        await there;
        arrived.push(performance.now() - start);
      }
      add('a word in another browser, p95', percentile(arrived, 0.95), 'at most 300 ms');
      add('J to the next card, p95', percentile(await stepped(page), 0.95), 'at most 100 ms');
      await mine.close();
      await theirs.close();
    }
    record('page', figures, { keys, browser: scene.browser.version() });
    return figures;
  } finally {
    await scene.close();
  }
}
