// What must hold after anything: invariants over the log, what people were told, and what they see. A fault is a sentence.
import type { Node } from 'prosemirror-model';
import type { Commit } from '#core/sync/commit.ts';
import { apply, type Review } from '#core/sync/review.ts';

export interface Evidence {
  /** The article before its first commit. */
  opening: Review;
  log: readonly Commit[];
  /** What each person sees at the end. */
  views: readonly { who: string; rev: number; doc: Node }[];
  /** What the server has acknowledged. */
  receipts: readonly { clientId: string; seq: number; rev: number }[];
  /** What was typed: letters that nobody else types, and how often. */
  typed: readonly { letter: string; times: number }[];
}

const count = (doc: Node, letter: string): number => doc.textContent.split(letter).length - 1;

/** Every broken promise, as a sentence; none when all is well. */
export function faultsIn({ opening, log, views, receipts, typed }: Evidence): string[] {
  const faults: string[] = [];
  const names = new Set<string>();
  const byName = new Map<string, Commit>();
  for (const [i, commit] of log.entries()) {
    if (commit.rev !== i + 1) faults.push(`Revision ${commit.rev} stands where ${i + 1} should.`);
    const name = `${commit.clientId} ${commit.seq}`;
    if (names.has(name)) faults.push(`${name} is in the log twice.`);
    names.add(name);
    byName.set(name, commit);
  }
  for (const { clientId, seq, rev } of receipts) {
    const stored = byName.get(`${clientId} ${seq}`);
    if (!stored) faults.push(`${clientId} ${seq} was acknowledged and is not in the log.`);
    else if (stored.rev !== rev)
      faults.push(`${clientId} ${seq} was acknowledged as ${rev} and is ${stored.rev}.`);
  }
  let head: Review;
  try {
    head = log.reduce(apply, opening);
    head.doc.check();
  } catch (error) {
    return [...faults, `The log cannot be replayed: ${String(error)}`];
  }
  for (const { id, state } of head.anchors.byId.values())
    if (state !== 'attached' && state !== 'detached') faults.push(`${id} is nowhere.`);
  const text = JSON.stringify(head.doc);
  for (const { who, rev, doc } of views) {
    if (rev !== head.rev) faults.push(`${who} is at ${rev}, the log at ${head.rev}.`);
    if (JSON.stringify(doc) !== text) faults.push(`${who} sees another text than the log gives.`);
  }
  for (const { letter, times } of typed) {
    const there = count(head.doc, letter);
    if (there !== times)
      faults.push(`${letter} was typed ${times} times and is there ${there} times.`);
  }
  return faults;
}
