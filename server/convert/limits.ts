/** How much one conversion may take. An honest article of a hundred pages needs a tenth of each. */

const megabyte = 1024 * 1024;

export interface ConvertLimits {
  /** From the moment a process begins with a file until its answer. */
  ms: number;
  /** Bytes of memory of the whole process. */
  memory: number;
  /** Bytes of an answer. */
  answer: number;
  /** Conversions at once, each in a process of its own. */
  processes: number;
  /** Conversions that may wait for a free process, and for how long. */
  waiting: number;
  waitMs: number;
  /** Conversions of one person that run or wait. */
  each: number;
}

export const convertLimits: ConvertLimits = {
  ms: 10_000,
  memory: 512 * megabyte,
  answer: 80 * megabyte,
  processes: 2,
  waiting: 24,
  waitMs: 30_000,
  each: 6,
};

/** The heap of a process in megabytes; beside it are the bytes of the file, its unpacked parts, and Node itself. */
export const heapMegabytes = 320;
