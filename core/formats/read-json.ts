/** Reads Galley's JSON file back into a review. What comes in is not trusted: anything that does not fit gives a code
 *  and a sentence that says where, never a throw. */
import { Mark, Node } from 'prosemirror-model';
import { schema, suggestionMarks } from '#core/article/schema.ts';
import type { Assets, HashBytes } from '#core/formats/assets/asset.ts';
import { readAssets } from '#core/formats/assets/read-assets.ts';
import { tooDeep } from '#core/formats/canonical-json.ts';
import type { ClaimFile } from '#core/facts/claim-file.ts';
import type { KnownFacts } from '#core/facts/seen-facts.ts';
import { reviewFileShape, type ReviewFile } from '#core/formats/review-file.ts';
import type { Warning } from '#core/formats/warning.ts';
import type { ErrorCode } from '#core/sync/error.ts';
import { reviewFromJson, type Review, type ReviewJson } from '#core/sync/review.ts';

/** A review with what is known of its facts, or why there is none: a code of the table, and a sentence about the place in the file. */
export type JsonResult =
  | { ok: true; review: Review; facts: KnownFacts; assets: Assets; warnings: Warning[] }
  | { ok: false; code: ErrorCode; detail: string };

const refuse = (detail: string, code: ErrorCode = 'FILE_NOT_REVIEW'): JsonResult => ({
  ok: false,
  code,
  detail,
});

/** Reads the text of a file. Without a hash its pictures are not read; `apart` has those that were cut out of it. */
export function readJson(
  text: string,
  hash?: HashBytes,
  apart: readonly Uint8Array[] = [],
): JsonResult {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse('It is not valid JSON.');
  }
  if (tooDeep(value)) return refuse('It is nested too deeply.');
  const head = value as { format?: unknown; version?: unknown } | null;
  if (typeof head !== 'object' || head?.format !== 'galley.review')
    return refuse('It has no "format": "galley.review".');
  if (typeof head.version === 'number' && head.version > 1)
    return refuse(`Its version is ${head.version}; this Galley reads version 1.`, 'FILE_TOO_NEW');
  const parsed = reviewFileShape.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const path = issue?.path.map(String).join('.') ?? '';
    return refuse(`The value at "${path}" is missing or not of the right kind.`);
  }
  const doc = readDoc(parsed.data.doc);
  if (typeof doc === 'string') return refuse(doc);
  const fault = faultIn(parsed.data, doc);
  if (fault !== null) return refuse(fault);
  const pictures = readAssets(parsed.data.assets, hash, apart);
  if (!pictures.ok) return refuse(pictures.detail);
  // Optional members that are absent stay absent: the parsed value has the shape of our own JSON.
  const { checks: _checks, citations: _citations, sources, assets: _assets, ...file } = parsed.data;
  const review = reviewFromJson({ ...file, doc: doc.toJSON() as unknown } as ReviewJson);
  const facts = { claims: claimFiles(parsed.data), sources };
  const { assets, warnings } = pictures;
  return { ok: true, review, facts, assets, warnings };
}

/** The files of the claims, put together from the three lists. */
function claimFiles({ claims, checks, citations }: ReviewFile): ClaimFile[] {
  const of = <T extends { claimId: string }>(
    id: string,
    list: readonly T[],
  ): Omit<T, 'claimId'>[] =>
    list.filter(({ claimId }) => claimId === id).map(({ claimId: _claim, ...one }) => one);
  return claims.map((claim) => ({
    claim,
    checks: of(claim.id, checks),
    citations: of(claim.id, citations),
  }));
}

/** A suggested format names marks as data; they must be plain marks of the schema. Throws RangeError otherwise. */
function checkFormats(doc: Node): void {
  doc.descendants((node) => {
    for (const mark of node.marks) {
      if (mark.type.name !== 'format') continue;
      for (const json of [
        ...(mark.attrs['add'] as unknown[]),
        ...(mark.attrs['remove'] as unknown[]),
      ])
        if ((suggestionMarks as readonly string[]).includes(Mark.fromJSON(schema, json).type.name))
          throw new RangeError('a suggested format is itself a suggestion');
    }
  });
}

/** The document, or a sentence about what is wrong with it. */
function readDoc(json: unknown): Node | string {
  try {
    const doc = Node.fromJSON(schema, json);
    if (doc.type !== schema.topNodeType) return 'Its document is not an article.';
    doc.check();
    checkFormats(doc);
    return doc;
  } catch (error) {
    const why = error instanceof Error ? error.message : 'it does not fit';
    return `Its document is not an article: ${why.slice(0, 200)}`;
  }
}

/** The first thing in the lists that does not hold together, in a sentence; null if all is well. */
function faultIn(file: ReviewFile, doc: Node): string | null {
  const lists = [
    'people',
    'suggestions',
    'claims',
    'anchors',
    'checks',
    'citations',
    'sources',
  ] as const;
  for (const name of lists) {
    const twice = repeated(file[name]);
    if (twice !== null) return `Two of its ${name} have the id "${twice}".`;
  }
  const twice = repeated([...file.comments, ...file.occurrences]);
  if (twice !== null) return `Two of its notes have the id "${twice}".`;
  const claims = new Set(file.claims.map((claim) => claim.id));
  for (const { id, claimId } of file.occurrences)
    if (!claims.has(claimId)) return `The occurrence "${id}" is of a claim that is not there.`;
  const loose = looseFact(file, claims);
  if (loose !== null) return loose;
  const kinds = new Map<string, 'comment' | 'occurrence' | 'stet'>();
  for (const { id } of file.comments) kinds.set(id, 'comment');
  for (const { id } of file.occurrences) kinds.set(id, 'occurrence');
  const decided = new Set(file.suggestions.map(({ id }) => id));
  const size = doc.content.size;
  for (const { id, kind, from, to, state } of file.anchors) {
    const known = kind === 'stet' ? decided.has(id) : kinds.get(id) === kind;
    if (!known) return `The anchor "${id}" belongs to no ${kind}.`;
    if (from > to || to > size || (state === 'attached') !== to > from)
      return `The anchor "${id}" does not fit the document.`;
    kinds.delete(id);
  }
  for (const [id, kind] of kinds) return `The ${kind} "${id}" has no anchor.`;
  return null;
}

function repeated(list: readonly { id: string }[]): string | null {
  const seen = new Set<string>();
  for (const { id } of list) {
    if (seen.has(id)) return id;
    seen.add(id);
  }
  return null;
}

/** The first check or citation that speaks of something that is not there, in a sentence; null if there is none. */
function looseFact(file: ReviewFile, claims: ReadonlySet<string>): string | null {
  const sources = new Set(file.sources.map(({ id }) => id));
  const cited = new Map(file.citations.map(({ id, claimId }) => [id, claimId]));
  const places = new Map(file.occurrences.map(({ id, claimId }) => [id, claimId]));
  for (const { id, claimId, sourceId } of file.citations)
    if (!claims.has(claimId) || !sources.has(sourceId))
      return `The citation "${id}" has no claim or no source.`;
  for (const { id, claimId, occurrenceId, citationIds } of file.checks) {
    if (places.get(occurrenceId) !== claimId)
      return `The check "${id}" is of no fact that is there.`;
    if (!citationIds.every((one) => cited.get(one) === claimId))
      return `The check "${id}" rests on a citation that is not there.`;
  }
  return null;
}
