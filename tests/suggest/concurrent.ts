/** Authors who suggest at the same time from the same text: each one's steps are carried over what came before them in
 *  the log, adapted, judged and applied; an editor decides and edits directly in between. */
import { Mark, type Node } from 'prosemirror-model';
import { Transform, type Step, type StepMap } from 'prosemirror-transform';
import { carry } from '#core/suggest/carry.ts';
import { decide, undecide } from '#core/suggest/decide.ts';
import { suggestionsIn } from '#core/suggest/entries.ts';
import { readStack, writeStack } from '#core/suggest/format-stack.ts';
import { guardSuggest } from '#core/suggest/guard.ts';
import { original, without } from '#core/suggest/project.ts';
import { track } from '#core/suggest/track.ts';
import { rebase } from '#core/sync/rebase.ts';
import { keepsOriginal, rollsBack, run, valid } from '#tests/suggest/laws.ts';
import {
  below,
  pick,
  randomArticle,
  randomEdit,
  rng,
  type EditKinds,
  type Rng,
} from '#tests/suggest/random-edit.ts';

export interface ConcurrentCount {
  steps: number;
  dropped: number;
  refused: number;
  unseen: number;
  undecided: number;
  rounds: number;
}

export interface ConcurrentOptions {
  kinds: EditKinds;
  decides: boolean;
  direct: boolean;
  /** Planted faults: another way to carry steps over others, another kind of step. */
  rebase?: typeof rebase;
  disguise?: (step: Step) => Step;
}

const serial = { id: 0 };

function suggest(random: Rng, start: Node, author: string, kinds: EditKinds): Step[] {
  const steps: Step[] = [];
  let doc = start;
  for (let i = 0; i < 1 + below(random, 4); i++) {
    const tr = randomEdit(random, doc, kinds);
    const result =
      tr &&
      track(doc, tr, author, {
        idFor: (near) => (random() < 0.5 ? near[0]?.id : undefined) ?? `${author}${++serial.id}`,
      });
    if (!result || 'refused' in result) continue;
    steps.push(...result.steps);
    doc = result.doc;
  }
  return steps;
}

function editDirectly(random: Rng, doc: Node, kinds: EditKinds): Step[] {
  const tr = randomEdit(random, doc, kinds);
  if (!tr) return [];
  const steps = [...tr.steps, ...carry(doc, tr)];
  return steps;
}

/** Positions of tokens that `maps` inserted, in the document after them. */
function insertedTokens(maps: readonly StepMap[]): Set<number> {
  let found: number[] = [];
  for (const map of maps) {
    found = found.flatMap((pos) => {
      const result = map.mapResult(pos, 1);
      return result.deletedAfter ? [] : [result.pos];
    });
    map.forEach((_from, _to, from, to) => {
      for (let pos = from; pos < to; pos++) found.push(pos);
    });
  }
  return new Set(found);
}

const deletersAt = (doc: Node, pos: number): string => {
  const node = doc.nodeAt(pos);
  if (!node) return '';
  const entries = (node.attrs['sugg'] ?? []) as { k: string; by: string }[];
  return [
    ...node.marks.filter((mark) => mark.type.name === 'deletion').map((mark) => mark.attrs['by']),
    ...entries.filter((entry) => entry.k === 'del').map((entry) => entry.by),
  ].join();
};

/** UNSEEN: no token inserted after a commit's base is struck or removed by that commit. */
function unseen(before: Node, steps: readonly Step[], fresh: Set<number>): string | null {
  let doc = before;
  let tokens = [...fresh].map((pos) => ({ pos, deleters: deletersAt(before, pos) }));
  for (const step of steps) {
    const after = run(doc, [step]);
    const map = step.getMap();
    tokens = tokens.map(({ pos, deleters }) => {
      const result = map.mapResult(pos, 1);
      // Close tokens are no tokens of their own: one goes with the open token after it.
      const close = doc.resolve(pos).parentOffset === doc.resolve(pos).parent.content.size;
      if (result.deletedAfter && !close)
        throw new Error(`UNSEEN removed at ${pos}: ${JSON.stringify(step)}`);
      return { pos: result.pos, deleters };
    });
    for (const { pos, deleters } of tokens)
      if (deletersAt(after, pos) !== deleters && doc.nodeAt(pos)?.isInline)
        return `UNSEEN struck at ${pos}: ${JSON.stringify(step)}`;
    doc = after;
  }
  return null;
}

