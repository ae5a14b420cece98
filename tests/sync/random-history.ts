/** A random history of several tabs on one article over a bad network. Everything follows from the seed. */
import type { Node } from 'prosemirror-model';
import type { Transform } from 'prosemirror-transform';
import { schema } from '#core/article/schema.ts';
import { projectCommit } from '#core/sync/project.ts';
import { seeded, type Rng } from '#tests/sync/random.ts';
import { Desk, start, Tab } from '#tests/sync/simulation.ts';

export interface HistoryOptions {
  /** Some tabs only suggest. */
  suggest: boolean;
  /** Some tabs edit directly. */
  direct: boolean;
  /** An editor decides, and takes decisions back. */
  decide: boolean;
  undo: boolean;
}

export interface Totals {
  edits: number;
  commits: number;
  dropped: number;
  foreign: number;
  undos: number;
  decided: number;
  lost: number;
}

const texts = ['the quick brown fox', 'jumps over', '', 'a lazy dog and some more words here'];

/** A place where text can stand: inside some block, masthead included. */
function randomPlace(rng: Rng, doc: Node): { pos: number; end: number } {
  const index = rng.int(doc.childCount);
  let offset = 0;
  for (let i = 0; i < index; i++) offset += doc.child(i).nodeSize;
  const size = doc.child(index).content.size;
  return { pos: offset + 1 + rng.int(size + 1), end: offset + 1 + size };
}

/** Types, deletes, replaces, splits or joins somewhere. */
export function randomEdit(rng: Rng, tr: Transform, letter: string): void {
  const { pos, end } = randomPlace(rng, tr.doc);
  const kind = rng.int(10);
  const to = Math.min(end, pos + 1 + rng.int(rng.chance(0.2) ? 40 : 6));
  if (kind < 5) tr.insert(pos, schema.text(letter.repeat(1 + rng.int(3))));
  else if (kind < 8) {
    if (to > pos) tr.delete(pos, to);
  } else if (kind === 8) {
    if (to > pos) tr.replaceWith(pos, to, schema.text(letter));
  } else if (tr.doc.resolve(pos).parent.type.name !== 'block') return;
  else if (rng.chance(0.6)) tr.split(pos);
  else {
    // Across blocks: from here into one of the next.
    const there = randomPlace(rng, tr.doc).pos;
    if (there > pos) tr.delete(pos, there);
  }
}

/** Plays a history of `actions` and lets everything come to rest. */
export async function history(
  seed: number,
  options: HistoryOptions,
  actions = 60,
): Promise<{ desk: Desk; tabs: Tab[]; opening: Node; totals: Totals }> {
  const rng = seeded(seed);
  const opening = start(...texts);
  const desk = await Desk.open(opening);
  const room = await desk.room();
  const roles = ['editor', 'reviewer', 'editor', 'fact-checker', 'writer'] as const;
  const tabs = roles
    .slice(0, 3 + rng.int(3))
    .map((role, i) => new Tab(desk, room, 'abcde'.charAt(i), options.suggest ? role : 'editor'));
  const totals = { edits: 0, commits: 0, dropped: 0, foreign: 0, undos: 0, decided: 0, lost: 0 };
  let listened = 0;
  const hear = async (): Promise<void> => {
    const commits = await desk.store.commits('a1', listened, 1000);
    listened += commits.length;
    if (commits.length === 0) return;
    for (const tab of tabs) {
      const frame = commits.map((commit) => projectCommit(commit, tab.reader));
      if (rng.chance(0.15)) totals.lost++;
      else tab.inbox.push(frame);
      if (rng.chance(0.1)) tab.inbox.push(frame);
    }
  };
  for (let i = 0; i < actions; i++) {
    const tab = rng.pick(tabs);
    const what = rng.int(100);
    const direct = options.direct && tab.standing.role === 'editor';
    if (what < 45) {
      const intent = direct && !(options.suggest && rng.chance(0.3)) ? 'edit' : 'suggest';
      const letter = tab.standing.userId.toUpperCase();
      tab.edit((tr) => randomEdit(rng, tr, letter), intent, rng.chance(0.5));
      totals.edits++;
    } else if (what < 52) {
      const { pos, end } = randomPlace(rng, tab.doc);
      if (pos < end)
        tab.comment(pos, end, rng.chance(0.3) && tab.standing.role !== 'writer' ? 'desk' : 'all');
    } else if (what < 58 && options.undo) {
      if (rng.chance(0.7) ? tab.undo() : tab.redo()) totals.undos++;
    } else if (what < 64 && options.decide && tab.standing.role === 'editor') {
      const rows = [...tab.copy.shown.suggestions.values()];
      const pending = rows.filter((row) => row.status === 'pending').map((row) => row.id);
      const decided = rows.flatMap((row) => row.decidedRev ?? []);
      if (decided.length > 0 && rng.chance(0.3))
        tab.annotate({ op: 'undecide', rev: rng.pick(decided) }, 'decide');
      else if (pending.length > 0) {
        const verdict = rng.chance(0.6) ? 'accept' : 'reject';
        tab.annotate({ op: 'decide', ids: [rng.pick(pending)], verdict }, 'decide');
        totals.decided++;
      }
    } else if (what < 82) {
      await tab.send(rng.chance(0.8) ? 'fine' : rng.pick(['lost', 'deaf']));
      await hear();
    } else if (what < 97) {
      const frame = tab.inbox.splice(rng.chance(0.8) ? 0 : rng.int(tab.inbox.length + 1), 1)[0];
      if (frame) await tab.deliver(frame);
    } else if (what < 98) await desk.kill();
    else await tab.catchUp();
  }
  for (const tab of tabs) await tab.settle();
  for (const tab of tabs) await tab.catchUp();
  const log = await desk.store.commits('a1', 0, 100_000);
  totals.commits = log.length;
  totals.dropped = log.reduce((sum, commit) => sum + commit.dropped.length, 0);
  totals.foreign = log.filter((commit) => commit.clientId !== 'client-a').length;
  return { desk, tabs, opening, totals };
}
