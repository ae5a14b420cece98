// npm run backup FILE: everything the house holds in one file, while it runs or not. The data are
// those of DATABASE_URL or DATA_DIR, as for a start.
import { checkNode } from './house.mjs';
import { buildIfStale } from './build.mjs';

checkNode();
await buildIfStale();
await import('../dist/server/backup.js');
