// npm run migrate: brings the database (DATABASE_URL, or the embedded one) up to date and leaves.
import { checkNode } from './house.mjs';
import { buildIfStale } from './build.mjs';

checkNode();
await buildIfStale();
await import('../dist/server/migrate.js');
