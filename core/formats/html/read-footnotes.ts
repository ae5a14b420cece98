/** Finds the footnotes of a page: those that Galley writes, and the common forms of others. */
import {
  attribute,
  elementsOf,
  hasClass,
  isElement,
  wordsOf,
  type HtmlElement,
  type HtmlNode,
} from '#core/formats/html/parse.ts';

/** The footnotes of a page. */
export interface PageNotes {
  /** The footnote that a link refers to, by its id in the document. */
  references: ReadonlyMap<HtmlElement, string>;
  /** The elements that hold footnotes, in the order of the page, with their ids in the document. */
  containers: ReadonlyMap<HtmlElement, string>;
  /** Links that lead from a note to its reference. */
  backlinks: ReadonlySet<HtmlElement>;
}

function parentOf(element: HtmlElement): HtmlElement | null {
  const parent: HtmlNode | null = element.parentNode;
  return parent && isElement(parent) ? parent : null;
}

function closest(element: HtmlElement, fits: (one: HtmlElement) => boolean): HtmlElement | null {
  for (let one: HtmlElement | null = element; one; one = parentOf(one)) if (fits(one)) return one;
  return null;
}

const isNotesList = (element: HtmlElement): boolean =>
  /(?:^|\s)doc-endnotes(?:\s|$)/.test(attribute(element, 'role')) ||
  hasClass(element, 'footnotes') ||
  hasClass(element, 'endnotes');

const isNote = (element: HtmlElement): boolean =>
  /^doc-(?:foot|end)note$/.test(attribute(element, 'role')) ||
  /^(?:foot|end|rear)note$/.test(attribute(element, 'epub:type'));

/** True for a link that looks like the number of a note. */
function isReference(link: HtmlElement): boolean {
  if (/^doc-noteref$/.test(attribute(link, 'role'))) return true;
  if (attribute(link, 'epub:type') === 'noteref') return true;
  const label = wordsOf(link);
  if (label.length > 8 || !/^[[(]?(?:\d{1,3}|[*†‡§¶]{1,3}|[ivxlc]{1,6}|[a-z])[\])]?$/iu.test(label))
    return false;
  const marked = /foot-?note|end-?note|note-?ref|\bfn/i.test(attribute(link, 'class'));
  return (
    marked ||
    closest(link, (one) => one.tagName === 'sup') !== null ||
    (wordsOf(link) !== '' && elementsOf(link).some((one) => one.tagName === 'sup'))
  );
}

/** True for the link back from a note to its reference. */
export function isBacklink(link: HtmlElement): boolean {
  if (link.tagName !== 'a') return false;
  if (attribute(link, 'role') === 'doc-backlink') return true;
  return (
    attribute(link, 'href').startsWith('#') &&
    wordsOf(link).replace(/[\s↩↑⬆^[\]]|\ufe0e|\ufe0f/gu, '') === ''
  );
}

/** The element that holds a whole note: the list item around the target, or the target itself. */
function containerOf(target: HtmlElement): HtmlElement | null {
  const item = closest(target, (one) => one.tagName === 'li' || isNote(one));
  if (item) return item;
  if (['p', 'div', 'aside', 'dd', 'td'].includes(target.tagName)) return target;
  return closest(target, (one) => ['p', 'div', 'dd', 'td'].includes(one.tagName));
}

/** Looks for them under `root`. */
export function findFootnotes(root: HtmlNode): PageNotes {
  const elements = elementsOf(root);
  const byName = new Map<string, HtmlElement>();
  for (const element of elements) {
    const name =
      attribute(element, 'id') || (element.tagName === 'a' ? attribute(element, 'name') : '');
    if (name !== '' && !byName.has(name)) byName.set(name, element);
  }
  const order = new Map(elements.map((element, i) => [element, i]));
  const found = new Map<HtmlElement, HtmlElement>();
  const containers = new Set<HtmlElement>();
  for (const link of elements) {
    const href = attribute(link, 'href');
    if (link.tagName !== 'a' || !href.startsWith('#') || !isReference(link)) continue;
    const target = byName.get(href.slice(1));
    const container = target ? containerOf(target) : null;
    // A note stands after its reference and does not hold it; a link the other way is the way back.
    if (!container || (order.get(container) ?? 0) < (order.get(link) ?? 0)) continue;
    found.set(link, container);
    containers.add(container);
  }
  for (const list of elements.filter(isNotesList))
    for (const element of elementsOf(list))
      if (
        element.tagName === 'li' &&
        closest(parentOf(element) ?? element, (one) => one.tagName === 'li') === null
      )
        containers.add(element);
  const ids = new Map(
    [...containers]
      // A note within a note is part of it.
      .filter(
        (one) => closest(parentOf(one) ?? one, (up) => up !== one && containers.has(up)) === null,
      )
      .toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0))
      .map((element, i) => [element, `note-${i + 1}`] as const),
  );
  const references = new Map(
    [...found].flatMap(([link, container]) => {
      const id = ids.get(container);
      return id === undefined ? [] : [[link, id] as const];
    }),
  );
  const holding = new Set<HtmlElement>();
  for (const link of found.keys())
    for (let up: HtmlElement | null = link; up && !holding.has(up); up = parentOf(up))
      holding.add(up);
  const isAtReference = (target: HtmlElement): boolean =>
    holding.has(target) || closest(target, (one) => found.has(one)) !== null;
  const backlinks = new Set(
    [...containers].flatMap((container) =>
      elementsOf(container).filter((link) => {
        const href = attribute(link, 'href');
        const target = href.startsWith('#') ? byName.get(href.slice(1)) : undefined;
        return link.tagName === 'a' && target !== undefined && isAtReference(target);
      }),
    ),
  );
  return { references, containers: ids, backlinks };
}
