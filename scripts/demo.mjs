// npm run demo: four people to sign in as, in a data directory of its own (`.galley-demo`).
// `npm run demo -- --fresh` begins again with empty data.
import { checkNode, refuse } from './house.mjs';
import { buildIfStale } from './build.mjs';

checkNode();
if (process.env.NODE_ENV === 'production') {
  refuse(
    'The demo lets anybody sign in as its people, so it does not run with NODE_ENV=production.',
  );
}
const unknown = process.argv.slice(2).filter((argument) => argument !== '--fresh');
if (unknown.length > 0) refuse(`Unknown option ${unknown.join(' ')}. The demo knows: -- --fresh`);
// A real database must never receive the demo's people.
delete process.env.DATABASE_URL;
process.env.GALLEY_DEMO = '1';
if (process.argv.includes('--fresh')) process.env.GALLEY_FRESH = '1';
else delete process.env.GALLEY_FRESH;
await buildIfStale();
await import('../dist/server/main.js');
