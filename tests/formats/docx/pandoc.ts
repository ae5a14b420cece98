/** A Word file as pandoc reads it: its text decided or whole, its comments with the words they stand on, its changes. */
import { spawnSync } from 'node:child_process';

interface Node {
  t?: string;
  c?: unknown;
}

/** A comment as another program reads it; `date` is to the second. */
export interface ReadComment {
  author: string;
  date: string;
  text: string;
  words: string;
}

/** A change as another program reads it. */
export interface ReadChange {
  kind: 'ins' | 'del';
  author: string;
  date: string;
}

/** What pandoc reads. The text is without white space, notes behind the rest. */
export interface PandocRead {
  text: string;
  comments: ReadComment[];
  changes: ReadChange[];
}

/** One space for any run of white space; pandoc's own sign between the paragraphs of a comment is one too. */
export const fold = (text: string): string => text.replace(/[\s¶]+/gu, ' ').trim();
/** Without any white space, as text is compared. */
export const squeeze = (text: string): string => text.replace(/\s+/gu, '');

/** True where pandoc is installed. */
export const hasPandoc = spawnSync('pandoc', ['--version']).status === 0;

function plain(value: unknown): string {
  if (Array.isArray(value)) return value.map(plain).join('');
  const { t, c } = (value ?? {}) as Node;
  if (t === 'Str') return String(c);
  if (t === 'Space' || t === 'SoftBreak' || t === 'LineBreak') return ' ';
  if (t === 'Para' || t === 'Plain') return `${plain(c)} `;
  return t === undefined ? '' : plain(c);
}

const changeKinds: Record<string, ReadChange['kind']> = {
  insertion: 'ins',
  deletion: 'del',
  'paragraph-insertion': 'ins',
  'paragraph-deletion': 'del',
};

/** One walk through what pandoc gives. */
class Walk {
  text = '';
  readonly notes: unknown[] = [];
  readonly comments: ReadComment[] = [];
  readonly changes: ReadChange[] = [];
  private readonly open = new Map<string, ReadComment>();

  private add(words: string): void {
    this.text += words;
    for (const one of this.open.values()) one.words += words;
  }

  walk(value: unknown): void {
    if (Array.isArray(value)) return value.forEach((one) => this.walk(one));
    if (typeof value !== 'object' || value === null) return;
    const { t, c } = value as Node;
    if (t === undefined || t === 'Image') return;
    if (t === 'Str') this.add(String(c));
    else if (t === 'Code') this.add(String((c as unknown[])[1]));
    else if (t === 'Space' || t === 'SoftBreak' || t === 'LineBreak') this.add(' ');
    else if (t === 'Note') this.notes.push(c);
    else if (t === 'Span') this.span(c as [[string, string[], [string, string][]], unknown]);
    else if (t === 'Link' || t === 'Div' || t === 'Header')
      (c as unknown[]).slice(1).forEach((one) => this.walk(one));
    else {
      this.walk(c);
      if (t === 'Para' || t === 'Plain') this.add(' ');
    }
  }

  private span([[, classes, pairs], inner]: [
    [string, string[], [string, string][]],
    unknown,
  ]): void {
    const { id = '', author = '', date = '' } = Object.fromEntries(pairs);
    if (classes.includes('comment-end')) {
      this.open.delete(id);
      // Ends that touch stand within each other.
      return this.walk(inner);
    }
    if (classes.includes('comment-start')) {
      const one = { author, date: date.slice(0, 19), text: fold(plain(inner)), words: '' };
      this.open.set(id, one);
      this.comments.push(one);
      return;
    }
    const kind = classes.map((name) => changeKinds[name]).find((one) => one !== undefined);
    if (kind) this.changes.push({ kind, author, date: date.slice(0, 19) });
    this.walk(inner);
  }
}

/** Reads a file, with its changes decided or all; null if pandoc cannot. */
export function readWithPandoc(
  file: string,
  changes: 'accept' | 'reject' | 'all',
): PandocRead | null {
  const run = spawnSync(
    'pandoc',
    [`--track-changes=${changes}`, '-f', 'docx+empty_paragraphs', '-t', 'json', file],
    { encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  if (run.status !== 0) return null;
  const read = JSON.parse(run.stdout) as { blocks: unknown; meta: Record<string, Node> };
  const walk = new Walk();
  // It takes a title and a subtitle out of the text.
  walk.walk([read.meta['title']?.c, read.meta['subtitle']?.c]);
  walk.walk(read.blocks);
  for (let i = 0; i < walk.notes.length; i += 1) walk.walk(walk.notes[i]);
  return { text: squeeze(walk.text), comments: walk.comments, changes: walk.changes };
}
