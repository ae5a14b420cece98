/** What is sent out: the review and the options that a copy is written with, and then what the written copy holds. */
import type { Reader } from '#core/annotate/audience.ts';
import type { Assets } from '#core/formats/assets/asset.ts';
import type { KnownFacts } from '#core/facts/seen-facts.ts';
import type { CopyFormat } from '#core/formats/copy-formats.ts';
import { isCleared, notClearedNotice } from '#core/formats/not-cleared.ts';
import type { NoteCounts } from '#core/formats/reading-copy.ts';
import { gateOf, type Gate } from '#core/formats/send-out/gate.ts';
import type { AskedCopy, Preset } from '#core/formats/send-out/presets.ts';
import { writeReadBack } from '#core/formats/send-out/read-back.ts';
import { countNotes, readersCopy, type StaysOut } from '#core/formats/send-out/readers-copy.ts';
import type { View } from '#core/formats/view.ts';
import type { Warning } from '#core/formats/warning.ts';
import { writeCopy } from '#core/formats/write-copy.ts';
import type { Review } from '#core/sync/review.ts';

/** Everything a copy is written from. Nothing of `review` and `options` is outside what its reader may see. */
export interface PlannedCopy {
  preset: Preset;
  review: Review;
  options: { view: View; format: CopyFormat; notice: string | null; facts: KnownFacts };
  staysOut: StaysOut;
  /** The gate as the sender may know it. */
  gate: Gate;
}

/** What a copy holds: notes are comments and suggestions. `notShown` are the reader's notes that this text or format
 *  has no place for. */
export interface Contents {
  notes: number;
  facts: number;
  notShown: number;
  staysOut: StaysOut;
}

/** A written copy. */
export interface SendOut {
  content: string | Uint8Array;
  warnings: Warning[];
  contents: Contents;
  gate: Gate;
}

/** Works out what goes into a copy. `review` and `facts` are whole, and the people of `review` everybody who may be
 *  named. Who may have a release copy is for the caller to ask the gate. */
export function planSendOut(
  review: Review,
  facts: KnownFacts,
  asked: AskedCopy & { sender: Reader },
): PlannedCopy {
  const { preset, view, format, sender } = asked;
  const gate = gateOf(review, facts, sender);
  const isFree = preset === 'release' || (preset !== 'working' && isCleared(review.article.stage));
  const notice = isFree ? null : notClearedNotice(review.rev, gate.open);
  const copy = readersCopy(review, facts, asked);
  return {
    preset,
    review: copy.review,
    options: { view, format, notice, facts: copy.facts },
    staysOut: copy.staysOut,
    gate,
  };
}

/** Writes it, whether or not the gate is open. `assets` are the pictures that its figures show. */
export function writeSendOut(
  review: Review,
  facts: KnownFacts,
  asked: AskedCopy & { sender: Reader },
  assets: Assets = new Map(),
): SendOut {
  const plan = planSendOut(review, facts, asked);
  const options = { ...plan.options, assets };
  const { content, warnings, counts } =
    plan.preset === 'read-back'
      ? writeReadBack(plan.review, options)
      : writeCopy(plan.review, options);
  return { content, warnings, contents: contentsOf(plan, counts), gate: plan.gate };
}

const notesIn = ({ comment, suggestion }: NoteCounts): number => comment + suggestion;

/** What the written copy holds, counted by the notes of the review it was written from. */
function contentsOf(
  { preset, review, staysOut }: PlannedCopy,
  counts: { out: NoteCounts } | null,
): Contents {
  const all = countNotes(review);
  // JSON has no counts of its own: it holds all there is.
  const held = counts?.out ?? all;
  const missing = notesIn(all) - notesIn(held) + all.fact - held.fact;
  return {
    notes: notesIn(held),
    facts: held.fact,
    // The sheet is of facts alone; that it holds no notes is no loss.
    notShown: preset === 'read-back' ? all.fact - held.fact : missing,
    staysOut,
  };
}
