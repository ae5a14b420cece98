/** Going back to an earlier text as a new commit: the text it should be, and the smallest plain steps that lead there,
 *  so that annotations on words that stay keep their places. */
import { Fragment, Slice, type Node } from 'prosemirror-model';
import { ReplaceStep, type Step } from 'prosemirror-transform';
import { BlockStep } from '#core/suggest/block-step.ts';
import {
  attrsWith,
  authored,
  entriesOf,
  isFixedBetween,
  isInsertion,
  isSuggestion,
  sameShape,
  shapeOf,
} from '#core/suggest/entries.ts';
import { original, projectBlock, projectBlocks, projectMarks } from '#core/suggest/project.ts';
import { alignBlocks } from '#core/sync/align-blocks.ts';
import { wordsOf, type Word } from '#core/sync/inline-words.ts';
import { diffLists, type Change } from '#core/sync/list-diff.ts';

/** Changed ranges of the content of two textblocks, as positions inside them. */
function changedRanges(before: Node, after: Node): Change[] {
  const [a, b] = [wordsOf(before), wordsOf(after)];
  const startOf = (words: readonly Word[], node: Node, i: number): number =>
    words[i]?.from ?? node.content.size;
  return diffLists(
    a.map(({ key }) => key),
    b.map(({ key }) => key),
  ).map(({ from, to, newFrom, newTo }) => ({
    from: startOf(a, before, from),
    to: startOf(a, before, to),
    newFrom: startOf(b, after, newFrom),
    newTo: startOf(b, after, newTo),
  }));
}

/** The steps inside one block that stays: its attributes first, then its changed words from the back. */
function stepsInside(before: Node, after: Node, pos: number, by: string): Step[] {
  const steps: Step[] = [];
  const sameAttrs = before.hasMarkup(after.type, after.attrs, before.marks);
  if (!sameAttrs)
    steps.push(new BlockStep(by, pos, { t: 'set', shape: shapeOf(after), sugg: entriesOf(after) }));
  for (const change of changedRanges(before, after).toReversed()) {
    const slice = new Slice(after.content.cut(change.newFrom, change.newTo), 0, 0);
    steps.push(new ReplaceStep(pos + 1 + change.from, pos + 1 + change.to, slice));
  }
  return steps;
}

/** The steps by `by` that turn `head` into exactly `target`, one after another from the back of the text. A block that
 *  stays is changed only where its words differ; a run of blocks that go, or come, is one step. */
export function restoreSteps(head: Node, target: Node, by: string): Step[] {
  const [a, b] = [head.content.content, target.content.content];
  const starts: number[] = [];
  let size = 0;
  for (const block of a) {
    starts.push(size);
    size += block.nodeSize;
  }
  starts.push(size);
  const steps: Step[] = [];
  const lines = alignBlocks(a, b);
  // Where the stretch of unpaired blocks behind the current line ends, and what comes in its place.
  let end = a.length;
  let start = a.length;
  let fresh: Node[] = [];
  const close = (): void => {
    if (start < end || fresh.length > 0)
      steps.push(
        new ReplaceStep(
          starts[start] ?? size,
          starts[end] ?? size,
          new Slice(Fragment.fromArray(fresh), 0, 0),
        ),
      );
    fresh = [];
  };
  for (const { before, after, equal } of lines.toReversed()) {
    const [old, now] = [
      before === null ? undefined : a[before],
      after === null ? undefined : b[after],
    ];
    if (before !== null && old && now) {
      close();
      if (!equal) steps.push(...stepsInside(old, now, starts[before] ?? size, by));
      start = end = before;
    } else if (before !== null) start = before;
    else if (now) fresh.unshift(now);
  }
  close();
  return steps;
}

/** Blocks of the head that read as one block when nothing pending is taken in. */
interface Group {
  nodes: Node[];
  plain: Node;
}

const rejected = (): 'reject' => 'reject';

function groupsOf(doc: Node): Group[] {
  const rows: Node[][] = [];
  doc.forEach((node) => {
    const previous = rows.at(-1)?.at(-1);
    const { joins } = projectBlock(node, rejected, isFixedBetween(previous, node));
    const row = rows.at(-1);
    if (joins && row) row.push(node);
    else rows.push([node]);
  });
  return rows.flatMap((nodes) => {
    const [plain] = projectBlocks(nodes, rejected);
    return plain ? [{ nodes, plain }] : [];
  });
}

