/** Cuts the content of a block into runs that are the same all through: formatting, suggestions, notes over them. */
import type { Mark, Node } from 'prosemirror-model';
import { cleanLine } from '#core/formats/clean-text.ts';
import type { Note } from '#core/formats/note-list.ts';

/** Who made a mark. */
export interface Authored {
  id: string;
  by: string;
}

/** One run. `text` is one clean line; it is empty for a reference and a line break. */
export interface Run {
  kind: 'text' | 'reference' | 'break';
  text: string;
  /** The id of the footnote, for a reference. */
  footnote: string;
  link: string;
  em: boolean;
  strong: boolean;
  inserted: Authored | null;
  deleted: Authored[];
  formats: Authored[];
  /** Notes whose words these are, and notes that end right after this run. */
  over: Note[];
  ends: Note[];
}

/** The runs of a block, and the notes that stand before the first of them. */
export interface BlockRuns {
  before: Note[];
  runs: Run[];
}

const authored = (mark: Mark): Authored => ({
  id: mark.attrs['id'] as string,
  by: mark.attrs['by'] as string,
});

function runOf(node: Node, text: string): Run {
  const run: Run = {
    kind: node.isText ? 'text' : node.type.name === 'lineBreak' ? 'break' : 'reference',
    text: cleanLine(text),
    footnote: node.type.name === 'footnoteRef' ? (node.attrs['id'] as string) : '',
    link: '',
    em: false,
    strong: false,
    inserted: null,
    deleted: [],
    formats: [],
    over: [],
    ends: [],
  };
  for (const mark of node.marks) {
    const name = mark.type.name;
    if (name === 'link') run.link = mark.attrs['href'] as string;
    else if (name === 'em') run.em = true;
    else if (name === 'strong') run.strong = true;
    else if (name === 'insertion') run.inserted = authored(mark);
    else if (name === 'deletion') run.deleted.push(authored(mark));
    else run.formats.push(authored(mark));
  }
  return run;
}

/** True if a cut at this place would part the two halves of one character. */
function splitsCharacter(text: string, at: number): boolean {
  return /[\ud800-\udbff]/.test(text[at - 1] ?? '') && /[\udc00-\udfff]/.test(text[at] ?? '');
}

/** The runs of the block that opens at `pos`. `notes` are those that end in it or reach over it. */
export function runsOf(block: Node, pos: number, notes: readonly Note[]): BlockRuns {
  const placed = notes.flatMap((note) => (note.place ? [{ note, ...note.place }] : []));
  const edges = placed.flatMap(({ from, to }) => [from, to]).toSorted((a, b) => a - b);
  const runs: { run: Run; to: number }[] = [];
  block.forEach((node, offset) => {
    const start = pos + 1 + offset;
    const end = start + node.nodeSize;
    const text = node.text ?? '';
    const cuts = edges.filter(
      (edge) => edge > start && edge < end && !splitsCharacter(text, edge - start),
    );
    let at = start;
    for (const cut of [...new Set(cuts), end]) {
      const run = runOf(node, text.slice(at - start, cut - start));
      run.over = placed
        .filter(({ note, from, to }) => note.kind !== 'suggestion' && from < cut && to > at)
        .map(({ note }) => note);
      runs.push({ run, to: cut });
      at = cut;
    }
  });
  const before: Note[] = [];
  const close = pos + block.nodeSize;
  for (const { note, to } of placed) {
    if (to <= pos || to > close) continue;
    const last = runs.findLast((one) => one.to <= to);
    (last?.run.ends ?? before).push(note);
  }
  return { before, runs: runs.map(({ run }) => run) };
}
