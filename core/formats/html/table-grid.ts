/** Reads the cells of an HTML table as the rows of an article's table: what spans rows joins the cells below it, what is
 *  missing before such a place is filled. */
import { maxColumns, type CellShape } from '#core/article/schema.ts';
import {
  attribute,
  childrenOf,
  elementsOf,
  isElement,
  type HtmlElement,
  type HtmlNode,
} from '#core/formats/html/parse.ts';

/** A cell with the elements its words are in: none for one that only holds a place, several at the last column there is. */
export interface GridCell {
  shape: CellShape;
  elements: HtmlElement[];
}

/** A table as read. `captions` are its caption elements, `clipped` says that it has more columns than an article can hold. */
export interface Grid {
  captions: HtmlElement[];
  rows: GridCell[][];
  /** The element of each of the rows. */
  elements: HtmlElement[];
  clipped: boolean;
}

/** A cell that reaches down: how many rows it still takes. */
interface Carried {
  span: number;
  header: boolean;
  left: number;
}

/** So many joined cells are made at most: a page can ask for many more than it has bytes. A table gets as many as its
 *  own cells would need if each reached far down. */
const mostJoinedCells = 20_000;

/** The number an attribute gives, or 1. */
function countOf(element: HtmlElement, name: string): number {
  const value = Number.parseInt(attribute(element, name), 10);
  return value >= 0 ? value : 1;
}

const isCellElement = (node: HtmlNode): node is HtmlElement =>
  isElement(node) && (node.tagName === 'td' || node.tagName === 'th');

/** The sections of a table with their rows; a foot stands last wherever it is written. Rows of tables inside are not among them. */
function sectionsOf(table: HtmlElement): HtmlElement[][] {
  const parts = childrenOf(table).filter(isElement);
  const loose = parts.filter((one) => one.tagName === 'tr');
  const sections = parts.filter((one) => /^t(?:head|body|foot)$/.test(one.tagName));
  const order = [
    ...sections.filter((one) => one.tagName !== 'tfoot'),
    ...sections.filter((one) => one.tagName === 'tfoot'),
  ];
  return [
    loose,
    ...order.map((one) =>
      childrenOf(one)
        .filter(isElement)
        .filter((row) => row.tagName === 'tr'),
    ),
  ];
}

/** Every row of a table that is its own. */
function rowElements(table: HtmlElement): HtmlElement[] {
  return sectionsOf(table).flat();
}

/** The cells of a row. */
function cellElements(row: HtmlElement): HtmlElement[] {
  return childrenOf(row).filter(isCellElement);
}

/** Reads a table. With `exact`, rows that only hold joined cells count; else a row without cells is none. `skip` names rows that do not belong. */
export function gridOf(
  table: HtmlElement,
  { exact, skip }: { exact: boolean; skip: (row: HtmlElement) => boolean },
): Grid {
  const grid: Grid = {
    captions: childrenOf(table)
      .filter(isElement)
      .filter((one) => one.tagName === 'caption'),
    rows: [],
    elements: [],
    clipped: false,
  };
  let joined = 0;
  const cellsOfAll = rowElements(table).reduce((sum, row) => sum + cellElements(row).length, 0);
  const mostJoined = Math.min(mostJoinedCells, 100 + 30 * cellsOfAll);
  for (const section of sectionsOf(table)) {
    const carried = new Map<number, Carried>();
    section.forEach((row, index) => {
      const cells = cellElements(row);
      if (skip(row) || (cells.length === 0 && !(exact && carried.size > 0))) return;
      const made: GridCell[] = [];
      const next: [number, Carried][] = [];
      let column = 0;
      const put = (shape: Omit<CellShape, 'starts'>, elements: HtmlElement[]): void => {
        const starts = made.length > 0 ? null : grid.rows.length === 0 ? 'table' : 'row';
        made.push({ shape: { starts, ...shape }, elements });
        column += shape.span;
      };
      const passCarried = (): void => {
        if (joined >= mostJoined && carried.size > 0) {
          carried.clear();
          grid.clipped = true;
        }
        for (let above = carried.get(column); above; above = carried.get(column)) {
          above.left -= 1;
          if (above.left === 0) carried.delete(column);
          joined += 1;
          put({ header: above.header, span: above.span, joinsAbove: true }, []);
        }
      };
      /** The first column of a cell from above at or after this one; the edge of what a table can hold if there is none. */
      const edge = (): number =>
        [...carried.keys()].reduce(
          (least, one) => (one >= column ? Math.min(least, one) : least),
          maxColumns,
        );
      for (const cell of cells) {
        passCarried();
        if (column >= maxColumns) {
          grid.clipped = true;
          made.at(-1)?.elements.push(cell);
          continue;
        }
        const at = column;
        const span = Math.min(Math.max(1, countOf(cell, 'colspan')), edge() - column);
        const header = cell.tagName === 'th';
        put({ header, span, joinsAbove: false }, [cell]);
        const reach = countOf(cell, 'rowspan') || Infinity;
        const left = Math.min(reach, section.length - index) - 1;
        if (left > 0 && joined < mostJoined) next.push([at, { span, header, left }]);
      }
      passCarried();
      for (let to = edge(); to < maxColumns; to = edge()) {
        while (column < to) put({ header: false, span: 1, joinsAbove: false }, []);
        passCarried();
      }
      for (const [at, one] of next) carried.set(at, one);
      grid.rows.push(made);
      grid.elements.push(row);
    });
  }
  return grid;
}

const structure = /^(?:p|div|h[1-6]|ul|ol|table|blockquote|figure|section|article)$/;

/** True for a table that only lays out a page: its content is that of the page, not of cells. */
export function isLayout(table: HtmlElement): boolean {
  if (/^(?:presentation|none)$/.test(attribute(table, 'role'))) return true;
  const inside = elementsOf(table).filter((one) => one !== table);
  if (inside.some((one) => /^(?:h1|article|main)$/.test(one.tagName))) return true;
  const rows = rowElements(table);
  const plain = !inside.some((one) => one.tagName === 'th' || one.tagName === 'caption');
  const cells = rows.map(cellElements);
  return (
    plain &&
    cells.every((row) => row.length <= 1) &&
    cells
      .flat()
      .some((cell) => childrenOf(cell).some((one) => isElement(one) && structure.test(one.tagName)))
  );
}
