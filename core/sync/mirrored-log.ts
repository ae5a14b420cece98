/** A growing run of step maps in which a map may have one mirror further on: the map that brings its removed tokens back.
 *  ProseMirror's own Mapping finds only the first pair of an index; here a change that is rolled back, put back and undone is in several. */
import { mirrors } from '#core/sync/mirror.ts';
import { Mapping, type StepMap } from 'prosemirror-transform';

class MirroredMapping extends Mapping {
  private readonly all: readonly StepMap[];
  private readonly forward: ReadonlyMap<number, number>;

  constructor(
    all: readonly StepMap[],
    forward: ReadonlyMap<number, number>,
    from = 0,
    to = all.length,
  ) {
    // The empty mirror list tells Mapping to look for mirrors at all; getMirror below answers.
    super(all, [], from, to);
    this.all = all;
    this.forward = forward;
  }

  override getMirror(n: number): number | undefined {
    return this.forward.get(n);
  }

  override slice(from = 0, to = this.maps.length): Mapping {
    return new MirroredMapping(this.all, this.forward, from, to);
  }
}

/** The log itself; indices are those of the maps in it. */
export class MirroredLog {
  private readonly all: StepMap[] = [];
  private readonly forward = new Map<number, number>();

  get length(): number {
    return this.all.length;
  }

  /** Appends a map; `mirrorOf` is the index of the earlier map it takes back (no mirror when their ranges differ). */
  append(map: StepMap, mirrorOf?: number): void {
    const back = mirrorOf === undefined ? undefined : this.all[mirrorOf];
    if (mirrorOf !== undefined && back && mirrors(back, map))
      this.forward.set(mirrorOf, this.all.length);
    this.all.push(map);
  }

  /** Puts another map in the place of the last one, which nothing refers to yet. */
  replaceLast(map: StepMap): void {
    this.all[this.all.length - 1] = map;
  }

  /** The maps from index `from` on. Valid until the log grows. */
  since(from: number): Mapping {
    return new MirroredMapping(this.all, this.forward, from, this.all.length);
  }
}
