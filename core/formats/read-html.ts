/** Reads an HTML page into a review: its article without scripts, styles, forms and frames, with `<ins>` and `<del>` as
 *  suggestions. Pages that Galley wrote come back with their notes. It never throws. */
import { Draft } from '#core/formats/import/draft.ts';
import { finishDraft } from '#core/formats/import/finish.ts';
import type { ImportContext, Imported } from '#core/formats/import/imported.ts';
import {
  guessMasthead,
  guessTail,
  languageOf,
  stripBylineWord,
} from '#core/formats/import/roles.ts';
import {
  attribute,
  elementsOf,
  parseHtml,
  wordsOf,
  type HtmlElement,
  type HtmlNode,
} from '#core/formats/html/parse.ts';
import type { PageReading } from '#core/formats/html/page-text.ts';
import { PageReader } from '#core/formats/html/read-blocks.ts';
import { findFootnotes } from '#core/formats/html/read-footnotes.ts';
import { isNoteAside, readNote } from '#core/formats/html/read-notes.ts';
import { inQuotes } from '#core/formats/warning.ts';

/** The name Galley writes into its pages as what made them. */
const generator = 'Galley';

/** Reads a page. */
export function readHtml(source: string, context: ImportContext): Imported {
  const draft = new Draft(context.hashBytes);
  const tree = parseHtml(source, false);
  if (!tree) return readWordsOnly(source, draft, context);
  const elements = elementsOf(tree);
  const own = elements.some(
    (one) =>
      one.tagName === 'meta' &&
      attribute(one, 'name') === 'generator' &&
      attribute(one, 'content') === generator,
  );
  const body = elements.find((one) => one.tagName === 'body') ?? tree;
  const root = own ? body : articleIn(body);
  draft.checkText(wordsOf(root));
  warnOfHead(draft, elements);
  const reading: PageReading = {
    own,
    whole: true,
    notes: findFootnotes(body),
    places: { words: new Map(), links: new Map(), keys: new Map() },
  };
  const reader = new PageReader(draft, reading);
  if (root !== body) takeOutside(draft, body, root);
  reader.read(root);
  dropNotesHeading(draft, reading.notes.containers.size > 0);
  for (const [container, id] of reading.notes.containers) reader.readFootnote(container, id);
  for (const aside of elements.filter(isNoteAside)) readNote(draft, aside, reading.places);

  const page = elements.find((one) => one.tagName === 'html');
  const language = languageOf(draft, context.language, page ? attribute(page, 'lang') : '');
  if (own) {
    for (const block of draft.blocks)
      if (block.role === 'byline') stripBylineWord(block, language.tag);
  } else {
    guessMasthead(draft, language.tag);
    guessTail(draft);
  }
  return finishDraft(draft, context, language);
}

/** The element that holds the article: the one `article` or `main` with most of the words, or the body. */
function articleIn(body: HtmlNode): HtmlNode {
  const candidates = elementsOf(body).filter(
    (one) =>
      one.tagName === 'article' || one.tagName === 'main' || attribute(one, 'role') === 'main',
  );
  const size = (one: HtmlNode): number => wordsOf(one).length;
  const articles = candidates.filter((one) => one.tagName === 'article');
  const largest = (list: readonly HtmlElement[]): HtmlElement | undefined =>
    list.toSorted((a, b) => size(b) - size(a))[0];
  const article = largest(articles);
  const main = largest(candidates.filter((one) => one.tagName !== 'article'));
  if (article && size(article) * 2 >= size(main ?? body)) return article;
  return main && size(main) * 2 >= size(body) ? main : body;
}

/** What stands beside the article is left out, each piece with its words. */
function takeOutside(draft: Draft, node: HtmlNode, root: HtmlNode): void {
  for (const child of 'childNodes' in node ? node.childNodes : []) {
    if (child === root) continue;
    if ('tagName' in child && elementsOf(child).some((one) => one === root)) {
      takeOutside(draft, child, root);
      continue;
    }
    const words = wordsOf(child);
    if (words === '') continue;
    const place = child.sourceCodeLocation;
    const kind = 'tagName' in child && child.tagName === 'nav' ? 'navigation' : 'outside-article';
    draft.take(kind, words, place?.startOffset ?? 0, place?.endOffset ?? 0);
  }
}

/** Scripts outside the body are left out as well, and said so. */
function warnOfHead(draft: Draft, elements: readonly HtmlElement[]): void {
  const head = elements.find((one) => one.tagName === 'head');
  for (const one of head ? elementsOf(head) : [])
    if (one.tagName === 'script')
      draft.warn(
        'left-out',
        `The <script>${attribute(one, 'src') === '' ? '' : ` (${inQuotes(attribute(one, 'src'))})`} in line ${one.sourceCodeLocation?.startLine ?? 1} was left out.`,
      );
}

/** The heading over a list of notes goes when the notes become footnotes. */
function dropNotesHeading(draft: Draft, hasNotes: boolean): void {
  const last = draft.blocks.at(-1);
  if (!hasNotes || !last || last.role !== 'block' || !last.style.startsWith('heading')) return;
  if (
    !/^(?:end|foot)?notes?(?: and references)?:?$|^references:?$|^sources:?$/iu.test(
      last.line.words,
    )
  )
    return;
  draft.blocks.pop();
  draft.take('notes-heading', last.line.words, 0, 0);
}

/** A page too deep to be read as one: its words without any tags. */
function readWordsOnly(source: string, draft: Draft, context: ImportContext): Imported {
  draft.warn('left-out', 'The page is nested too deeply to be read; only its words were kept.');
  const text = source
    .replace(/<(script|style)\b[^>]*>[^]*?<\/\1\s*>/gi, ' ')
    .replace(/<\/?(?:p|div|h[1-6]|li|br|tr|blockquote)\b[^>]*>/gi, '\n')
    .replace(/<[^>]*>/g, ' ');
  for (const line of text.split(/\n+/)) {
    const words = line.replace(/\s+/gu, ' ').trim();
    if (words !== '') draft.block().line.text(words);
  }
  const language = languageOf(draft, context.language);
  guessMasthead(draft, language.tag);
  return finishDraft(draft, context, language);
}
