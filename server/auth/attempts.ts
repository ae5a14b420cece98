/** Wrong passwords by account, so that one account cannot be tried from many addresses. Kept in this process only. */

const mostFailures = 10;
const windowMs = 15 * 60 * 1000;
const maxKept = 10_000;

export class Attempts {
  private readonly failures = new Map<string, { count: number; since: number }>();
  private readonly now: () => number;

  /** `now` gives milliseconds. */
  constructor(now: () => number = () => Date.now()) {
    this.now = now;
  }

  /** True when this account has been tried too often lately. */
  isBlocked(email: string): boolean {
    const entry = this.failures.get(email.toLowerCase());
    return entry !== undefined && this.isFresh(entry) && entry.count >= mostFailures;
  }

  failed(email: string): void {
    const key = email.toLowerCase();
    const entry = this.failures.get(key);
    if (entry && this.isFresh(entry)) entry.count++;
    else {
      if (this.failures.size >= maxKept) this.failures.clear();
      this.failures.set(key, { count: 1, since: this.now() });
    }
  }

  succeeded(email: string): void {
    this.failures.delete(email.toLowerCase());
  }

  private isFresh(entry: { since: number }): boolean {
    return this.now() - entry.since < windowMs;
  }
}
