/** What a BlockStep can do to one block: add and remove entries about its boundary, change its style as a suggestion.
 *  Like the operations on marks, each computes what it replaces when it is applied. */
import type { Attrs, Node } from 'prosemirror-model';
import { schema, type BlockEntry, type BlockShape } from '#core/article/schema.ts';
import { attrsWith, entriesOf, sameShape, shapeOf } from '#core/suggest/entries.ts';

/** The operations. `strike` marks the boundary as deleted; `block` suggests another style; `retarget` records another
 *  style for an entry that is there (its inverse); `direct` restyles the author's own pending block plainly and falls
 *  back to `block`; `set` replaces all attributes of suggestions and style, for decisions and rollback only. */
export type BlockOp =
  | { t: 'strike'; id: string }
  | { t: 'unstrike'; id: string }
  | { t: 'block'; id: string; shape: BlockShape }
  | { t: 'retarget'; id: string; shape: BlockShape; before: BlockShape }
  | { t: 'unblock'; id: string }
  | { t: 'direct'; id: string; shape: BlockShape }
  | { t: 'set'; shape: BlockShape; sugg: readonly BlockEntry[] };

type Restyle = Extract<BlockEntry, { k: 'block' }>;

/** The suggestion ids an operation names. */
export function blockOpIds(op: BlockOp): string[] {
  return op.t === 'set' ? [] : [op.id];
}

/** One suggested style, with the style it leads to. */
export interface Restyling {
  entry: Restyle;
  target: BlockShape;
}

/** The stack of suggested styles: each entry leads to what the next one found, the last one to what is seen. */
export function restylings(node: Node): Restyling[] {
  const stack = entriesOf(node).filter((entry) => entry.k === 'block');
  return stack.map((entry, i) => ({ entry, target: stack[i + 1]?.before ?? shapeOf(node) }));
}

/** Applies suggested styles to `base`, one after another; one that changes nothing vanishes. */
export function restyled(
  base: BlockShape,
  stack: readonly Restyling[],
): { shape: BlockShape; kept: Map<Restyle, Restyle> } {
  let shape = base;
  const kept = new Map<Restyle, Restyle>();
  for (const { entry, target } of stack) {
    if (!sameShape(shape, target)) kept.set(entry, { ...entry, before: shape });
    shape = target;
  }
  return { shape, kept };
}

/** The entries of a block with its suggested styles replaced by the recomputed ones, in the order they had. */
export function entriesWith(
  entries: readonly BlockEntry[],
  kept: Map<Restyle, Restyle>,
): BlockEntry[] {
  return entries.flatMap((entry): BlockEntry[] => {
    if (entry.k !== 'block') return [entry];
    const now = kept.get(entry);
    return now ? [now] : [];
  });
}

function rebuilt(node: Node, entries: readonly BlockEntry[], stack: readonly Restyling[]): Attrs {
  const base = restylings(node)[0]?.entry.before ?? shapeOf(node);
  const { shape, kept } = restyled(base, stack);
  return attrsWith(node, shape, entriesWith(entries, kept));
}

function suggestStyle(node: Node, id: string, by: string, shape: BlockShape): Attrs {
  const entries = entriesOf(node);
  const stack = restylings(node);
  const top = stack.at(-1);
  if (top && top.entry.by === by && top.entry.id === id)
    return rebuilt(node, entries, [...stack.slice(0, -1), { entry: top.entry, target: shape }]);
  if (sameShape(shapeOf(node), shape)) return node.attrs;
  let free = id;
  while (stack.some(({ entry }) => entry.id === free)) free += '~';
  return attrsWith(node, shape, [...entries, { k: 'block', id: free, by, before: shapeOf(node) }]);
}

