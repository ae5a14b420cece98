/** A growing run of step maps in which a map may have one mirror further on: the map that brings its removed tokens back.
 *  ProseMirror's own Mapping finds only the first pair of an index; here a change that is rolled back, put back and undone is in several. */
import type { TakingBack } from '#core/suggest/token-map.ts';
import { mirrors } from '#core/sync/mirror.ts';
import { Mapping, type StepMap } from 'prosemirror-transform';

class MirroredMapping extends Mapping implements TakingBack {
  private readonly all: readonly StepMap[];
  private readonly forward: ReadonlyMap<number, number>;
  private readonly sources: ReadonlyMap<number, number>;

  constructor(
    all: readonly StepMap[],
    forward: ReadonlyMap<number, number>,
    sources: ReadonlyMap<number, number>,
    from = 0,
    to = all.length,
  ) {
    // The empty mirror list tells Mapping to look for mirrors at all; getMirror below answers.
    super(all, [], from, to);
    this.all = all;
    this.forward = forward;
    this.sources = sources;
  }

  override getMirror(n: number): number | undefined {
    return this.forward.get(n);
  }

  override slice(from = 0, to = this.maps.length): Mapping {
    return new MirroredMapping(this.all, this.forward, this.sources, from, to);
  }

  takesBack(n: number): number | undefined {
    return this.sources.get(n);
  }
}

/** The log itself; indices are those of the maps in it. */
export class MirroredLog {
  private readonly all: StepMap[] = [];
  private readonly forward = new Map<number, number>();
  /** The newest map that each one takes back. A map may be taken back several times, and each stays known here. */
  private readonly sources = new Map<number, number>();

  get length(): number {
    return this.all.length;
  }

  /** Appends a map; `mirrorOf` is the index of the earlier map it takes back (no mirror when their ranges differ). */
  append(map: StepMap, mirrorOf?: number): void {
    const back = mirrorOf === undefined ? undefined : this.all[mirrorOf];
    this.all.push(map);
    if (mirrorOf !== undefined && back) this.link(mirrorOf, this.all.length - 1);
  }

  /** Says that the map at `again` brings back what the one at `back` takes out, unless their ranges differ. */
  link(back: number, again: number): void {
    const [one, other] = [this.all[back], this.all[again]];
    if (!one || !other || back >= again || !mirrors(one, other)) return;
    this.forward.set(back, again);
    this.sources.set(again, Math.max(back, this.sources.get(again) ?? -1));
  }

  /** Puts another map in the place of the last one, which nothing refers to yet. */
  replaceLast(map: StepMap): void {
    this.all[this.all.length - 1] = map;
  }

  /** The maps from index `from` on. Valid until the log grows. */
  since(from: number): Mapping {
    return new MirroredMapping(this.all, this.forward, this.sources, from, this.all.length);
  }
}
