/** What enters by the clipboard or is dropped in: read by the rules of imported pages, and fitted to the place it goes to. */
import {
  DOMParser,
  Fragment,
  Slice,
  type Attrs,
  type Mark,
  type Node as TextNode,
  type ParseOptions,
} from 'prosemirror-model';
import { TextSelection, type Transaction } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { schema, type CellShape } from '#core/article/schema.ts';
import { cleanLine } from '#core/formats/clean-text.ts';
import {
  isLooseBoundary,
  isMasthead,
  isWhole,
  plainOf,
  sameShape,
  shapeOf,
} from '#core/suggest/entries.ts';
import { putWholes } from '#web/editor/insert-whole.ts';

type Reader = typeof import('#web/editor/read-clipboard.ts');

let reader: Reader | null = null;

/** Fetches the reader of HTML; until it is there, what is pasted has to wait. False when it cannot be had. */
export async function readerIsHere(): Promise<boolean> {
  try {
    reader ??= await import('#web/editor/read-clipboard.ts');
  } catch {
    // Offline, or a newer version is on the server: words can be pasted all the same.
  }
  return reader !== null;
}

/** Lets a paste wait for the reader; true when it does. */
export function waitForReader(view: EditorView, event: ClipboardEvent): boolean {
  const html = event.clipboardData?.getData('text/html') ?? '';
  const text = event.clipboardData?.getData('text/plain') ?? '';
  if (reader || html === '' || !view.editable) return false;
  event.preventDefault();
  void readerIsHere().then((isHere) => {
    if (view.isDestroyed) return;
    if (isHere || text === '') view.pasteHTML(html, event);
    else view.pasteText(text, event);
  });
  return true;
}

/** Reads HTML of the clipboard. ProseMirror asks for every space to be kept when an editor like ours wrote it. */
export class PasteParser extends DOMParser {
  constructor() {
    super(schema, []);
  }

  override parseSlice(dom: Node, options: ParseOptions = {}): Slice {
    const blocks = reader?.blocksIn(dom, options.preserveWhitespace === true);
    return blocks
      ? Slice.maxOpen(Fragment.fromArray(blocks))
      : textSlice(dom.textContent ?? '', []);
  }
}

/** Takes out of foreign HTML what ProseMirror would believe of another editor: the nodes around the copied ones. */
export function withoutContext(html: string): string {
  return html.replace(
    /\bdata-pm-slice\s*=\s*(?:"([^"]*)"|'([^']*)'|[^\s>]*)/gi,
    (_all, double?: string, single?: string) => {
      const [start, end] = (double ?? single ?? '')
        .split(' ')
        .map((depth) => (Number(depth) > 0 ? 1 : 0));
      return `data-pm-slice="${start ?? 0} ${end ?? 0} []"`;
    },
  );
}

/** Plain text: an empty line parts paragraphs, and a line end is a break; without empty lines every line is a paragraph. */
export function textSlice(text: string, marks: readonly Mark[]): Slice {
  const lines = text.replace(/\r\n?|[\u2028\u000b\u000c\u0085]/g, '\n').replace(/\u2029/g, '\n\n');
  const parted = /\n[ \t]*\n/.test(lines.trim());
  const blocks = lines
    .split(parted ? /\n[ \t]*\n\s*/ : /\n/)
    .map((part) => {
      const content: TextNode[] = [];
      part
        .replace(/^\n+|\n+$/g, '')
        .split('\n')
        .forEach((line, i) => {
          if (i > 0) content.push(schema.node('lineBreak'));
          const words = cleanLine(line.replace(/\t/g, ' '));
          if (words !== '') content.push(schema.text(words, marks));
        });
      return schema.node('block', null, Fragment.fromArray(content));
    })
    .filter((block) => block.content.size > 0);
  return Slice.maxOpen(Fragment.fromArray(blocks));
}

/** What is taken besides text: the references of footnotes that are moved with their words. What is `dragged` within the text says
 *  how much of a caption or a cell it is; what is on the clipboard does not. */
export interface Takes {
  notes: boolean;
  dragged: boolean;
}

function inlineOf(node: TextNode, { notes }: Takes): TextNode[] {
  const out: TextNode[] = [];
  node.forEach((child) => {
    if (notes || child.type.name !== 'footnoteRef') out.push(child.mark(plainOf(child.marks)));
  });
  return out;
}

const wordsOf = (content: readonly TextNode[], attrs: Attrs | null = null): TextNode =>
  schema.node('block', attrs, Fragment.fromArray([...content]));

/** Blocks for the body. */
function blocksOf(nodes: readonly TextNode[], takes: Takes): TextNode[] {
  const out: TextNode[] = [];
  nodes.forEach((node, i) => {
    const content = inlineOf(node, takes);
    const { name } = node.type;
    if (name === 'cell') {
      const goesOn = nodes[i - 1]?.type.name === 'cell';
      const starts = goesOn ? (node.attrs['starts'] as CellShape['starts']) : 'table';
      out.push(node.type.create({ ...node.attrs, starts, sugg: [] }, content));
    } else if (name === 'block' || name === 'figure')
      out.push(node.type.create({ ...node.attrs, sugg: [] }, content));
    else out.push(wordsOf(content));
  });
  return out;
}

