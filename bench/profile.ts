// What the page was busy with while something was done in it: a CPU profile through the browser's own tools. Names can be read
// when the build is not made small: `GALLEY_READABLE=1 node scripts/build.mjs`.
import type { Page } from '@playwright/test';

interface Node {
  id: number;
  callFrame: { functionName: string; url: string; lineNumber: number };
  children?: number[];
}

const most = 25;
const apart = /^\((root|program|idle)\)/;

const nameOf = ({ callFrame: { functionName, url, lineNumber } }: Node): string =>
  `${functionName || '(anonymous)'} ${url.split('/').at(-1)}:${lineNumber + 1}`;

function top(times: ReadonlyMap<string, number>): string {
  const sorted = [...times].filter(([name]) => !apart.test(name)).toSorted((a, b) => b[1] - a[1]);
  const lines = sorted.slice(0, most).map(([name, ms]) => `${ms.toFixed(1).padStart(9)}  ${name}`);
  return lines.join('\n');
}

/** Does something and prints, in milliseconds, what the page's thread did meanwhile. */
export async function profiled<T>(page: Page, what: string, run: () => Promise<T>): Promise<T> {
  const browser = await page.context().newCDPSession(page);
  const metrics = async (): Promise<Map<string, number>> => {
    const { metrics: all } = await browser.send('Performance.getMetrics');
    return new Map(all.map(({ name, value }) => [name, value]));
  };
  await browser.send('Performance.enable', { timeDomain: 'threadTicks' });
  await browser.send('Profiler.enable');
  await browser.send('Profiler.setSamplingInterval', { interval: 200 });
  const before = await metrics();
  await browser.send('Profiler.start');
  const result = await run();
  const { profile } = await browser.send('Profiler.stop');
  const after = await metrics();
  const nodes = new Map(profile.nodes.map((node) => [node.id, node as Node]));
  const parents = new Map<number, number>();
  for (const { id, children = [] } of nodes.values())
    for (const child of children) parents.set(child, id);
  const own = new Map<string, number>();
  const whole = new Map<string, number>();
  const add = (to: Map<string, number>, name: string, ms: number): void =>
    void to.set(name, (to.get(name) ?? 0) + ms);
  (profile.samples ?? []).forEach((id, i) => {
    const ms = (profile.timeDeltas?.[i + 1] ?? 0) / 1000;
    const seen = new Set<string>();
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      const node = nodes.get(at);
      if (!node) break;
      const name = nameOf(node);
      if (at === id) add(own, name, ms);
      if (!seen.has(name)) add(whole, name, ms);
      seen.add(name);
    }
  });
  console.log(`\nProfile: ${what}`);
  for (const name of ['TaskDuration', 'ScriptDuration', 'RecalcStyleDuration', 'LayoutDuration'])
    console.log(
      `  ${name} ${(((after.get(name) ?? 0) - (before.get(name) ?? 0)) * 1000).toFixed(0)}`,
    );
  console.log(`by itself\n${top(own)}\nwith what it calls\n${top(whole)}\n`);
  return result;
}
