// From the moment a key was to be struck until the last other client shows it.
import type { Key, Parcel, Tracker } from './driver.ts';

export class Latencies implements Tracker {
  /** Milliseconds of the counted keys that have come everywhere. */
  samples: number[] = [];
  private parcels = new Map<string, Parcel>();

  sent(name: string, keys: readonly Key[], others: number): Parcel {
    const parcel = { keys, left: others };
    this.parcels.set(name, parcel);
    return parcel;
  }

  find(name: string): Parcel | undefined {
    return this.parcels.get(name);
  }

  arrived(parcel: Parcel | undefined): void {
    if (!parcel || --parcel.left !== 0) return;
    const now = performance.now();
    for (const { due, counted } of parcel.keys) if (counted) this.samples.push(now - due);
  }

  /** Begins to collect anew; gives what was collected. */
  take(): number[] {
    const { samples } = this;
    this.samples = [];
    return samples;
  }

  /** Changes that have not come to everybody. */
  get missing(): number {
    return [...this.parcels.values()].filter(({ left }) => left > 0).length;
  }

  /** Changes that have come to somebody twice. */
  get doubled(): number {
    return [...this.parcels.values()].filter(({ left }) => left < 0).length;
  }
}
