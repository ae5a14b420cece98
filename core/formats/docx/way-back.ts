/** What lets a file find its way back: which comment and which change is which note, and what is known of the facts. It
 *  stands in a part of its own that Word keeps and does not show. A copy without marks has none. */
import type { KnownFacts } from '#core/facts/seen-facts.ts';
import { seenFacts } from '#core/facts/seen-facts.ts';
import { cleanLines } from '#core/formats/clean-text.ts';
import type { WrittenThread } from '#core/formats/docx/write-comments.ts';
import { namespaces } from '#core/formats/docx/namespaces.ts';
import type { Writing } from '#core/formats/docx/writing.ts';
import { element } from '#core/formats/docx/xml.ts';
import type { Note } from '#core/formats/note-list.ts';

/** The name of a bookmark: hidden, and short enough for Word. */
const bookmarkName = (number: number): string => `_Galley_${number}`;

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
  const written = new Map(threads.map((one) => [one.thread.id, one]));
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
      ...threadOf(written.get(id)),
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

/** What of a note's thread tells its comments apart when they come back: Word keeps the names of paragraphs, others only
 *  who said what and when. */
function threadOf(written: WrittenThread | undefined) {
  if (!written) return {};
  const { thread, paraId, paraIds } = written;
  return {
    comment: paraId,
    resolved: thread.resolved,
    messages: thread.messages.map(({ id, author, at, text }, i) => ({
      id,
      paragraph: paraIds[i] ?? '',
      author,
      at,
      text: cleanLines(text).join('\n'),
    })),
  };
}

/** JSON that needs no escaping in XML: what XML does not hold or would take for a sign of its own is written by its number. */
const inXml = (json: string): string =>
  json.replace(
    /[<>&\u007f-\u009f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
