// npm run restore FILE: puts what a backup holds in the place of the present data, once all of it
// has been checked. Galley must not run meanwhile.
import { checkNode } from './house.mjs';
import { buildIfStale } from './build.mjs';

checkNode();
await buildIfStale();
await import('../dist/server/restore.js');
