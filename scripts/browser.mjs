// Finds a Chromium for the browser tests, or gets one: as root Debian's package, else Playwright's.
import { existsSync } from 'node:fs';
import { node, program, run } from './house.mjs';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Whether a program is there and starts; a package can be an empty shell for another installer. */
async function works(path) {
  if (!existsSync(path)) return false;
  return (await run(path, ['--version'], { capture: true })).code === 0;
}

async function playwrightsOwn() {
  const { chromium } = await import('@playwright/test');
  return chromium.executablePath();
}

/** The path of a browser that is here, or undefined. CHROMIUM_PATH goes before everything else. */
export async function findBrowser() {
  const named = process.env.CHROMIUM_PATH;
  for (const path of named ? [named] : [...places, await playwrightsOwn()]) {
    if (await works(path)) return path;
  }
  return undefined;
}

/** The path of a browser, got if need be; `reason` says why there is none. */
export async function getBrowser() {
  const found = await findBrowser();
  if (found !== undefined) return { path: found };
  if (process.env.CHROMIUM_PATH) {
    return { reason: `CHROMIUM_PATH is ${process.env.CHROMIUM_PATH}, which does not run.` };
  }
  const tried = [];
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('No browser was found; installing the package chromium.');
    if (await installWithApt()) {
      const path = await findBrowser();
      if (path !== undefined) return { path };
    }
    tried.push('apt-get install chromium');
  }
  console.log("No browser was found; getting Playwright's own.");
  const withDeps = process.getuid?.() === 0 && process.platform === 'linux' ? ['--with-deps'] : [];
  await node([program('@playwright/test', 'cli.js'), 'install', ...withDeps, 'chromium']);
  const path = await findBrowser();
  if (path !== undefined) return { path };
  tried.push('npx playwright install chromium');
  return {
    reason: `No browser could be had (tried: ${tried.join('; ')}). Set CHROMIUM_PATH to one.`,
  };
}

async function installWithApt() {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const install = () =>
    run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation'], {
      env,
      capture: true,
    });
  if ((await install()).code === 0) return true;
  await run('apt-get', ['update'], { env, capture: true });
  const { code, output } = await install();
  if (code !== 0) console.log(output.split('\n').slice(-5).join('\n'));
  return code === 0;
}
