/** Copies of several articles in one zip: built in the background, a file after another, and kept for a day. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Person } from '#core/annotate/annotation.ts';
import type { ParcelAnswer } from '#core/formats/many/answers.ts';
import {
  freeName,
  isPacked,
  manifestOf,
  type HeldArticle,
  type PackedOutcome,
} from '#core/formats/many/manifest.ts';
import { manifestName } from '#core/formats/many/unpack.ts';
import { copyAsked, type AskedCopy } from '#core/formats/send-out/presets.ts';
import { refusal, RefusalError } from '#core/sync/error.ts';
import { may } from '#core/sync/policy.ts';
import { headlineOf } from '#core/sync/review.ts';
import type { Context } from '#server/context.ts';
import { isRefused, sendOut, type AskedWords } from '#server/library/send-out.ts';
import { ZipWriter } from '#server/library/zip-writer.ts';
import { reviewAtPin } from '#server/review/pinned.ts';
import { pieceBytes, type Parcel } from '#server/store/parcels.ts';

export const parcelLimits = {
  articles: 200,
  /** Bytes of one zip. */
  bytes: 256 * 1024 * 1024,
  /** Zips of one person: kept, and being built. */
  kept: 5,
  building: 2,
  /** For so long a zip is kept, and so long after its builder was heard of last it is given up. */
  keptMs: 24 * 60 * 60 * 1000,
  silentMs: 2 * 60 * 1000,
};

const before = (now: string, ms: number): string => new Date(Date.parse(now) - ms).toISOString();

/** Begins a zip and gives its id. Articles that cannot be in it are named in it; they do not keep the others out. */
export async function startParcel(
  context: Context,
  person: Person,
  { articleIds, ...words }: AskedWords & { articleIds: readonly string[] },
): Promise<string> {
  const asked = copyAsked(words);
  if (!asked) throw new RefusalError('FORMAT_UNKNOWN');
  const { parcels, newId } = context;
  const at = context.now();
  const building = await parcels.building(person.id, before(at, parcelLimits.silentMs));
  if (building >= parcelLimits.building) throw new RefusalError('CONVERT_BUSY');
  const ids = [...new Set(articleIds)];
  const parcel = { ...asked, id: newId(), by: person.id, at, total: ids.length };
  await parcels.begin(
    { ...parcel, outcomes: [], digest: '', bytes: 0 },
    { expired: before(at, parcelLimits.keptMs), kept: parcelLimits.kept - 1 },
  );
  void build(context, person, parcel.id, { asked, ids }).catch(async (error: unknown) => {
    if (!(error instanceof RefusalError)) context.log.error({ err: error }, 'a zip was not built');
    await parcels.step(parcel.id, context.now(), { state: 'failed' }).catch(() => false);
  });
  return parcel.id;
}

async function build(
  context: Context,
  person: Person,
  id: string,
  { asked, ids }: { asked: AskedCopy; ids: readonly string[] },
): Promise<void> {
  const { parcels } = context;
  const zip = new ZipWriter(pieceBytes, (n, piece) => parcels.addPiece(id, n, piece));
  const taken = new Set([manifestName]);
  const outcomes: PackedOutcome[] = [];
  for (const articleId of ids) {
    if (context.stopping()) throw new RefusalError('STOPPING');
    const { outcome, content } = await packed(context, person, articleId, asked);
    if (isPacked(outcome) && content) {
      outcome.file = freeName(outcome.file, taken);
      await zip.add(outcome.file, content);
    }
    outcomes.push(outcome);
    if (zip.bytes > parcelLimits.bytes) throw new RefusalError('COPY_TOO_HEAVY');
    if (!(await parcels.step(id, context.now(), { outcomes }))) return;
  }
  await zip.add(manifestName, Buffer.from(manifestOf(asked, outcomes)));
  const digest = await zip.end();
  await parcels.step(id, context.now(), { state: 'ready', digest, bytes: zip.bytes });
}

