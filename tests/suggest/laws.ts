/** The laws of suggestions as checkers: each returns null, or what is broken. Every fuzz and every planted failure uses them. */
import { Node } from 'prosemirror-model';
import { Step } from 'prosemirror-transform';
import { schema } from '#core/article/schema.ts';
import { decide, undecide } from '#core/suggest/decide.ts';
import { suggestionsIn } from '#core/suggest/entries.ts';
import { exactInverse } from '#core/suggest/exact.ts';
import { guardSuggest, keepsOthers } from '#core/suggest/guard.ts';
import { accepted, original, project, without } from '#core/suggest/project.ts';

export type Broken = string | null;

const text = (doc: Node) => JSON.stringify(doc.toJSON());

function differ(law: string, a: Node, b: Node): Broken {
  return text(a) === text(b) ? null : `${law}\n  ${text(a)}\n  ${text(b)}`;
}

/** VALID: the document holds to the schema and survives its data form. */
export function valid(doc: Node): Broken {
  try {
    doc.check();
    const ids = [...doc.content.content].flatMap((node) => {
      const seen = new Set<string>();
      return ((node.attrs['sugg'] ?? []) as { k: string; id: string; by: string }[]).filter((e) => {
        const key = `${e.k} ${e.id}`;
        return seen.size === seen.add(key).size;
      });
    });
    if (ids.length > 0) return 'VALID twice the same entry on one block';
    return differ('VALID round trip', doc, Node.fromJSON(schema, JSON.parse(text(doc))));
  } catch (error) {
    return `VALID ${String(error)} in ${text(doc)}`;
  }
}

/** VALID: steps survive their data form and lead to the same document. */
export function validSteps(before: Node, steps: readonly Step[], after: Node): Broken {
  const json = JSON.stringify(steps);
  const parsed = (JSON.parse(json) as unknown[]).map((one) => Step.fromJSON(schema, one));
  if (JSON.stringify(parsed) !== json) return `VALID steps ${json} ${JSON.stringify(parsed)}`;
  return differ('VALID steps apply', after, run(before, parsed));
}

/** Applies steps; throws when one does not fit. */
export function run(before: Node, steps: readonly Step[]): Node {
  return steps.reduce((doc, step) => {
    const result = step.apply(doc);
    if (!result.doc) throw new Error(`${result.failed} ${JSON.stringify(step)} on ${text(doc)}`);
    return result.doc;
  }, before);
}

/** ROLLBACK: the exact inverses restore the document byte for byte; undo by meaning restores its text. */
export function rollsBack(before: Node, steps: readonly Step[]): Broken {
  const back: Step[] = [];
  const undo: Step[] = [];
  const after = steps.reduce((doc, step) => {
    back.unshift(exactInverse(step, doc));
    undo.unshift(step.invert(doc));
    return run(doc, [step]);
  }, before);
  const parsed = back.map((step) => Step.fromJSON(schema, JSON.parse(JSON.stringify(step))));
  return (
    differ('ROLLBACK', before, run(after, parsed)) ??
    differ('UNDO original', original(before), original(run(after, undo))) ??
    differ('UNDO accepted', accepted(before), accepted(run(after, undo)))
  );
}

/** ORIGINAL: a suggestion does not change what rejecting everything gives. */
export const keepsOriginal = (before: Node, after: Node): Broken =>
  differ('ORIGINAL', original(before), original(after));

/** KEEPS-OTHERS in full, and LOCAL: looking at the touched blocks only gives the same answer. */
export function keepsOthersInFull(before: Node, after: Node, by: string): Broken {
  const whole = differ('KEEPS-OTHERS', without(before, by), without(after, by));
  if ((whole === null) !== keepsOthers(before, after, by)) return `LOCAL differs: ${String(whole)}`;
  return whole;
}

/** HONEST and WHITELIST: the server's guard lets it pass and comes to the same document. */
export function passesGuard(before: Node, steps: readonly Step[], after: Node, by: string): Broken {
  const result = guardSuggest(before, steps, by, () => true);
  return result.ok ? differ('GUARD', after, result.after) : `GUARD refuses: ${result.reason}`;
}

/** DECIDE: the steps of a decision lead to the projection, and only decided or settled suggestions disappear. */
export function decides(doc: Node, ids: readonly string[], verdict: 'accept' | 'reject'): Broken {
  const { steps, settled } = decide(doc, ids, verdict);
  const after = run(doc, steps);
  const lost = new Set(settled.filter((one) => one.verdict === 'reject').map((one) => one.id));
  const won = new Set(settled.filter((one) => one.verdict === verdict).map((one) => one.id));
  const expected = project(doc, ({ id }) =>
    won.has(id) && ids.includes(id) ? verdict : lost.has(id) ? 'reject' : 'keep',
  );
  const left = suggestionsIn(after);
  const again = settled.find((one) => left.has(one.id));
  if (again) return `SETTLED ${again.id} is still in the text`;
  // Accepting one of several formats on a token drops its rivals there, which no projection by id can say.
  const rivals = verdict === 'accept' && severalFormats(doc);
  return (
    (rivals ? null : differ('DECIDE', expected, after)) ??
    valid(after) ??
    undecides(doc, steps, after)
  );
}

/** UNDECIDE: taking a decision back at once restores the document byte for byte. */
export function undecides(doc: Node, steps: readonly Step[], after: Node): Broken {
  if (steps.length === 0) return null;
  const back = undecide(after, { steps, before: doc }, []);
  return back ? differ('UNDECIDE', doc, run(after, back)) : 'UNDECIDE refused';
}

function severalFormats(doc: Node): boolean {
  let found = false;
  doc.descendants((node) => {
    if (node.marks.filter((mark) => mark.type.name === 'format').length > 1) found = true;
  });
  return found;
}