/** The attributes of `node` after `op` by `by`; the very same object when nothing changes. Null when it does not fit. */
export function applyBlockOp(node: Node, op: BlockOp, by: string): Attrs | null {
  const entries = entriesOf(node);
  if (!('sugg' in node.attrs)) return null;
  const restyles =
    op.t === 'block' || op.t === 'retarget' || op.t === 'unblock' || op.t === 'direct';
  if (restyles && node.type !== schema.nodes['block']) return null;
  switch (op.t) {
    case 'strike':
      return entries.some((entry) => entry.k === 'del' && entry.by === by)
        ? node.attrs
        : attrsWith(node, shapeOf(node), [...entries, { k: 'del', id: op.id, by }]);
    case 'unstrike': {
      const left = entries.filter(
        (entry) => entry.k !== 'del' || entry.id !== op.id || entry.by !== by,
      );
      return left.length === entries.length ? node.attrs : attrsWith(node, shapeOf(node), left);
    }
    case 'block':
      return suggestStyle(node, op.id, by, op.shape);
    case 'retarget': {
      const stack = restylings(node);
      const own = stack.find(({ entry }) => entry.id === op.id && entry.by === by);
      if (own)
        return rebuilt(
          node,
          entries,
          stack.map((one) => (one === own ? { entry: one.entry, target: op.shape } : one)),
        );
      const entry: Restyle = { k: 'block', id: op.id, by, before: op.before };
      return rebuilt(node, [...entries, entry], [...stack, { entry, target: op.shape }]);
    }
    case 'unblock': {
      const stack = restylings(node);
      const left = stack.filter(({ entry }) => entry.id !== op.id || entry.by !== by);
      return left.length === stack.length ? node.attrs : rebuilt(node, entries, left);
    }
    case 'direct': {
      const own = entries.some((entry) => entry.k === 'ins' && entry.by === by);
      if (!own || entries.some((entry) => entry.k === 'block'))
        return suggestStyle(node, op.id, by, op.shape);
      return sameShape(shapeOf(node), op.shape) ? node.attrs : attrsWith(node, op.shape, entries);
    }
    case 'set':
      return attrsWith(node, op.shape, op.sugg);
  }
}

/** The inverse by meaning of `op` on `node`, or null when it changes nothing. `after` are the attributes it led to. */
export function invertBlockOp(node: Node, after: Attrs, op: BlockOp, by: string): BlockOp | null {
  if (after === node.attrs) return null;
  if (op.t === 'strike') return { t: 'unstrike', id: op.id };
  if (op.t === 'unstrike') return { t: 'strike', id: op.id };
  if (op.t === 'set') return { t: 'set', shape: shapeOf(node), sugg: entriesOf(node) };
  const mine = (entry: BlockEntry) =>
    entry.k === 'block' && entry.by === by && entry.id.replace(/~+$/, '') === op.id;
  const now = (after['sugg'] as readonly BlockEntry[]).findLast(mine);
  const old = restylings(node).findLast(({ entry }) => mine(entry));
  if (old && (!now || now.id === old.entry.id))
    return { t: 'retarget', id: old.entry.id, shape: old.target, before: old.entry.before };
  if (now) return { t: 'unblock', id: now.id };
  return { t: 'direct', id: op.id, shape: shapeOf(node) };
}

/** A block's style from data, without unknown fields. Throws RangeError. */
export function parseShape(value: unknown): BlockShape {
  const json = value as { style?: unknown; list?: unknown } | null;
  const list = json?.list as
    | { kind?: unknown; level?: unknown; start?: unknown }
    | null
    | undefined;
  const attrs = {
    style: json?.style,
    list: list ? { kind: list.kind, level: list.level, start: list.start } : null,
  };
  const node = schema.node('block', attrs);
  node.check();
  return shapeOf(node);
}

/** Suggestions about a block from data, without unknown fields. Throws RangeError. */
export function parseEntries(value: unknown): BlockEntry[] {
  const node = schema.node('block', { sugg: value });
  node.check();
  return entriesOf(node).map((entry) =>
    entry.k === 'block'
      ? { k: 'block', id: entry.id, by: entry.by, before: parseShape(entry.before) }
      : { k: entry.k, id: entry.id, by: entry.by },
  );
}

/** Reads an operation from data. Throws RangeError for anything else. */
export function parseBlockOp(value: unknown): BlockOp {
  const json = value as Record<string, unknown> | null;
  if (typeof json !== 'object' || json === null)
    throw new RangeError('A block step needs an operation.');
  const t = json['t'];
  if (t === 'set') return { t, shape: parseShape(json['shape']), sugg: parseEntries(json['sugg']) };
  const id = json['id'];
  if (typeof id !== 'string' || id === '') throw new RangeError('A suggestion needs an id.');
  switch (t) {
    case 'strike':
    case 'unstrike':
    case 'unblock':
      return { t, id };
    case 'block':
    case 'direct':
      return { t, id, shape: parseShape(json['shape']) };
    case 'retarget':
      return { t, id, shape: parseShape(json['shape']), before: parseShape(json['before']) };
    default:
      throw new RangeError('That block operation is not known.');
  }
}
