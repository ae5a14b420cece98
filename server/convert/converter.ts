/** Reads files and writes copies in processes of their own: whatever a file does, the server goes on. A process that
 *  takes more than its limits is killed and replaced; who comes when too many wait is told to come again. */
import { deserialize } from 'node:v8';
import type { KnownFacts } from '#core/facts/seen-facts.ts';
import type { SendOut } from '#core/formats/send-out/write-send-out.ts';
import { RefusalError, type ErrorCode } from '#core/sync/error.ts';
import { reviewToJson, type Review } from '#core/sync/review.ts';
import { ConvertingProcess, type Outcome } from '#server/convert/converting-process.ts';
import type { JobKind, Jobs, ReadAsked, ReadDone, WriteAsked } from '#server/convert/jobs.ts';
import { convertLimits, type ConvertLimits } from '#server/convert/limits.ts';
import type { ReturnAsked, ReturnRead } from '#server/convert/return-job.ts';
import type { UnpackAsked, UnpackDone } from '#server/convert/unpack-job.ts';
import type { JobMessage } from '#server/convert/messages.ts';
import type { Logger } from '#server/log.ts';

/** How a conversion ended, for the metrics. */
export type ConvertEnd = 'ok' | 'refused' | 'too-much' | 'time' | 'memory' | 'busy' | 'failed';

export interface ConverterParts {
  log: Logger;
  /** Told of each conversion, with the seconds it took a process. */
  onEnd: (kind: JobKind, end: ConvertEnd, seconds: number) => void;
  /** The built program; the one beside the server unless told. */
  program?: string | undefined;
  limits?: Partial<ConvertLimits> | undefined;
}

interface Waiting {
  job: JobMessage;
  /** Whose it is. */
  of: string;
  settle: (bytes: Uint8Array | RefusalError | Error) => void;
  timer: NodeJS.Timeout;
}

/** After this long without work the processes beyond the first end. */
const idleMs = 60_000;
/** A process that holds more than this after a job makes room for a new one. */
const restedBytes = 200 * 1024 * 1024;
/** How long a stop waits for what is being converted. */
const closeWithinMs = 4000;

export class Converter {
  private readonly parts: ConverterParts;
  private readonly limits: ConvertLimits;
  private readonly free: ConvertingProcess[] = [];
  private readonly all = new Set<ConvertingProcess>();
  private readonly queue: Waiting[] = [];
  private readonly counts = new Map<string, number>();
  private readonly active = new Set<Promise<void>>();
  private idle: NodeJS.Timeout | undefined;
  private isWarm = false;
  private isClosing = false;

  constructor(parts: ConverterParts) {
    this.parts = parts;
    this.limits = { ...convertLimits, ...parts.limits };
  }

  /** Conversions that run just now. */
  get running(): number {
    return this.all.size - this.free.length;
  }

  /** The ids of the processes there are. */
  get pids(): number[] {
    return [...this.all].flatMap(({ pid }) => pid ?? []);
  }

  /** Conversions that wait for a process. */
  get waiting(): number {
    return this.queue.length;
  }

  /** Has one process ready from now on, so that the first conversion need not wait for its start. */
  warm(): void {
    this.isWarm = true;
    if (this.all.size === 0 && !this.isClosing) this.free.push(this.start());
  }

  /** Reads a file. `of` is whose it is. Throws a `RefusalError` for what is refused. */
  read(asked: ReadAsked, of: string): Promise<ReadDone> {
    return this.ask('read', { kind: 'read', asked }, of);
  }

  /** Writes a copy to send out, with the pictures of its figures. */
  write(
    review: Review,
    facts: KnownFacts,
    asked: WriteAsked['asked'],
    assets: WriteAsked['assets'] = new Map(),
  ): Promise<SendOut> {
    const job: JobMessage = {
      kind: 'write',
      asked: { review: reviewToJson(review), facts, assets, asked },
    };
    return this.ask('write', job, asked.sender.id);
  }

  /** Reads a file that came back. `of` is whose time it takes. */
  returned(asked: ReturnAsked, of: string): Promise<ReturnRead> {
    return this.ask('return', { kind: 'return', asked }, of);
  }

  /** Opens a zip of articles. `of` is whose it is. */
  unpacked(asked: UnpackAsked, of: string): Promise<UnpackDone> {
    return this.ask('unpack', { kind: 'unpack', asked }, of);
  }

  /** Refuses what waits, lets what runs come to its end, and ends all processes. */
  async close(): Promise<void> {
    this.isClosing = true;
    for (const one of this.queue.splice(0)) one.settle(new RefusalError('STOPPING'));
    const timer = setTimeout(() => this.all.forEach((one) => one.kill()), closeWithinMs);
    await Promise.all(this.active);
    clearTimeout(timer);
    clearTimeout(this.idle);
    this.all.forEach((one) => one.kill());
  }

