/** What happened here to the places of a file since it was sent out: where they are now, and whether they were changed. */
import type { Mark, Node } from 'prosemirror-model';
import { Mapping, type StepMap } from 'prosemirror-transform';
import { authored, entriesOf, isSuggestion, shapeOf } from '#core/suggest/entries.ts';
import { shapeWords, type Unit } from '#core/formats/return/row.ts';

/** The maps of the steps since the base; those of the return itself only move places. */
export interface SinceMap {
  map: StepMap;
  own: boolean;
}

interface Stretch {
  from: number;
  to: number;
}

/** A stretch of the base, and whether text is put in at it. */
export interface Place extends Stretch {
  inserts: boolean;
}

/** The way from the base to the head. */
export class Since {
  private readonly mapping: Mapping;
  private readonly changed: Stretch[] = [];
  private readonly head: Node;
  /** Suggestions that this return itself has made. */
  private readonly own: ReadonlySet<string>;

  constructor(head: Node, maps: readonly SinceMap[], own: ReadonlySet<string> = new Set()) {
    this.head = head;
    this.own = own;
    this.mapping = new Mapping(maps.map(({ map }) => map));
    const inverses: StepMap[] = [];
    const back = (pos: number, side: -1 | 1): number =>
      inverses.reduceRight((at, map) => map.map(at, side), pos);
    for (const { map, own: isOwn } of maps) {
      if (!isOwn)
        map.forEach(
          (from, to) => void this.changed.push({ from: back(from, -1), to: back(to, 1) }),
        );
      inverses.push(map.invert());
    }
  }

  /** A position of the base in the head. */
  map(pos: number, side: -1 | 1): number {
    return this.mapping.map(pos, side);
  }

  /** True if nothing is left of the stretch, or of the place when it is one. */
  isGone({ from, to }: Stretch): boolean {
    if (from === to) return this.mapping.mapResult(from).deletedAcross;
    return this.mapping.map(from, 1) >= this.mapping.map(to, -1);
  }

  /** True if the place was changed since: its words, what is suggested about them, or text put in just where more is to be. */
  isChanged({ from, to, inserts }: Place, units: readonly Unit[]): boolean {
    for (const one of this.changed) {
      if (one.from < to && one.to > from && (one.from < one.to || from < one.from)) return true;
      if (one.from === one.to && inserts && (one.from === to || one.from === from)) return true;
      if (from === to && one.from < from && one.to > from) return true;
    }
    return units.some((unit) => this.isUnitChanged(unit));
  }

  private isUnitChanged(unit: Unit): boolean {
    const { pos, deleted } = this.mapping.mapResult(unit.pos, 1);
    if (deleted) return true;
    const now = this.head.nodeAt(pos);
    if (!now || now.type !== unit.node.type) return true;
    if (unit.open)
      return (
        this.tellBlock(now) !== this.tellBlock(unit.node) ||
        shapeWords(shapeOf(now)) !== shapeWords(shapeOf(unit.node))
      );
    return this.tell(now.marks) !== this.tell(unit.node.marks);
  }

  private tell(marks: readonly Mark[]): string {
    return marks
      .flatMap((mark) => {
        if (!isSuggestion(mark)) return [mark.type.name];
        const { id } = authored(mark);
        return this.own.has(id) ? [] : [`${mark.type.name} ${id}`];
      })
      .toSorted()
      .join('\u0001');
  }

  private tellBlock(node: Node): string {
    return entriesOf(node)
      .flatMap(({ k, id }) => (this.own.has(id) ? [] : [`${k} ${id}`]))
      .join('\u0001');
  }
}
