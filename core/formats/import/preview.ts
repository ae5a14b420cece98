/** What a person is shown of an import before it is saved. */
import type { Node } from 'prosemirror-model';
import type { ListAttr } from '#core/article/schema.ts';
import { formOf, tableRuns, type CellForm } from '#core/article/table.ts';
import { numberFootnotes } from '#core/formats/footnote-numbers.ts';
import { roleOf, type AnyRole, type ChosenImport } from '#core/formats/import/choices.ts';
import { isTaken, type FileFlag, type Imported } from '#core/formats/import/imported.ts';
import type { ArticleFormat } from '#core/formats/article-formats.ts';
import { wordCount } from '#core/formats/text/shape.ts';
import { headlineOf } from '#core/sync/review.ts';

/** A stretch of words that looks the same all through. */
export interface PreviewRun {
  text: string;
  em: boolean;
  strong: boolean;
  link: boolean;
  change: 'insertion' | 'deletion' | null;
  /** A comment or fact is about these words. */
  noted: boolean;
  /** The number of a footnote, for its reference. */
  reference: number | null;
}

/** A block as it will read. `index` is its place in what was read; null for one that is put back or made. */
export interface PreviewBlock {
  index: number | null;
  role: AnyRole;
  list: ListAttr | null;
  /** What is seen on a figure's picture, and where the picture is. */
  picture: { src: string; alt: string } | null;
  cell: CellForm | null;
  runs: PreviewRun[];
}

/** A guess about a block, with the words it is about. */
export interface PreviewGuess {
  what: string;
  block: number | null;
  confidence: number;
  text: string;
}

/** A flag with its index, for choosing. */
export interface PreviewFlag {
  index: number;
  flag: FileFlag;
  /** Its words were left out and can be put back. */
  taken: boolean;
}

type PreviewCount =
  | 'words'
  | 'headings'
  | 'figures'
  | 'tables'
  | 'footnotes'
  | 'suggestions'
  | 'comments'
  | 'facts';

/** The answer to a question for a preview. */
export interface ImportPreview {
  name: string;
  format: ArticleFormat;
  headline: string;
  language: string;
  counts: Record<PreviewCount, number>;
  blocks: PreviewBlock[];
  /** How many blocks are not shown. */
  more: number;
  guesses: PreviewGuess[];
  flags: PreviewFlag[];
  warnings: string[];
}

const mostBlocks = 60;
/** A table may be long; so many of its cells are as much as may be shown. */
const mostCells = 600;
const mostWarnings = 100;

/** Makes the preview of what the choices gave. */
export function previewOf(
  imported: Imported,
  { review, origins }: ChosenImport,
  file: { name: string; format: ArticleFormat },
): ImportPreview {
  const { doc } = review;
  const noted = notedIn(
    [...review.anchors.byId.values()].filter((one) => one.state === 'attached'),
  );
  const { numbers } = numberFootnotes(doc);
  const blocks: PreviewBlock[] = [];
  const counts = {
    words: 0,
    headings: 0,
    figures: 0,
    tables: tableRuns(doc.content.content).length,
    footnotes: 0,
    suggestions: review.suggestions.size,
    comments: review.comments.size,
    facts: review.occurrences.size,
  };
  const shown = shownOf(doc.content.content);
  doc.forEach((node, offset, i) => {
    const role = roleOf(node);
    counts.words += wordCount(node.textBetween(0, node.content.size, ' ', ' '));
    if (role.startsWith('heading') && role !== 'headline') counts.headings += 1;
    if (role === 'footnote') counts.footnotes += 1;
    if (role === 'figure') counts.figures += 1;
    if (i < shown)
      blocks.push({
        index: origins[i] ?? null,
        role,
        list: (node.attrs['list'] as ListAttr | null | undefined) ?? null,
        picture: role === 'figure' ? pictureOf(node) : null,
        cell: role === 'cell' ? formOf(node) : null,
        runs: runsOf(node, offset + 1, noted, numbers),
      });
  });
  return {
    ...file,
    headline: headlineOf(doc),
    language: review.article.language,
    counts,
    blocks,
    more: doc.childCount - shown,
    guesses: imported.guesses.map((guess) => ({
      ...guess,
      text: guess.block === null ? '' : imported.review.doc.child(guess.block).textContent,
    })),
    flags: imported.flags.map((flag, index) => ({ index, flag, taken: isTaken(flag) })),
    // The warnings of a plain text say again what its flags say.
    warnings:
      file.format === 'txt'
        ? []
        : imported.warnings.slice(0, mostWarnings).map((one) => one.message),
  };
}

function pictureOf(node: Node): { src: string; alt: string } {
  const { src, alt } = node.attrs as { src: string; alt: string };
  return { src, alt };
}

/** How many of the blocks are shown: a row of a table counts as one, and no row is cut. */
function shownOf(nodes: readonly Node[]): number {
  let units = 0;
  const cut = nodes.findIndex((node, i) => {
    const goesOn =
      node.type.name === 'cell' &&
      node.attrs['starts'] === null &&
      nodes[i - 1]?.type.name === 'cell';
    if (!goesOn) units += 1;
    return units > mostBlocks || (!goesOn && i >= mostCells);
  });
  return cut < 0 ? nodes.length : cut;
}

/** Where notes begin and end, sorted, so that a line with ten thousand of them is no matter. */
interface Noted {
  starts: readonly number[];
  ends: readonly number[];
  edges: readonly number[];
}

function notedIn(ranges: readonly { from: number; to: number }[]): Noted {
  const starts = ranges.map(({ from }) => from).toSorted((a, b) => a - b);
  const ends = ranges.map(({ to }) => to).toSorted((a, b) => a - b);
  return { starts, ends, edges: [...starts, ...ends].toSorted((a, b) => a - b) };
}

/** How many of sorted numbers are at most `most`. */
function countUpTo(sorted: readonly number[], most: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) > most) high = middle;
    else low = middle + 1;
  }
  return low;
}

function runsOf(
  block: Node,
  start: number,
  noted: Noted,
  numbers: ReadonlyMap<string, number>,
): PreviewRun[] {
  const runs: PreviewRun[] = [];
  block.forEach((node, offset) => {
    const from = start + offset;
    const to = from + node.nodeSize;
    const has = (name: string): boolean => node.marks.some((mark) => mark.type.name === name);
    const look = {
      em: has('em'),
      strong: has('strong'),
      link: has('link'),
      change: has('deletion')
        ? ('deletion' as const)
        : has('insertion')
          ? ('insertion' as const)
          : null,
      reference:
        node.type.name === 'footnoteRef' ? (numbers.get(node.attrs['id'] as string) ?? 0) : null,
    };
    const { edges } = noted;
    let at = from;
    for (let i = countUpTo(edges, from); at < to; i += 1) {
      const edge = Math.min(edges[i] ?? to, to);
      if (edge === at) continue;
      const text = node.isText
        ? (node.text ?? '').slice(at - from, edge - from)
        : node.type.name === 'lineBreak'
          ? '\n'
          : '';
      // Of the ranges that begin before its end, not all end at or before its beginning.
      const isNoted = countUpTo(noted.starts, edge - 1) > countUpTo(noted.ends, at);
      runs.push({ ...look, text, noted: isNoted });
      at = edge;
    }
  });
  return runs;
}
