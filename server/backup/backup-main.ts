/** npm run backup FILE, or `node dist/server/backup.js FILE`: everything the house holds in one file. */
import { makeBackup } from '#server/backup/backup.ts';
import { plural, runCommand, say } from '#server/backup/command.ts';
import { openToRead } from '#server/platform/data-access.ts';

await runCommand('Usage: npm run backup FILE', async (file, place) => {
  const access = await openToRead(place);
  try {
    const { manifest, broken } = await makeBackup(access.url, file, new Date());
    for (const { id, problem } of broken)
      say(`The article ${id} cannot be opened (${problem}); it is in the backup as it is.`);
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    const articles = plural(manifest.articles.length, 'article');
    const tables = plural(manifest.tables.length, 'table');
    say(`${file} holds ${articles}: ${plural(rows, 'row')} of ${tables}, from ${access.where}.`);
    say('Not in it: who is signed in, invitations, and links for passwords.');
  } finally {
    await access.stop();
  }
});
