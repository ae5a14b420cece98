/** Reads Galley's JSON file back into a review. What comes in is not trusted: anything that does not fit gives a code
 *  and a sentence that says where, never a throw. */
import { Mark, Node } from 'prosemirror-model';
import { schema, suggestionMarks } from '#core/article/schema.ts';
import { tooDeep } from '#core/formats/canonical-json.ts';
import { reviewFileShape, type ReviewFile } from '#core/formats/review-file.ts';
import { warning, type Warning } from '#core/formats/warning.ts';
import type { ErrorCode } from '#core/sync/error.ts';
import { reviewFromJson, type Review, type ReviewJson } from '#core/sync/review.ts';

/** A review, or why there is none: a code of the table, and a sentence about the place in the file. */
export type JsonResult =
  | { ok: true; review: Review; warnings: Warning[] }
  | { ok: false; code: ErrorCode; detail: string };

const refuse = (detail: string, code: ErrorCode = 'FILE_NOT_REVIEW'): JsonResult => ({
  ok: false,
  code,
  detail,
});

/** Reads the text of a file. */
export function readJson(text: string): JsonResult {
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
  // Optional members that are absent stay absent: the parsed value has the shape of our own JSON.
  const review = reviewFromJson({ ...parsed.data, doc: doc.toJSON() as unknown } as ReviewJson);
  return { ok: true, review, warnings: unread(parsed.data) };
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
  const lists = ['people', 'suggestions', 'claims', 'anchors'] as const;
  for (const name of lists) {
    const twice = repeated(file[name]);
    if (twice !== null) return `Two of its ${name} have the id "${twice}".`;
  }
  const twice = repeated([...file.comments, ...file.occurrences]);
  if (twice !== null) return `Two of its notes have the id "${twice}".`;
  const claims = new Set(file.claims.map((claim) => claim.id));
  for (const { id, claimId } of file.occurrences)
    if (!claims.has(claimId)) return `The occurrence "${id}" is of a claim that is not there.`;
  const kinds = new Map<string, 'comment' | 'occurrence'>();
  for (const { id } of file.comments) kinds.set(id, 'comment');
  for (const { id } of file.occurrences) kinds.set(id, 'occurrence');
  const size = doc.content.size;
  for (const { id, kind, from, to, state } of file.anchors) {
    if (kinds.get(id) !== kind) return `The anchor "${id}" belongs to no ${kind}.`;
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

/** What the file holds and a review cannot: said, not dropped in silence. */
function unread(file: ReviewFile): Warning[] {
  return (['checks', 'sources', 'citations'] as const).flatMap((name) => {
    const number = file[name]?.length ?? 0;
    return number === 0
      ? []
      : [warning('not-read', `${number} ${name} in the file are not read by this version.`)];
  });
}
