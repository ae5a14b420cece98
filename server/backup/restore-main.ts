/** npm run restore FILE, or `node dist/server/restore.js FILE`: puts what a backup holds in the place of the present data. */
import { plural, runCommand, say } from '#server/backup/command.ts';
import { inspectBackup } from '#server/backup/inspect.ts';
import { restoreBackup } from '#server/backup/restore.ts';
import { openAlone } from '#server/platform/data-access.ts';

await runCommand('Usage: npm run restore FILE', async (file, place) => {
  const backup = await inspectBackup(file);
  const access = await openAlone(place);
  try {
    await restoreBackup(access, backup);
    const articles = plural(backup.manifest.articles.length, 'article');
    say(`${access.where} holds ${articles} again, as of ${backup.header.at}.`);
    say('Everybody has to sign in again; open invitations and links for passwords are void.');
  } finally {
    await access.stop();
  }
});
