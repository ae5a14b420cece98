/** Writes a zip piece by piece. Times are fixed, so that the same files give the same bytes. */
import { createHash } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';

/** The time of every entry: the first that a zip can name. */
const noTime = new Date(1980, 0, 1);

/** Word files are packed already. */
const isPacked = (name: string): boolean => name.endsWith('.docx');

/** So much is packed at a time; between two others get their turn. */
const bite = 512 * 1024;

export class ZipWriter {
  private readonly keep: (n: number, piece: Uint8Array) => Promise<void>;
  private readonly size: number;
  private readonly hash = createHash('sha256');
  private waiting: Uint8Array[] = [];
  private waitingBytes = 0;
  private pieces = 0;
  private readonly zip: Zip;
  bytes = 0;

  /** `keep` gets the pieces in order, all but the last of `size` bytes. */
  constructor(size: number, keep: (n: number, piece: Uint8Array) => Promise<void>) {
    this.size = size;
    this.keep = keep;
    this.zip = new Zip((error, chunk) => {
      if (error) throw error;
      // The same memory may be written to again.
      this.waiting.push(chunk.slice());
      this.waitingBytes += chunk.length;
      this.bytes += chunk.length;
      this.hash.update(chunk);
    });
  }

  async add(name: string, content: Uint8Array): Promise<void> {
    const file = isPacked(name) ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 6 });
    file.mtime = noTime;
    this.zip.add(file);
    for (let at = 0; ; at += bite) {
      const isLast = at + bite >= content.length;
      file.push(content.subarray(at, at + bite), isLast);
      if (isLast) break;
      await breathe();
    }
    await this.hand(this.size);
  }

  /** Ends the file and gives its SHA-256 in hex. */
  async end(): Promise<string> {
    this.zip.end();
    await this.hand(1);
    return this.hash.digest('hex');
  }

  /** Hands on what waits, in whole pieces, as long as there are `least` bytes. */
  private async hand(least: number): Promise<void> {
    if (this.waitingBytes < least) return;
    let rest = Buffer.concat(this.waiting, this.waitingBytes);
    while (rest.length >= least && rest.length > 0) {
      await this.keep(this.pieces, rest.subarray(0, this.size));
      this.pieces += 1;
      rest = rest.subarray(this.size);
    }
    this.waiting = rest.length > 0 ? [rest] : [];
    this.waitingBytes = rest.length;
  }
}
