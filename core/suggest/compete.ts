/** Competition: two suggestions that replace the same words are alternatives; accepting one settles the others. */
import type { Mark, Node } from 'prosemirror-model';
import {
  authored,
  boundaryInsertion,
  entriesOf,
  insertionOf,
  isDeletion,
  isFormat,
  type Mode,
} from '#core/suggest/entries.ts';
import { knownMarks, type MarkJson } from '#core/suggest/format-stack.ts';

/** For every suggestion, the suggestions it competes with: both delete and insert, and share a deleted token. */
export function competitors(doc: Node): Map<string, Set<string>> {
  const inserts = new Set<string>();
  const shared: string[][] = [];
  doc.descendants((node) => {
    const owner = node.isInline ? insertionOf(node.marks) : boundaryInsertion(node);
    if (owner) inserts.add(owner.id);
    const deleting = node.isInline
      ? node.marks.filter(isDeletion).map((mark) => authored(mark).id)
      : entriesOf(node).flatMap((entry) => (entry.k === 'del' ? [entry.id] : []));
    if (deleting.length > 1) shared.push(deleting);
  });
  const out = new Map<string, Set<string>>();
  for (const ids of shared)
    for (const a of ids)
      for (const b of ids)
        if (a !== b && inserts.has(a) && inserts.has(b))
          out.set(a, (out.get(a) ?? new Set()).add(b));
  return out;
}

/** What is decided: the winners, and the competitors they settle. Earlier ids win over later ones. */
export function winners(
  doc: Node,
  ids: readonly string[],
  verdict: 'accept' | 'reject',
): { won: Set<string>; lost: Set<string> } {
  const won = new Set<string>();
  const lost = new Set<string>();
  const rivals = verdict === 'accept' ? competitors(doc) : new Map<string, Set<string>>();
  for (const id of ids) {
    if (lost.has(id)) continue;
    won.add(id);
    for (const rival of rivals.get(id) ?? []) if (!won.has(rival)) lost.add(rival);
  }
  return { won, lost };
}

const typesOf = (mark: Mark) =>
  knownMarks([...(mark.attrs['add'] as MarkJson[]), ...(mark.attrs['remove'] as MarkJson[])]).map(
    ({ type }) => type,
  );

/** `mode` on one token: accepting a format there drops the other pending formats of the same kind. */
export function modeAt(marks: readonly Mark[], mode: Mode): Mode {
  const formats = marks.filter(isFormat);
  if (formats.length < 2) return mode;
  const taken = new Set(
    formats.filter((mark) => mode(authored(mark)) === 'accept').flatMap(typesOf),
  );
  if (taken.size === 0) return mode;
  const moot = new Set(
    formats
      .filter((mark) => mode(authored(mark)) === 'keep')
      .filter((mark) => typesOf(mark).some((type) => taken.has(type)))
      .map((mark) => authored(mark).id),
  );
  return (part) => (moot.has(part.id) ? 'reject' : mode(part));
}
