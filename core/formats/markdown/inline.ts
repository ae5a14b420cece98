/** Writes the runs of a block as Markdown, with CriticMarkup in a marked copy. */
import { cleanLine, cleanLines } from '#core/formats/clean-text.ts';
import type { BlockRuns, Run } from '#core/formats/inline-run.ts';
import { writeAtoms, type Atom } from '#core/formats/markdown/atoms.ts';
import { groupRuns, type Group } from '#core/formats/markdown/critic.ts';
import { markdown, markdownAddress } from '#core/formats/markdown/escape.ts';
import type { Note, NoteMessage } from '#core/formats/note-list.ts';
import type { ReadingCopy } from '#core/formats/reading-copy.ts';

const raw = (text: string): Atom => ({ is: 'raw', raw: text, change: false });
const change = (text: string): Atom => ({ is: 'raw', raw: text, change: true });

/** Splits white space off the edges of emphasised text: emphasis cannot begin or end with it. */
function trimmedRuns(runs: readonly Run[]): Run[] {
  return runs.flatMap((run) => {
    if (run.kind !== 'text' || !(run.em || run.strong)) return [run];
    const [, lead = '', middle = '', trail = ''] = /^(\s*)(.*?)(\s*)$/su.exec(run.text) ?? [];
    const plain = (text: string): Run => ({ ...run, text, em: false, strong: false });
    return [plain(lead), { ...run, text: middle }, plain(trail)].filter((one) => one.text !== '');
  });
}

/** The atoms of runs that share one group: links outermost, then strong, then emphasis. */
function atomsOf(copy: ReadingCopy, runs: readonly Run[]): Atom[] {
  const atoms: Atom[] = [];
  let link = '';
  let strong = false;
  let em = false;
  const set = (next: { link: string; strong: boolean; em: boolean }): void => {
    const outer = next.link !== link || next.strong !== strong;
    if (em && (!next.em || outer)) atoms.push({ is: 'sign', sign: '_', opens: false });
    if (em && outer) em = false;
    if (strong && (!next.strong || next.link !== link)) {
      atoms.push({ is: 'sign', sign: '**', opens: false });
      strong = false;
    }
    if (next.link !== link) {
      if (link !== '') atoms.push(raw(`](${markdownAddress(link)})`));
      if (next.link !== '') atoms.push(raw('['));
    }
    if (next.strong && !strong) atoms.push({ is: 'sign', sign: '**', opens: true });
    if (next.em && !em) atoms.push({ is: 'sign', sign: '_', opens: true });
    ({ link, strong, em } = next);
  };
  for (const run of trimmedRuns(runs)) {
    if (run.kind === 'text') {
      set(run);
      atoms.push({ is: 'text', text: run.text });
    } else {
      set({ link: '', strong: false, em: false });
      if (run.kind === 'break') atoms.push({ is: 'break' });
      else {
        const number = copy.footnotes.numbers.get(run.footnote);
        atoms.push(raw(number === undefined ? '\\[?\\]' : `[^${number}]`));
      }
    }
  }
  set({ link: '', strong: false, em: false });
  return atoms;
}

/** "2026-11-20T10:00Z" of an ISO time; anything else as it is. */
function stamp(at: string): string {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(at) ? `${at.slice(0, 16)}Z` : at;
}

function message(one: NoteMessage, about: string): string {
  const time = one.at === '' ? '' : ` ${markdown(stamp(one.at), 'within')}`;
  const text = cleanLines(one.text).join(' ¶ ');
  const says = text === '' ? '' : `: ${markdown(text, 'signs')}`;
  return `{>>@${markdown(one.author, 'signs')}${time}${about}${says}<<}`;
}

/** The comments that stand for a note. `shown` is the text highlighted right before it; `apart` that the words it is
 *  about must be quoted in any case. */
export function noteMarkdown(note: Note, shown: string, apart = false): string {
  const quoted =
    !apart && (note.kind === 'suggestion' || note.quote === '' || note.quote === shown);
  const about = quoted ? '' : ` on “${markdown(note.quote, 'within')}”`;
  const title = note.wordsOnly ? '' : note.title;
  const text = [title, note.text].filter((part) => part !== '').join(' — ');
  const first = message({ ...note, text }, about);
  const closed = note.closed === '' ? '' : `{>>${markdown(note.closed, 'signs')}<<}`;
  return first + note.replies.map((reply) => message(reply, '')).join('') + closed;
}

function groupAtoms(copy: ReadingCopy, group: Group): Atom[] {
  const atoms = atomsOf(copy, group.runs);
  switch (group.is) {
    case 'plain':
      return atoms;
    case 'highlight':
      return [change('{=='), ...atoms, change('==}')];
    case 'insertion':
      return [change('{++'), ...atoms, change('++}')];
    // An insertion that someone else struck: CriticMarkup cannot nest, and the words are on their way out.
    case 'both':
    case 'deletion':
      return [change('{--'), ...atoms, change('--}')];
    case 'replacement':
      return [
        change('{~~'),
        ...atoms,
        change('~>'),
        ...atomsOf(copy, group.inserted),
        change('~~}'),
      ];
  }
}

/** The notes that end at one place. One that follows another says what it is about: else it would be read as a reply. */
function notesAt(notes: readonly Note[], shown: string): Atom[] {
  return notes
    .toSorted((a, b) => Number(b.kind === 'suggestion') - Number(a.kind === 'suggestion'))
    .map((note, i) =>
      change(noteMarkdown({ ...note, quote: cleanLine(note.quote) }, shown, i > 0)),
    );
}

/** A figure that comes or goes, in one pair of signs with its caption; null when its words are not of that one change. */
export function changedFigure(
  copy: ReadingCopy,
  block: BlockRuns,
  picture: string,
  { kind, id }: { kind: 'insertion' | 'deletion'; id: string },
): string | null {
  const [group, ...more] = groupRuns(block.runs);
  // An address with the signs in it would end them.
  if (/[{}]/.test(picture)) return null;
  if (more.length > 0 || (group && (group.is !== kind || group.key !== id))) return null;
  const [open, close] = kind === 'insertion' ? ['{++', '++}'] : ['{--', '--}'];
  const caption: Atom[] = group ? [{ is: 'break' }, ...atomsOf(copy, group.runs)] : [];
  const notes = notesAt([...block.before, ...(group?.ends ?? [])], '');
  return writeAtoms([change(open), raw(picture), ...caption, change(close), ...notes], '\\\n');
}

/** The line of a block. `breakAs` is what a line break becomes. */
export function inlineMarkdown(copy: ReadingCopy, block: BlockRuns, breakAs: string): string {
  if (!copy.marked) return writeAtoms(atomsOf(copy, block.runs), breakAs);
  const atoms: Atom[] = notesAt(block.before, '');
  for (const group of groupRuns(block.runs)) {
    atoms.push(...groupAtoms(copy, group));
    const shown = group.is === 'highlight' ? group.runs.map((run) => run.text).join('') : '';
    atoms.push(...notesAt(group.ends, shown));
  }
  return writeAtoms(atoms, breakAs);
}