  private async ask<K extends JobKind>(
    kind: K,
    job: JobMessage,
    of: string,
  ): Promise<Jobs[K]['done']> {
    if (this.isClosing) throw new RefusalError('STOPPING');
    const own = this.counts.get(of) ?? 0;
    if (this.queue.length >= this.limits.waiting || own >= this.limits.each) throw this.busy(kind);
    this.counts.set(of, own + 1);
    const found = await new Promise<Uint8Array | Error>((settle) => {
      const timer = setTimeout(() => {
        const at = this.queue.findIndex((one) => one.job === job);
        if (at >= 0) this.queue.splice(at, 1)[0]?.settle(this.busy(kind));
      }, this.limits.waitMs);
      this.queue.push({ job, of, settle, timer });
      this.next();
    });
    const left = (this.counts.get(of) ?? 1) - 1;
    if (left === 0) this.counts.delete(of);
    else this.counts.set(of, left);
    if (found instanceof Error) throw found;
    return deserialize(found) as Jobs[K]['done'];
  }

  private busy(kind: JobKind): RefusalError {
    this.parts.onEnd(kind, 'busy', 0);
    return new RefusalError('CONVERT_BUSY');
  }

  private start(): ConvertingProcess {
    const { program } = this.parts;
    const made = new ConvertingProcess(program, this.limits.memory, () => {
      this.all.delete(made);
      const at = this.free.indexOf(made);
      if (at >= 0) this.free.splice(at, 1);
    });
    this.all.add(made);
    return made;
  }

  /** Gives what waits the longest to a process, if one is free or may be started. */
  private next(): void {
    const process =
      this.free.pop() ?? (this.all.size < this.limits.processes ? this.start() : null);
    if (!process) return;
    const waiting = this.queue.shift();
    if (!waiting) return void this.free.push(process);
    clearTimeout(waiting.timer);
    const work = this.convert(process, waiting).finally(() => {
      this.active.delete(work);
      if (!this.isClosing) this.next();
    });
    this.active.add(work);
  }

  private async convert(process: ConvertingProcess, { job, settle }: Waiting): Promise<void> {
    const began = performance.now();
    const outcome = await process.run(job, this.limits.ms);
    const seconds = (performance.now() - began) / 1000;
    const { log, onEnd } = this.parts;
    const bytes = job.kind === 'write' ? undefined : job.asked.bytes.length;
    const [end, result] = this.resultOf(outcome, job.kind);
    onEnd(job.kind, end, seconds);
    if (end === 'time' || end === 'memory' || end === 'too-much')
      log.warn(
        { kind: job.kind, why: end, bytes, ms: Math.round(seconds * 1000) },
        'a conversion was stopped',
      );
    const isAlive = this.all.has(process) && 'said' in outcome && isAnswer(outcome);
    if (isAlive && process.rss < restedBytes) this.rest(process);
    else {
      this.all.delete(process);
      process.kill();
      if (this.isWarm && this.all.size === 0 && !this.isClosing) this.free.push(this.start());
    }
    settle(result);
  }

  private rest(process: ConvertingProcess): void {
    this.free.push(process);
    this.idle ??= setTimeout(() => {
      this.idle = undefined;
      // The first stays warm.
      for (const one of this.free.splice(1)) {
        this.all.delete(one);
        one.kill();
      }
    }, idleMs).unref();
  }

  private resultOf(outcome: Outcome, kind: JobKind): [ConvertEnd, Uint8Array | Error] {
    const tooHeavy: ErrorCode = kind === 'write' ? 'COPY_TOO_HEAVY' : 'FILE_TOO_HEAVY';
    switch (outcome.said) {
      case 'done':
        return ['ok', outcome.bytes];
      case 'refused':
        return ['refused', new RefusalError(outcome.code)];
      case 'too-much':
      case 'time':
      case 'memory':
        return [outcome.said, new RefusalError(tooHeavy)];
      case 'died':
        if (this.isClosing) return ['refused', new RefusalError('STOPPING')];
        return ['failed', strange('ConvertingProcess', outcome.stack)];
      case 'failed':
        return ['failed', strange(outcome.kind, outcome.stack)];
    }
  }
}

const isAnswer = ({ said }: Outcome): boolean =>
  said === 'done' || said === 'refused' || said === 'too-much' || said === 'failed';

/** A fault of ours in a converting process, with its place there. */
function strange(kind: string, stack: string): Error {
  const error = new Error('A conversion failed.');
  error.name = kind;
  error.stack = `${kind}\n${stack}`;
  return error;
}
