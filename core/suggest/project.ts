/** Projections: the document as it would be with some suggestions accepted, some rejected and the rest kept.
 *  One function serves reading (original, accepted), permission (`without` one author) and the tests' oracles. */
import { Fragment, type Node } from 'prosemirror-model';
import { isSameBlock, projectBoundaries } from '#core/suggest/boundaries.ts';
import {
  attrsWith,
  inlineContent,
  isMasthead,
  remarked,
  type Mode,
} from '#core/suggest/entries.ts';
import { projectMarks } from '#core/suggest/project-marks.ts';

function projectContent(node: Node, mode: Mode): Node[] | null {
  let same = true;
  const out: Node[] = [];
  node.forEach((child) => {
    const marks = projectMarks(child.marks, mode);
    if (marks !== child.marks) same = false;
    if (marks) out.push(remarked(child, marks));
  });
  return same ? null : out;
}

/** Projects a row of neighbouring blocks, as `projectBoundaries` says. */
export function projectBlocks(blocks: readonly Node[], mode: Mode): Node[] {
  const out: Node[] = [];
  const boundaries = projectBoundaries(blocks, mode);
  for (const [index, node] of blocks.entries()) {
    const previous = out.at(-1);
    const content = projectContent(node, mode);
    const decided = boundaries[index];
    if (decided?.joins && previous) {
      const joined = [...previous.content.content, ...(content ?? node.content.content)];
      out[out.length - 1] = previous.copy(inlineContent(joined));
    } else if (!decided || isMasthead(node) || isSameBlock(node, decided))
      out.push(content ? node.copy(inlineContent(content)) : node);
    else
      out.push(
        node.type.create(
          attrsWith(node, decided.shape, decided.sugg),
          content ? inlineContent(content) : node.content,
          node.marks,
        ),
      );
  }
  return out;
}

/** The document with every part of a suggestion treated as `mode` says. */
export function project(doc: Node, mode: Mode): Node {
  return doc.copy(Fragment.fromArray(projectBlocks(doc.content.content, mode)));
}

/** The text as it was before any pending suggestion. */
export function original(doc: Node): Node {
  return project(doc, () => 'reject');
}

/** The text as it would be with every pending suggestion accepted. */
export function accepted(doc: Node): Node {
  return project(doc, () => 'accept');
}

/** The document as if one author had suggested nothing. What a suggestion by `by` must never change. */
export function without(doc: Node, by: string): Node {
  return project(doc, (part) => (part.by === by ? 'reject' : 'keep'));
}
