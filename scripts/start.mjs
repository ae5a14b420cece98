// npm start: generates and builds what is stale, then runs the server in this very process, so that
// a signal to `npm start` reaches the server.
import { checkNode } from './house.mjs';
import { buildIfStale } from './build.mjs';

checkNode();
process.env.NODE_ENV ??= 'production';
await buildIfStale();
await import('../dist/server/main.js');
