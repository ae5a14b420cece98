/** What the addresses of many articles at once answer, for both sides of the wire. */
import type { PackedOutcome } from '#core/formats/many/manifest.ts';
import type { AskedCopy } from '#core/formats/send-out/presets.ts';
import type { Refusal } from '#core/sync/error.ts';

/** GET /api/send-outs/:id: how far a zip is, and what became of each article so far. */
export interface ParcelAnswer extends AskedCopy {
  id: string;
  state: 'building' | 'ready' | 'failed';
  at: string;
  /** How many articles there are to do. */
  total: number;
  outcomes: PackedOutcome[];
  /** The name, size and SHA-256 of the zip, once it is ready. */
  file: { name: string; bytes: number; sha256: string } | null;
}

/** A file of a zip that came in as an article. */
export interface BroughtFile {
  file: string;
  articleId: string;
}

/** POST /api/import/zip: what came in, and what was refused. */
export interface BroughtZip {
  imported: BroughtFile[];
  refused: (Pick<Refusal, 'code' | 'message'> & { file: string })[];
}

/** POST /api/import/unpack: the files of a zip, to be looked at one by one. */
export interface UnpackedZip {
  files: { name: string; base64: string }[];
  refused: BroughtZip['refused'];
}
