/** A token bucket: so many at once, so many a second after that. */
export class Bucket {
  private readonly size: number;
  private readonly perSecond: number;
  private readonly now: () => number;
  private tokens: number;
  private at: number;

  /** `now` gives milliseconds of a clock that does not go back. */
  constructor(size: number, perSecond: number, now: () => number = () => performance.now()) {
    this.size = size;
    this.perSecond = perSecond;
    this.now = now;
    this.tokens = size;
    this.at = now();
  }

  /** Takes one, or as many as told. Returns 0, or the milliseconds until there are so many again (none is taken then). */
  take(many = 1): number {
    this.fill();
    if (this.tokens >= many) {
      this.tokens -= many;
      return 0;
    }
    return Math.ceil(((many - this.tokens) / this.perSecond) * 1000);
  }

  /** True when nothing was taken for a while. */
  get isFull(): boolean {
    this.fill();
    return this.tokens >= this.size;
  }

  private fill(): void {
    const now = this.now();
    this.tokens = Math.min(this.size, this.tokens + ((now - this.at) / 1000) * this.perSecond);
    this.at = now;
  }
}