/** For each position of the plain content, the first and the last position of the marked content that read the same. */
function placesIn(node: Node): { low: number[]; high: number[] } {
  const low: number[] = [0];
  const high: number[] = [];
  let seen = 0;
  node.forEach((child, offset) => {
    if (!projectMarks(child.marks, rejected)) return;
    for (let i = 0; i < child.nodeSize; i++) {
      high[seen] = offset + i;
      low[++seen] = offset + i + 1;
    }
  });
  high[seen] = node.content.size;
  return { low, high };
}

const idsIn = (content: Fragment): Set<string> => {
  const ids = new Set<string>();
  content.forEach((node) => {
    for (const mark of node.marks) if (isSuggestion(mark)) ids.add(authored(mark).id);
  });
  return ids;
};

/** The block of the head with the words of `then` where they differ. Suggestions on the words that stay are kept; one
 *  that loses struck words here loses what it put in beside them too. */
function merged(head: Node, plain: Node, then: Node): Node {
  const { low, high } = placesIn(head);
  const parts: Node[] = [];
  const put = (content: Fragment): void => content.forEach((node) => void parts.push(node));
  const keep = (from: number, to: number, gone: ReadonlySet<string>): void =>
    head.content.cut(from, to).forEach((node) => {
      const own = node.marks.find(isInsertion);
      if (!own || !gone.has(authored(own).id)) parts.push(node);
    });
  const end = (at: number): number => high[at] ?? head.content.size;
  const begin = (at: number): number => low[at] ?? head.content.size;
  const changes = changedRanges(plain, then);
  const lost = new Set<string>();
  for (const { from, to } of changes)
    if (to > from) for (const id of idsIn(head.content.cut(end(from), begin(to)))) lost.add(id);
  let at = 0;
  for (const { from, to, newFrom, newTo } of changes) {
    keep(at, end(from), lost);
    put(then.content.cut(newFrom, newTo));
    at = to > from ? begin(to) : end(from);
  }
  keep(at, head.content.size, lost);
  const attrs = sameShape(shapeOf(plain), shapeOf(then))
    ? head.attrs
    : attrsWith(
        head,
        shapeOf(then),
        entriesOf(head).filter(({ k }) => k !== 'block'),
      );
  return head.type.create(attrs, Fragment.fromArray(parts), head.marks);
}

/** References whose footnote is not in the text are taken out: a suggested footnote may have lost its place. */
function withoutLooseReferences(doc: Node): Node {
  const known = new Set<unknown>();
  doc.forEach((node) => {
    if (node.type.name === 'footnote') known.add(node.attrs['id']);
  });
  const loose = (node: Node): boolean =>
    node.type.name === 'footnoteRef' &&
    node.marks.some(isInsertion) &&
    !known.has(node.attrs['id']);
  return doc.copy(
    Fragment.fromArray(
      doc.content.content.map((block) => {
        const inline = block.content.content;
        return inline.some(loose)
          ? block.copy(Fragment.fromArray(inline.filter((node) => !loose(node))))
          : block;
      }),
    ),
  );
}

/** A block that begins a group is never joined to what stands before it there, and must not be in its new place either. */
function withoutInsertedBoundary(node: Node): Node {
  const entries = entriesOf(node);
  if (!entries.some(({ k }) => k === 'ins')) return node;
  const left = entries.filter(({ k }) => k !== 'ins');
  return node.type.create(attrsWith(node, shapeOf(node), left), node.content, node.marks);
}

/** The head as it reads after going back to `then`: the text of that revision without what was pending in it, and, on the
 *  words that are the same in both, the suggestions that are pending now. Nothing pending then comes back: it would be
 *  signed by people who are not asked. Law: `original(restored(head, then))` is `original(then)`. */
export function restored(head: Node, then: Node): Node {
  const groups = groupsOf(head);
  const target = original(then).content.content;
  const blocks: Node[] = [];
  for (const { before, after, equal } of alignBlocks(
    groups.map(({ plain }) => plain),
    target,
  )) {
    const group = before === null ? undefined : groups[before];
    const block = after === null ? undefined : target[after];
    if (!block) continue;
    const [first, ...more] = group?.nodes ?? [];
    const only = first && withoutInsertedBoundary(first);
    if (only && equal) blocks.push(only, ...more);
    else if (group && only && more.length === 0) blocks.push(merged(only, group.plain, block));
    else blocks.push(block);
  }
  return withoutLooseReferences(head.copy(Fragment.fromArray(blocks)));
}