/** A slice without anybody's suggestions, and without mastheads and footnotes, as blocks of the body or as one line. */
export function pasteable(slice: Slice, takes: Takes): Slice {
  const { content, openStart, openEnd } = slice;
  const { firstChild } = content;
  if (
    takes.dragged &&
    firstChild &&
    isWhole(firstChild) &&
    content.childCount === 1 &&
    openStart > 0
  )
    return new Slice(Fragment.fromArray(inlineOf(firstChild, takes)), 0, 0);
  if (firstChild?.isInline !== true)
    return new Slice(Fragment.fromArray(blocksOf(content.content, takes)), openStart, openEnd);
  return new Slice(Fragment.fromArray(inlineOf(wordsOf(content.content), takes)), 0, 0);
}

/** All blocks as one run: parted by spaces in a line of the masthead, by breaks in a caption, a cell or a footnote. */
function oneRun(slice: Slice, parent: TextNode): Fragment {
  const inMasthead = isMasthead(parent);
  const gap = (): TextNode => (inMasthead ? schema.text(' ') : schema.node('lineBreak'));
  const blocks = slice.content.firstChild?.isInline
    ? [schema.node('block', null, slice.content)]
    : slice.content.content.filter((block) => block.content.size > 0);
  const out: TextNode[] = [];
  blocks.forEach((block, i) => {
    if (i > 0) out.push(gap());
    block.forEach((node) => out.push(node.type.name === 'lineBreak' ? gap() : node));
  });
  return Fragment.fromArray(out);
}

const isText = (block: TextNode): boolean => block.type.name === 'block';

/** True when words of `block` may run on in `beside`: a plain paragraph anywhere, anything in its own like. */
const runsOn = (block: TextNode, beside: TextNode): boolean =>
  isText(block) &&
  (sameShape(shapeOf(block), { style: 'paragraph', list: null }) ||
    sameShape(shapeOf(block), shapeOf(beside)));

/** Puts a slice in place of the selection and the caret behind it. Words run on in the paragraph they are put in; several
 *  blocks keep their forms: what stood before and after the caret stays what it was, and an empty paragraph takes the first form.
 *  Figures and tables alone go in as wholes where `by` suggests them; who edits gets them at the caret (`by` is null). */
export function put(tr: Transaction, slice: Slice, by: string | null): Transaction {
  if (!tr.selection.empty) tr.deleteSelection();
  const { $from } = tr.selection;
  const { parent, pos } = $from;
  const blocks = [...slice.content.content];
  const [first, last] = [blocks[0], blocks.at(-1)];
  if (!first || !last || !parent.isTextblock) return tr;
  if (by !== null && isText(parent) && blocks.every(isWhole))
    return putWholes(tr, blocks, { by, caret: 'last' });
  const fresh = parent.content.size === 0;
  const alone = blocks.length === 1 && isText(first) && !fresh;
  if (!isText(parent) || first.isInline || alone) {
    const run = alone && isText(parent) ? first.content : oneRun(slice, parent);
    tr.replace(pos, pos, new Slice(run, 0, 0));
    return tr.setSelection(TextSelection.create(tr.doc, pos + run.size));
  }
  const behind = $from.parentOffset > 0;
  const ahead = $from.parentOffset < parent.content.size;
  const like = (): TextNode => schema.node('block', { ...parent.attrs, sugg: [] });
  // A figure or a table takes the place of an empty paragraph, or stands before what follows.
  if (!isText(first) && !behind && isLooseBoundary(tr.doc, $from.index(0))) {
    const at = $from.before(1);
    tr.replaceWith(at, fresh ? $from.after(1) : at, blocks);
    const end = at + slice.content.size - 1;
    return tr.setSelection(TextSelection.near(tr.doc.resolve(end), -1));
  }
  // After the last words of a paragraph a figure or a table needs no empty one behind it, if text follows anyway.
  const next = tr.doc.maybeChild($from.index(0) + 1);
  if (behind && !ahead && !isText(last) && next && isText(next)) {
    const words = runsOn(first, parent) ? first.content : Fragment.empty;
    tr.insert(pos, words);
    const rest = words.size > 0 ? blocks.slice(1) : blocks;
    const at = pos + words.size + 1;
    tr.insert(at, rest);
    const end = at + Fragment.fromArray(rest).size - 1;
    return tr.setSelection(TextSelection.near(tr.doc.resolve(end), -1));
  }
  const takesForm = isText(first) && !behind && !runsOn(first, parent);
  if (!takesForm && !runsOn(first, parent)) blocks.unshift(like());
  const ends = ahead ? !runsOn(last, parent) : !isText(last);
  if (ends) blocks.push(like());
  const content = Fragment.fromArray(blocks);
  tr.replace(pos, pos, new Slice(content, 1, 1));
  if (takesForm) {
    const at = $from.before(1);
    for (const name of ['style', 'list'])
      if (parent.attrs[name] !== first.attrs[name])
        tr.setNodeAttribute(at, name, first.attrs[name]);
  }
  const end = pos + content.size - 2 - (ends ? 2 : 0);
  return tr.setSelection(TextSelection.near(tr.doc.resolve(end), -1));
}
