/** LibreOffice as an editor, without a screen: its own program opens a file, edits it through its interfaces, and saves it.
 *  The document has no window, because those of comments are missing where no screen is. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const python = '/usr/bin/python3';

/** What is done to a file. `accept` and `reject` name words of a change; words of others are plain text. */
export type LibreEdit =
  | { do: 'replace'; words: string; to: string; tracked: boolean }
  | { do: 'comment'; words: string; author: string; text: string }
  | { do: 'resolve'; of: string }
  | { do: 'remove-comment'; of: string }
  | { do: 'drop'; words: string }
  | { do: 'decide'; nth: number; verdict: 'accept' | 'reject' }
  | { do: 'decide-all'; verdict: 'accept' | 'reject' };

/** Why there is no LibreOffice to edit with, or ''. */
export function noLibreOffice(): string {
  if (spawnSync('soffice', ['--version']).error) return 'soffice is not installed';
  if (!existsSync(python)) return 'there is no Python of the system';
  const uno = spawnSync(python, ['-c', 'import uno']);
  return uno.status === 0
    ? ''
    : 'the Python interface of LibreOffice (python3-uno) is not installed';
}

/** Edits a file. `window` opens it with one, for what needs it; a file with comments cannot have one. */
export function editedByLibreOffice(
  bytes: Uint8Array,
  edits: readonly LibreEdit[],
  window = false,
): { content: Uint8Array; log: string } {
  const folder = mkdtempSync(join(tmpdir(), 'galley-libre-'));
  try {
    const [from, to, asked] = ['in.docx', 'out.docx', 'edits.json'].map((name) =>
      join(folder, name),
    );
    writeFileSync(from ?? '', bytes);
    writeFileSync(asked ?? '', JSON.stringify({ edits, window }));
    const run = spawnSync(
      python,
      [join(here, 'libre_office.py'), folder, from ?? '', to ?? '', asked ?? ''],
      { encoding: 'utf8', timeout: 200_000 },
    );
    if (run.status !== 0)
      throw new Error(`LibreOffice did not edit the file:\n${run.stdout}\n${run.stderr}`);
    return { content: new Uint8Array(readFileSync(to ?? '')), log: run.stdout };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
