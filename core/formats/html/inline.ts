/** Writes the runs of a block as HTML: elements that neighbouring runs share stay open between them. */
import { html } from '#core/formats/html/escape.ts';
import type { Authored, Run } from '#core/formats/inline-run.ts';
import type { Note } from '#core/formats/note-list.ts';
import { timeInWords, type ReadingCopy } from '#core/formats/reading-copy.ts';

/** An element around runs; two of the same opening tag are one element. */
interface Wrap {
  open: string;
  close: string;
}

/** The opening tag of a change, with who made it and when. */
export function changeTag(copy: ReadingCopy, name: 'ins' | 'del', change: Authored): string {
  const row = copy.review.suggestions.get(change.id);
  const who = copy.people.get(change.by)?.name ?? change.by;
  const at = row?.at ?? '';
  const when = at === '' ? '' : ` datetime="${html(at)}"`;
  const title = at === '' ? who : `${who}, ${timeInWords(at)}`;
  return `<${name} data-suggestion="${html(change.id)}"${when} title="${html(title)}">`;
}

function wrapsOf(copy: ReadingCopy, run: Run, around: ReadonlySet<string>): Wrap[] {
  const wraps: Wrap[] = [];
  if (copy.marked) {
    if (run.over.length > 0) {
      const numbers = run.over.map((note) => note.number).join(' ');
      const kind = run.over.some((note) => note.kind === 'comment') ? 'comment' : 'fact';
      wraps.push({ open: `<mark class="${kind}" data-notes="${numbers}">`, close: '</mark>' });
    }
    if (run.inserted && !around.has(run.inserted.id))
      wraps.push({ open: changeTag(copy, 'ins', run.inserted), close: '</ins>' });
    for (const one of run.deleted.filter(({ id }) => !around.has(id)))
      wraps.push({ open: changeTag(copy, 'del', one), close: '</del>' });
    for (const one of run.formats)
      wraps.push({
        open: `<span class="format" data-suggestion="${html(one.id)}">`,
        close: '</span>',
      });
  }
  // A reference is a link itself, and links do not nest.
  if (run.link !== '' && run.kind !== 'reference')
    wraps.push({ open: `<a href="${html(run.link)}" rel="noopener noreferrer">`, close: '</a>' });
  if (run.strong) wraps.push({ open: '<strong>', close: '</strong>' });
  if (run.em) wraps.push({ open: '<em>', close: '</em>' });
  return wraps;
}

/** A link from the words to the note. */
function noteLink({ number, kind, author }: Note): string {
  const label = html(`Note ${number}: ${kind} by ${author}`);
  return `<a class="note-link" id="at-note-${number}" href="#note-${number}" aria-label="${label}">[${number}]</a>`;
}

function reference(copy: ReadingCopy, run: Run, seen: Set<string>): string {
  const number = copy.footnotes.numbers.get(run.footnote);
  if (number === undefined) return '<sup>[?]</sup>';
  // Only the first reference to a note is the place it leads back to.
  const id = seen.has(run.footnote) ? '' : ` id="ref-${number}"`;
  seen.add(run.footnote);
  return `<sup><a${id} href="#fn-${number}" role="doc-noteref">${number}</a></sup>`;
}

/** The content of a block. `seen` collects the footnotes referred to so far, `around` has the changes of the whole block. */
export function inlineHtml(
  copy: ReadingCopy,
  block: { before: Note[]; runs: Run[] },
  seen: Set<string>,
  around: ReadonlySet<string> = new Set(),
): string {
  let out = block.before.map(noteLink).join('');
  let open: Wrap[] = [];
  const closeTo = (depth: number): void => {
    while (open.length > depth) out += open.pop()?.close ?? '';
  };
  for (const run of block.runs) {
    const wraps = wrapsOf(copy, run, around);
    let shared = 0;
    while (shared < open.length && open[shared]?.open === wraps[shared]?.open) shared += 1;
    closeTo(shared);
    for (const wrap of wraps.slice(shared)) out += wrap.open;
    open = wraps;
    if (run.kind === 'break') out += '<br>';
    else out += run.kind === 'text' ? html(run.text) : reference(copy, run, seen);
    if (run.ends.length > 0) {
      closeTo(0);
      open = [];
      out += run.ends.map(noteLink).join('');
    }
  }
  closeTo(0);
  return out;
}
