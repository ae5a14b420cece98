/** BlockStep: a suggestion about one block, its boundary or its style. Its step map is empty, so anchors and other
 *  people's steps live on; it is dropped only when the block's open token is gone. */
import { Fragment, Slice, type Node, type Schema } from 'prosemirror-model';
import { Step, StepResult, type Mappable } from 'prosemirror-transform';
import { blockAt, entriesOf, shapeOf } from '#core/suggest/entries.ts';
import { applyBlockOp, invertBlockOp, parseBlockOp, type BlockOp } from '#core/suggest/block-op.ts';
import { mapToken } from '#core/suggest/token-map.ts';

/** An operation on the block whose open token is at `pos`, by one author. */
export class BlockStep extends Step {
  readonly by: string;
  readonly pos: number;
  readonly op: BlockOp;

  constructor(by: string, pos: number, op: BlockOp) {
    super();
    this.by = by;
    this.pos = pos;
    this.op = op;
  }

  #block(doc: Node): Node | null {
    const block = blockAt(doc, this.pos);
    return block && block.pos === this.pos ? block.node : null;
  }

  override apply(doc: Node): StepResult {
    const node = this.#block(doc);
    const attrs = node && applyBlockOp(node, this.op, this.by);
    if (!node || !attrs) return StepResult.fail('There is no such block here.');
    // Replacing the open token by a node with content would double its text; without a change there is nothing to do.
    if (attrs === node.attrs) return StepResult.ok(doc);
    const empty = node.type.create(attrs, null, node.marks);
    return StepResult.fromReplace(
      doc,
      this.pos,
      this.pos + 1,
      new Slice(Fragment.from(empty), 0, 1),
    );
  }

  /** The inverse by meaning; an inverse of nothing unstrikes an id that is not there. */
  override invert(doc: Node): BlockStep {
    const node = this.#block(doc);
    const after = node && applyBlockOp(node, this.op, this.by);
    const op = node && after ? invertBlockOp(node, after, this.op, this.by) : null;
    return new BlockStep(this.by, this.pos, op ?? { t: 'unstrike', id: '-' });
  }

  /** The byte-exact inverse, for a client that rolls back; `doc` is the document before this step. */
  invertExactly(doc: Node): BlockStep {
    const node = this.#block(doc);
    if (!node) return this.invert(doc);
    return new BlockStep(this.by, this.pos, {
      t: 'set',
      shape: shapeOf(node),
      sugg: entriesOf(node),
    });
  }

  override map(mapping: Mappable): BlockStep | null {
    const pos = mapToken(mapping, this.pos);
    return pos === null ? null : new BlockStep(this.by, pos, this.op);
  }

  override toJSON(): unknown {
    return { stepType: 'suggestBlock', by: this.by, pos: this.pos, op: this.op };
  }

  /** Reads a step from data. Throws RangeError when it is not one. */
  static override fromJSON(_schema: Schema, value: unknown): BlockStep {
    const json = value as { by?: unknown; pos?: unknown; op?: unknown };
    if (typeof json.by !== 'string' || json.by === '' || !Number.isSafeInteger(json.pos))
      throw new RangeError('A block step needs an author and a place.');
    const pos = json.pos as number;
    if (pos < 0) throw new RangeError('A block step needs an author and a place.');
    return new BlockStep(json.by, pos, parseBlockOp(json.op));
  }
}

Step.jsonID('suggestBlock', BlockStep);
