/** Reads the figures and tables of a page: blocks that are never joined to a neighbour. Only addresses that an article can
 *  hold are kept of pictures; nothing is loaded. */
import type { Mark } from 'prosemirror-model';
import {
  attribute,
  childrenOf,
  elementsOf,
  hasClass,
  inlineTags,
  isElement,
  wordsOf,
  type HtmlElement,
  type HtmlNode,
} from '#core/formats/html/parse.ts';
import { lineOf } from '#core/formats/html/read-parts.ts';
import { gridOf, isLayout } from '#core/formats/html/table-grid.ts';
import type { PageNotes } from '#core/formats/html/read-footnotes.ts';
import type { Draft, DraftBlock } from '#core/formats/import/draft.ts';
import {
  emptyAbove,
  suggestRows,
  type DraftRow,
  type WholeEntry,
} from '#core/formats/import/draft-rows.ts';
import { foundPicture, pictureName } from '#core/formats/import/picture.ts';
import { inQuotes } from '#core/formats/warning.ts';
import { authored, isDeletion, isInsertion } from '#core/suggest/entries.ts';

/** What reading them needs of the reader of the page. */
export interface PageWalk {
  readonly draft: Draft;
  readonly marks: readonly Mark[];
  readonly reading: { own: boolean; notes: PageNotes };
  /** Ends the open block. */
  close(): void;
  /** The key of a suggestion of a page of ours. */
  suggestion(id: string): string;
  node(node: HtmlNode): void;
  children(element: HtmlElement): void;
  text(raw: string): void;
  /** Reads elements into one block; line breaks part their paragraphs. Gives how many it took. */
  into(block: DraftBlock, elements: readonly HtmlElement[]): number;
}

/** The changes around what is read: it is wholly inserted or struck. */
const changesAround = ({ marks }: PageWalk): WholeEntry[] =>
  marks.flatMap((mark) =>
    isInsertion(mark) || isDeletion(mark)
      ? [{ k: isInsertion(mark) ? ('ins' as const) : ('del' as const), key: authored(mark).id }]
      : [],
  );

const textAll = (element: HtmlElement): string =>
  childrenOf(element)
    .map((one) => ('value' in one ? one.value : ''))
    .join('');

/** What an image is called in a message. */
const nameOf = (img: HtmlElement): string =>
  pictureName(attribute(img, 'src').trim(), attribute(img, 'alt').trim()) + lineOf(img);

/** Says that a picture is not kept, and gives its description, which becomes `what`. */
export function lostPicture(draft: Draft, img: HtmlElement, what: string): string {
  const alt = attribute(img, 'alt').trim();
  const says = alt === '' ? '' : `; its description is ${what}`;
  draft.warn('changed', `${nameOf(img)} is not kept${says}.`);
  return alt;
}

/** A picture as a figure, with the elements of its caption. */
export function readPicture(
  page: PageWalk,
  img: HtmlElement,
  captions: readonly HtmlElement[],
): void {
  const { draft, reading } = page;
  page.close();
  const isText = img.tagName !== 'img';
  const alt = isText ? textAll(img) : attribute(img, 'alt').replace(/\s+/gu, ' ').trim();
  const given = attribute(img, 'src').trim();
  const others = attribute(img, 'data-src').trim();
  const name = nameOf(img);
  const isDot = /^[01](?:px)?$/.test(attribute(img, 'width') || attribute(img, 'height'));
  if (
    !reading.own &&
    captions.length === 0 &&
    (isDot || (given === '' && others === '' && alt === ''))
  ) {
    draft.warn('left-out', `${name} shows nothing and was left out.`);
    return;
  }
  const { src, lost } = isText
    ? { src: '', lost: null }
    : foundPicture([given, others], draft.pictures);
  if (lost !== null) draft.warn('left-out', `${name} ${lost}`);
  const link = page.marks.find(({ type }) => type.name === 'link')?.attrs['href'] as
    | string
    | undefined;
  if (link !== undefined && link !== src)
    draft.warn('left-out', `The link ${inQuotes(link)} of a picture${lineOf(img)} was left out.`);
  const block = draft.figure(src, alt);
  block.entries.push(...changesAround(page));
  if (captions.length > 0 && page.into(block, captions) > 0)
    draft.warn(
      'changed',
      `The caption ${inQuotes(block.line.words)} has several paragraphs; line breaks part them.`,
    );
}