/** One article's copy, sent and recorded like any other, or why it stays out. */
async function packed(
  context: Context,
  person: Person,
  articleId: string,
  asked: AskedCopy,
): Promise<{ outcome: PackedOutcome; content: Buffer | null }> {
  const held = async (code: HeldArticle['code'], more: Partial<HeldArticle> = {}) => {
    const headline = await headlineFor(context, person, articleId);
    const { message } = refusal(code);
    return {
      outcome: { articleId, headline, code, message, reasons: [], ...more },
      content: null,
    };
  };
  for (let turn = 0; ; turn += 1) {
    try {
      const sent = await sendOut(context, person, articleId, asked);
      if (isRefused(sent)) return await held(sent.code, { reasons: sent.gate.reasons });
      const { name, content, digest, rev, contents, warnings, headline } = sent;
      const counts = contents;
      const bytes = content.length;
      return {
        outcome: { articleId, headline, file: name, rev, bytes, sha256: digest, counts, warnings },
        content,
      };
    } catch (error) {
      if (!(error instanceof RefusalError)) throw error;
      // Others convert as well; a zip can wait for its turn.
      if (error.code === 'CONVERT_BUSY' && turn < 20) await wait(500 + turn * 100);
      else if (error.code === 'STOPPING') throw error;
      else return await held(error.code);
    }
  }
}

/** The headline of an article that the person may read, else nothing. */
async function headlineFor(context: Context, person: Person, articleId: string): Promise<string> {
  const standing = await context.standings.of(person.id, articleId);
  if (!standing || !may(standing, 'read')) return '';
  const { pin } = standing;
  if (pin) return headlineOf((await reviewAtPin(context, articleId, pin)).doc);
  const room = await context.rooms.room(articleId);
  return room ? headlineOf(room.review.doc) : '';
}

async function own(context: Context, person: Person, id: string): Promise<Parcel> {
  const parcel = await context.parcels.read(id);
  const isOver = parcel && before(context.now(), parcelLimits.keptMs) > parcel.at;
  if (!parcel || isOver || parcel.by !== person.id) throw new RefusalError('NOT_FOUND');
  const silent = before(context.now(), parcelLimits.silentMs) > parcel.touched;
  return parcel.state === 'building' && silent ? { ...parcel, state: 'failed' } : parcel;
}

const parcelName = ({ at, preset }: Parcel): string =>
  `Articles ${at.slice(0, 10)} (${preset}).zip`;

/** How far a zip is. */
export async function describeParcel(
  context: Context,
  person: Person,
  id: string,
): Promise<ParcelAnswer> {
  const parcel = await own(context, person, id);
  const { preset, view, format, state, at, total, outcomes, bytes, digest } = parcel;
  const file = state === 'ready' ? { name: parcelName(parcel), bytes, sha256: digest } : null;
  return { id, preset, view, format, state, at, total, outcomes, file };
}

/** A zip that is ready, for its owner. */
export async function readyParcel(
  context: Context,
  person: Person,
  id: string,
): Promise<{ name: string; bytes: number; digest: string }> {
  const parcel = await own(context, person, id);
  if (parcel.state !== 'ready') throw new RefusalError('NOT_FOUND');
  return { name: parcelName(parcel), bytes: parcel.bytes, digest: parcel.digest };
}

/** Its bytes from `start` to `end`, the last one included, in pieces. */
export async function* bytesOf(
  { parcels }: Context,
  id: string,
  start: number,
  end: number,
): AsyncGenerator<Buffer> {
  for (let at = start; at <= end;) {
    const n = Math.floor(at / pieceBytes);
    const piece = await parcels.piece(id, n);
    const part = piece?.subarray(at - n * pieceBytes, end + 1 - n * pieceBytes);
    if (!part || part.length === 0) throw new RefusalError('NOT_FOUND');
    yield part;
    at += part.length;
  }
}