/** False where a direct change of formatting has crossed a pending one: the recorded change is then not what is seen. */
function settledFormats(doc: Node): boolean {
  let settled = true;
  doc.descendants(({ marks }) => {
    if (!Mark.sameSet(writeStack(readStack(marks)), marks)) settled = false;
  });
  return settled;
}

/** Runs several rounds on one article. Throws, naming the seed, when a law is broken. */
export function runConcurrent(seed: number, options: ConcurrentOptions): ConcurrentCount {
  const random = rng(seed);
  serial.id = 0;
  const count = { steps: 0, dropped: 0, refused: 0, unseen: 0, undecided: 0, rounds: 0 };
  let doc = randomArticle(random, options.kinds.whole);
  const fail = (what: string): never => {
    throw new Error(`seed ${seed}, round ${count.rounds}: ${what}`);
  };
  for (; count.rounds < 4; count.rounds++) {
    const base = doc;
    const maps: StepMap[] = [];
    const branches = ['ann', 'bob', 'cem'].map((author) => ({
      author,
      steps: suggest(random, base, author, options.kinds).map(options.disguise ?? ((step) => step)),
    }));
    const direct = options.direct ? editDirectly(random, base, options.kinds) : [];
    for (const { author, steps } of branches) {
      const rebased = (options.rebase ?? rebase)(doc, steps, maps);
      count.steps += steps.length;
      count.dropped += rebased.dropped.length;
      const result = guardSuggest(doc, rebased.steps, author, () => true);
      if (!result.ok) {
        count.refused++;
        if (result.reason !== 'keeps-others' && result.reason !== 'honest')
          fail(
            `refused ${result.reason} ${JSON.stringify(rebased.steps)} on ${JSON.stringify(doc)}`,
          );
        continue;
      }
      const broken =
        valid(result.after) ??
        keepsOriginal(doc, result.after) ??
        rollsBack(doc, rebased.steps) ??
        (without(doc, author).eq(without(result.after, author)) ? null : 'KEEPS-OTHERS');
      if (broken) fail(broken);
      const fresh = insertedTokens(maps);
      count.unseen += fresh.size;
      try {
        const struck = unseen(doc, rebased.steps, fresh);
        if (struck) fail(struck);
      } catch (error) {
        fail(`${String(error)}\n base ${String(base)}\n head ${String(doc)}`);
      }
      doc = result.after;
      maps.push(...rebased.steps.map((step) => step.getMap()));
      const present = [...suggestionsIn(doc).keys()];
      if (options.decides && present.length > 0 && random() < 0.4) {
        const ids = present.filter(() => random() < 0.3);
        const { steps: decided } = decide(doc, ids, pick(random, ['accept', 'reject'] as const));
        const before = doc;
        doc = run(doc, decided);
        maps.push(...decided.map((step) => step.getMap()));
        if (random() < 0.4 && decided.length > 0) {
          // Somebody goes on in the meantime; then the decision is taken back.
          const meanwhile = suggest(random, doc, 'dan', options.kinds);
          const since = run(doc, meanwhile);
          const back = undecide(
            since,
            { steps: decided, before },
            meanwhile.map((s) => s.getMap()),
          );
          doc = since;
          maps.push(...meanwhile.map((step) => step.getMap()));
          if (back) {
            const restored = run(doc, back);
            const wrong = valid(restored);
            if (wrong) fail(`UNDECIDE ${wrong}`);
            if (!original(restored).eq(original(before)))
              fail(
                `UNDECIDE original ${JSON.stringify([original(before), original(restored), before, restored, decided, back])}`,
              );
            if (settledFormats(before) && !without(restored, 'dan').eq(without(before, 'dan')))
              fail(
                `UNDECIDE lost\n ${String(without(before, 'dan'))}\n ${String(without(restored, 'dan'))}\n decided ${JSON.stringify(decided)}\n before ${JSON.stringify(before)}\n since ${JSON.stringify(since)}\n  restored ${JSON.stringify(restored)}`,
              );
            doc = restored;
            maps.push(...back.map((step) => step.getMap()));
            count.undecided++;
          }
        }
      }
    }
    if (direct.length > 0) {
      const rebased = rebase(doc, direct, maps);
      const tr = new Transform(doc);
      for (const step of rebased.steps) tr.step(step);
      const broken = valid(tr.doc);
      if (broken) fail(`direct ${broken}`);
      doc = tr.doc;
    }
  }
  return count;
}