/** A figure element: its pictures with the caption under the last of them. False when it holds something else. */
export function readFigure(page: PageWalk, element: HtmlElement): boolean {
  const inside = elementsOf(element).filter((one) => one !== element);
  if (inside.some((one) => /^(?:table|figure|blockquote|pre|ul|ol)$/.test(one.tagName)))
    return false;
  const captions = inside.filter((one) => one.tagName === 'figcaption');
  const inCaption = new Set(captions.flatMap(elementsOf));
  const { own } = page.reading;
  const isPicture = (one: HtmlElement): boolean =>
    one.tagName === 'img' || (own && one.tagName === 'p' && hasClass(one, 'picture'));
  const pictures = inside.filter((one) => isPicture(one) && !inCaption.has(one));
  const last = pictures.at(-1);
  const other = wordsOf(element, (one) => isPicture(one) || captions.includes(one));
  if (!last || other !== '') return false;
  for (const one of inside)
    if (!isPicture(one) && /^(?:video|audio|iframe|object|embed)$/.test(one.tagName))
      page.node(one);
  for (const one of pictures) readPicture(page, one, one === last ? captions : []);
  return true;
}

/** A table: each cell a block, the caption a block before it. */
export function readTable(page: PageWalk, element: HtmlElement): void {
  const { draft, reading } = page;
  const { own, notes } = reading;
  if (!own && isLayout(element)) {
    draft.warn(
      'changed',
      `The table${lineOf(element)} only lays out the page; what is in it is read as paragraphs.`,
    );
    page.children(element);
    return;
  }
  const holdsNote = (row: HtmlElement): boolean =>
    notes.containers.size > 0 && elementsOf(row).some((one) => notes.containers.has(one));
  const grid = gridOf(element, { exact: own, skip: holdsNote });
  const name = `The table ${inQuotes(wordsOf(element))}${lineOf(element)}`;
  for (const caption of grid.captions) page.node(caption);
  page.close();
  if (grid.clipped)
    draft.warn('changed', `${name} has more than 63 columns; the rest stands in the last of them.`);
  const around = changesAround(page);
  const rows = grid.rows.map((row, i): DraftRow => {
    const cells = row.map(({ shape, elements }) => {
      // A place in the last column may have got words that had no column of their own.
      const block = draft.cell({ ...shape, joinsAbove: shape.joinsAbove && elements.length === 0 });
      if (page.into(block, elements) > 0)
        draft.warn(
          'changed',
          `The table cell ${inQuotes(block.line.words)} has several paragraphs; line breaks part them.`,
        );
      return block;
    });
    const entries = own ? rowEntries(page, grid.elements[i]) : [];
    return { cells, entries: [...around, ...entries] };
  });
  if (!suggestRows(rows)) draft.warn('changed', `${name} ${emptyAbove}`);
}

/** What a page of ours says of a row as a whole. */
function rowEntries(page: PageWalk, row: HtmlElement | undefined): WholeEntry[] {
  if (!row) return [];
  const of = (k: 'ins' | 'del', name: string): WholeEntry[] =>
    attribute(row, name)
      .split(' ')
      .flatMap((id) => (id === '' ? [] : [{ k, key: page.suggestion(id) }]));
  return [...of('ins', 'data-inserted').slice(0, 1), ...of('del', 'data-struck')];
}

/** A table where no table can stand: one paragraph for each row. */
export function readFlatTable(page: PageWalk, element: HtmlElement): void {
  page.draft.warn(
    'changed',
    `The table ${inQuotes(wordsOf(element))}${lineOf(element)} is written as one paragraph for each row.`,
  );
  const walk = (node: HtmlNode): void => {
    for (const child of childrenOf(node)) {
      if (!isElement(child)) continue;
      if (child.tagName === 'caption') page.node(child);
      else if (child.tagName !== 'tr') walk(child);
      else {
        const cells = childrenOf(child).filter(isElement);
        cells.forEach((cell, i) => {
          if (i > 0) page.text(' | ');
          for (const part of childrenOf(cell))
            if (isElement(part) && !inlineTags.has(part.tagName)) page.text(wordsOf(part));
            else page.node(part);
        });
        page.close();
      }
    }
  };
  walk(element);
}
