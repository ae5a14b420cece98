/** When somebody was last here, to the minute: written at most once a minute for each person, and never waited for. */
import type { Logger } from '#server/log.ts';
import type { People } from '#server/store/people.ts';

const everyMs = 60_000;
const maxKept = 10_000;

export class LastSeen {
  private readonly people: Pick<People, 'saw'>;
  private readonly now: () => string;
  private readonly log: Logger;
  private readonly written = new Map<string, number>();

  constructor(deps: { people: Pick<People, 'saw'>; now: () => string; log: Logger }) {
    this.people = deps.people;
    this.now = deps.now;
    this.log = deps.log;
  }

  saw(userId: string): void {
    const at = this.now();
    const time = Date.parse(at);
    if (time - (this.written.get(userId) ?? 0) < everyMs) return;
    if (this.written.size >= maxKept) this.written.clear();
    this.written.set(userId, time);
    this.people.saw(userId, at).catch((error: unknown) => {
      this.written.delete(userId);
      this.log.debug({ err: error }, 'a person was seen, but it could not be written down');
    });
  }
}
