/** What the addresses of sending out answer, for both sides of the wire. */
import type { Gate } from '#core/formats/send-out/gate.ts';
import type { AskedCopy, Preset } from '#core/formats/send-out/presets.ts';
import type { Contents } from '#core/formats/send-out/write-send-out.ts';
import type { Refusal } from '#core/sync/error.ts';

/** One copy that was sent out: by whom, when, as what, and which bytes it was (`digest` is their SHA-256 in hex). */
export interface Sending extends AskedCopy {
  id: string;
  by: string;
  /** The sender's name, as it is now. */
  name: string;
  at: string;
  rev: number;
  digest: string;
  bytes: number;
}

/** GET /api/articles/:id/send-out */
export interface SendOutAnswer {
  rev: number;
  /** What this person may send, as far as rights go. */
  presets: Preset[];
  /** The gate of the release copy, as far as they may know it. */
  gate: Gate;
  /** The name of the article's writer; null when it has none. */
  writer: string | null;
  /** What was sent out before, the newest first. */
  sendings: Sending[];
}

/** GET /api/articles/:id/send-out/contents?preset=&view=&format= */
export interface ContentsAnswer extends Contents {
  rev: number;
  fileName: string;
  bytes: number;
  /** What the format has no place for, in sentences. */
  losses: string[];
}

/** What POST /api/articles/:id/send-out answers instead of the release copy, with status 409. */
export interface GateRefusal extends Refusal {
  code: 'GATE_CLOSED';
  gate: Gate;
}
