/** What lets a file find its way back: which comment and which change is which note, and what is known of the facts. It
 *  stands in a part of its own that Word keeps and does not show. A copy without marks has none. */
import type { KnownFacts } from '#core/facts/seen-facts.ts';
import { seenFacts } from '#core/facts/seen-facts.ts';
import type { WrittenThread } from '#core/formats/docx/write-comments.ts';
import { namespaces } from '#core/formats/docx/namespaces.ts';
import type { Writing } from '#core/formats/docx/writing.ts';
import { element } from '#core/formats/docx/xml.ts';
import type { Note } from '#core/formats/note-list.ts';

/** The name of a bookmark: hidden, and short enough for Word. */
export const bookmarkName = (number: number): string => `_Galley_${number}`;

/** The bookmarks of the notes that stand on words or between them. */
export function bookmarksOf(
  notes: readonly Note[],
): { note: Note; name: string; from: number; to: number }[] {
  return notes.flatMap((note) =>
    note.place ? [{ note, name: bookmarkName(note.number), ...note.place }] : [],
  );
}

/** Adds the part. */
export function writeWayBack(
  writing: Writing,
  {
    notes,
    threads,
    facts,
  }: { notes: readonly Note[]; threads: readonly WrittenThread[]; facts: KnownFacts },
): void {
  const { review, parts } = writing;
  const paragraphs = new Map(threads.map(({ thread, paraId }) => [thread.id, paraId]));
  const known = facts.claims.filter(({ claim }) => review.claims.has(claim.id));
  const data = {
    format: 'galley.docx',
    version: 1,
    article: { id: review.article.id, rev: review.rev, language: review.article.language },
    people: [...review.people.values()].map(({ id, name }) => ({ id, name })),
    notes: notes.map(({ id, kind, number, place, quote }) => ({
      id,
      kind,
      ...(place ? { bookmark: bookmarkName(number) } : { quote }),
      ...(paragraphs.has(id) ? { comment: paragraphs.get(id) } : {}),
    })),
    occurrences: [...review.occurrences.values()]
      .filter(({ status }) => status === 'open')
      .map(({ id, claimId }) => ({ id, claimId })),
    claims: [...review.claims.values()],
    facts: seenFacts({ ...facts, claims: known }, review.occurrences),
  };
  const item = 'customXml/item1.xml';
  const props = 'customXml/itemProps1.xml';
  parts.add(
    item,
    element(
      'review',
      { xmlns: namespaces.galley },
      element('data', {}, inXml(JSON.stringify(data))),
    ),
    null,
  );
  const ds = 'http://schemas.openxmlformats.org/officeDocument/2006/customXml';
  parts.add(
    props,
    element(
      'ds:datastoreItem',
      { 'ds:itemID': '{6A11E7C0-6A11-4E7C-8A11-E76A11E76A11}', 'xmlns:ds': ds },
      element('ds:schemaRefs', {}, element('ds:schemaRef', { 'ds:uri': namespaces.galley })),
    ),
    'application/vnd.openxmlformats-officedocument.customXmlProperties+xml',
  );
  parts.relate('word/document.xml', 'customXml', '../customXml/item1.xml');
  parts.relate(item, 'customXmlProps', 'itemProps1.xml');
}

/** JSON that needs no escaping in XML: what XML does not hold or would take for a sign of its own is written by its number. */
const inXml = (json: string): string =>
  json.replace(
    /[<>&\u007f-\u009f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
