/** Writes a review as a Word file: headings, lists, tables, figures, links and footnotes; in a marked copy every
 *  suggestion as a tracked change and every note as a comment. The same review gives the same bytes. */
import type { KnownFacts } from '#core/facts/seen-facts.ts';
import { bookmarksOf, writeWayBack } from '#core/formats/docx/way-back.ts';
import { Markers } from '#core/formats/docx/markers.ts';
import { declared, type Prefix } from '#core/formats/docx/namespaces.ts';
import { stylesPart } from '#core/formats/docx/styles.ts';
import { threadsOf, type Thread } from '#core/formats/docx/threads.ts';
import { BlockWriter } from '#core/formats/docx/write-blocks.ts';
import { writeComments, writePeople } from '#core/formats/docx/write-comments.ts';
import { Writing } from '#core/formats/docx/writing.ts';
import { element, escapeXml } from '#core/formats/docx/xml.ts';
import { languageTag } from '#core/formats/language-tag.ts';
import type { Note } from '#core/formats/note-list.ts';
import { nameOf, type CopyOptions, type NoteCounts } from '#core/formats/reading-copy.ts';
import { unfitCount } from '#core/formats/clean-text.ts';
import { docOf, viewNames } from '#core/formats/view.ts';
import { inQuotes, warning, type Warning } from '#core/formats/warning.ts';
import { headlineOf, type Review } from '#core/sync/review.ts';

/** A written Word file. */
export interface WrittenDocx {
  content: Uint8Array;
  warnings: Warning[];
  counts: { in: NoteCounts; out: NoteCounts };
}

const main = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
const noFacts: KnownFacts = { claims: [], sources: [] };

const count = (notes: Iterable<Note>): NoteCounts => {
  const counts: NoteCounts = { comment: 0, fact: 0, suggestion: 0 };
  for (const note of notes) counts[note.kind] += 1;
  return counts;
};

/** Writes the file. The notice of an article that is not cleared stands at the head of every page. */
export function writeDocx(
  review: Review,
  { view, notice, facts = noFacts, assets }: CopyOptions,
): WrittenDocx {
  const marked = view === 'marked';
  const writing = new Writing(review, docOf(review.doc, view), marked, assets);
  const { parts } = writing;
  parts.relate('', 'document', 'word/document.xml');
  const { notes, threads, changes } = threadsOf(review, facts, writing.suggestions);
  const inFile: Thread[] = marked ? threads : [];
  const comments = writeComments(writing, inFile);
  const blocks = new BlockWriter(
    writing,
    new Markers(writing, comments, marked ? bookmarksOf(notes) : []),
  );
  warnOfWords(writing);
  const body = blocks.body();
  writeNotes(writing, blocks.footnotes());
  const numbering = blocks.numbering.part();
  if (numbering !== null) add(writing, 'numbering', numbering);
  const language = languageTag(review.article.language);
  add(writing, 'styles', stylesPart(language === 'und' ? '' : language));
  add(writing, 'settings', settingsPart(marked, writing.footnotes.indexes.length > 0));
  if (marked) {
    writePeople(writing, [
      ...inFile.flatMap(({ messages }) => messages.map(({ author }) => author)),
      ...writing.suggestions.map(({ by }) => writing.nameOf(by)),
    ]);
    writeWayBack(writing, { notes, threads: comments, facts });
  }
  const header = notice === null ? '' : headerOf(writing, notice);
  parts.add('word/document.xml', documentPart(body + section(header)), `${main}.document.main+xml`);
  properties(writing, languageTag(review.article.language));

  const out = new Set<Note>(marked ? [...inFile.map(({ note }) => note), ...changes] : []);
  for (const note of notes)
    if (!out.has(note))
      writing.warnings.push(
        warning('left-out', `${nameOf(note)} is not in ${viewNames[view]}.`, note.id),
      );
  return {
    content: parts.pack(),
    warnings: writing.warnings,
    counts: { in: count(notes), out: count(out) },
  };
}

const documentPrefixes: Prefix[] = ['w', 'r', 'wp', 'w14'];

const documentPart = (content: string): string =>
  element('w:document', declared(documentPrefixes), element('w:body', {}, content));

function add(
  { parts }: Writing,
  name: 'styles' | 'settings' | 'numbering' | 'footnotes',
  content: string,
): void {
  parts.add(`word/${name}.xml`, content, `${main}.${name}+xml`);
  parts.relate('word/document.xml', name, `${name}.xml`);
}

function writeNotes(writing: Writing, notes: string | null): void {
  if (notes !== null)
    add(writing, 'footnotes', element('w:footnotes', declared(['w', 'r', 'w14']), notes));
}

/** Further edits of a marked copy are tracked as well. */
function settingsPart(marked: boolean, footnotes: boolean): string {
  const separators = [-1, 0].map((id) => element('w:footnote', { 'w:id': id })).join('');
  const uri = 'http://schemas.microsoft.com/office/word';
  return element(
    'w:settings',
    declared(['w']),
    (marked ? '<w:trackRevisions/>' : '') +
      '<w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>' +
      (footnotes ? element('w:footnotePr', {}, separators) : '') +
      element(
        'w:compat',
        {},
        element('w:compatSetting', {
          'w:name': 'compatibilityMode',
          'w:uri': uri,
          'w:val': 15,
        }),
      ),
  );
}

function headerOf(writing: Writing, notice: string): string {
  const words = `<w:r><w:t xml:space="preserve">${escapeXml(notice)}</w:t></w:r>`;
  const line = `<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>${words}</w:p>`;
  writing.parts.add(
    'word/header1.xml',
    element('w:hdr', declared(['w']), line),
    `${main}.header+xml`,
  );
  const id = writing.parts.relate('word/document.xml', 'header', 'header1.xml');
  return element('w:headerReference', { 'w:type': 'default', 'r:id': id });
}

/** One section of A4 pages. */
const section = (header: string): string =>
  element(
    'w:sectPr',
    {},
    `${header}<w:pgSz w:w="11906" w:h="16838"/>` +
      '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="708" w:footer="708" w:gutter="0"/>',
  );

/** The title and the language, and no time of writing. */
function properties({ parts, doc }: Writing, language: string): void {
  const core = 'http://schemas.openxmlformats.org/package/2006/metadata/core-properties';
  const dc = 'http://purl.org/dc/elements/1.1/';
  const title = escapeXml(headlineOf(doc));
  parts.add(
    'docProps/core.xml',
    element(
      'cp:coreProperties',
      { 'xmlns:cp': core, 'xmlns:dc': dc },
      element('dc:title', {}, title) + element('dc:language', {}, language),
    ),
    'application/vnd.openxmlformats-package.core-properties+xml',
  );
  const extended = 'http://schemas.openxmlformats.org/officeDocument/2006/extended-properties';
  parts.add(
    'docProps/app.xml',
    element('Properties', { xmlns: extended }, element('Application', {}, 'Galley')),
    'application/vnd.openxmlformats-officedocument.extended-properties+xml',
  );
  parts.relate('', 'core', 'docProps/core.xml');
  parts.relate('', 'app', 'docProps/app.xml');
}

function warnOfWords(writing: Writing): void {
  writing.doc.forEach((node) => {
    const unfit = unfitCount(node.textContent);
    if (unfit > 0)
      writing.warn(
        'changed',
        `${unfit} characters that no file can hold were replaced in ${inQuotes(node.textContent)}.`,
      );
  });
}
