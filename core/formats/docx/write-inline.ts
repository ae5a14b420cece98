/** The words of a block as Word's runs, with changes and links around them and what begins or ends between them.
 *  Around a run: the link outermost, then the insertion, then the striking; the change of format is in the run. */
import type { Mark, Node } from 'prosemirror-model';
import { cleanLine } from '#core/formats/clean-text.ts';
import { element, escapeXml } from '#core/formats/docx/xml.ts';
import type { Writing } from '#core/formats/docx/writing.ts';
import { inQuotes } from '#core/formats/warning.ts';
import { authored, isDeletion, isInsertion, type Authored } from '#core/suggest/entries.ts';
import { readStack } from '#core/suggest/format-stack.ts';

/** Something without words that stands between two characters of a block: the start or end of a range, a reference. */
export interface Marker {
  /** Offset in the content of the block. */
  offset: number;
  xml: string;
}

/** Where the words stand: a relation belongs to its part, and a footnote holds no reference to another. */
export interface Place {
  part: string;
  inFootnote: boolean;
}

interface Around {
  link: string;
  inserted: Authored | null;
  deleted: Authored | null;
}

/** Whether a mark of this name is in the set, the link among them by its address. */
const linkOf = (marks: readonly Mark[]): string =>
  (marks.find(({ type }) => type.name === 'link')?.attrs['href'] as string | undefined) ?? '';
const has = (marks: readonly Mark[], name: string): boolean =>
  marks.some(({ type }) => type.name === name);

/** The run properties of plain formatting. */
function properties(marks: readonly Mark[]): string {
  return (
    (linkOf(marks) === '' ? '' : '<w:rStyle w:val="Hyperlink"/>') +
    (has(marks, 'strong') ? '<w:b/><w:bCs/>' : '') +
    (has(marks, 'em') ? '<w:i/><w:iCs/>' : '')
  );
}

/** True if a cut at this place would part the two halves of one character. */
function splitsCharacter(text: string, at: number): boolean {
  return /[\ud800-\udbff]/.test(text[at - 1] ?? '') && /[\udc00-\udfff]/.test(text[at] ?? '');
}

/** The content of a block. `markers` are in the order in which they are written. */
export function inlineXml(
  writing: Writing,
  block: Node,
  markers: readonly Marker[],
  place: Place,
): string {
  const out: string[] = [];
  let open: Around = { link: '', inserted: null, deleted: null };
  let runs = '';
  const close = (): void => {
    if (runs !== '') out.push(wrapped(writing, runs, open, place));
    runs = '';
  };
  let next = 0;
  const place1 = (until: number): void => {
    for (let marker = markers[next]; marker && marker.offset <= until; marker = markers[next]) {
      close();
      out.push(marker.xml);
      next += 1;
    }
  };
  block.forEach((node, offset) => {
    place1(offset);
    const { around, rPr } = lookOf(writing, node);
    if (!sameAround(around, open)) {
      close();
      open = around;
    }
    const { text } = node;
    if (text === undefined) {
      runs += atomXml(writing, node, rPr, place);
      return;
    }
    const moved = around.deleted !== null && writing.moves.has(around.deleted.id);
    const struck = around.deleted !== null && !moved;
    let at = 0;
    while (at < text.length) {
      const marker = markers[next];
      const cut = marker ? Math.min(text.length, marker.offset - offset) : text.length;
      const end = splitsCharacter(text, cut) ? cut + 1 : cut;
      runs += textRun(text.slice(at, end), rPr, struck);
      at = end;
      if (at < text.length) place1(offset + at);
    }
  });
  place1(block.content.size);
  close();
  return out.join('');
}

const same = (a: Authored | null, b: Authored | null): boolean =>
  a === b || (a !== null && b !== null && a.id === b.id && a.by === b.by);
const sameAround = (a: Around, b: Around): boolean =>
  a.link === b.link && same(a.inserted, b.inserted) && same(a.deleted, b.deleted);

function wrapped(writing: Writing, runs: string, around: Around, { part }: Place): string {
  let xml = runs;
  const wrap = (who: Authored | null, name: string, moved: string): void => {
    if (!who) return;
    const tag = writing.moves.has(who.id) ? moved : name;
    xml = element(tag, writing.change(who.id, who.by), xml);
  };
  wrap(around.deleted, 'w:del', 'w:moveFrom');
  wrap(around.inserted, 'w:ins', 'w:moveTo');
  const { link } = around;
  if (link === '') return xml;
  if (link.startsWith('#') && link.length > 1 && link.length <= 41)
    return element('w:hyperlink', { 'w:anchor': link.slice(1), 'w:history': 1 }, xml);
  const id = writing.parts.relate(part, 'hyperlink', link, true);
  return element('w:hyperlink', { 'r:id': id, 'w:history': 1 }, xml);
}

/** What stands around a run and its properties. */
function lookOf(writing: Writing, node: Node): { around: Around; rPr: string } {
  const { base, stack, others } = readStack(node.marks);
  const plain = node.marks.filter(({ type }) => ['link', 'em', 'strong'].includes(type.name));
  const struck = others.filter(isDeletion).map(authored);
  const inserted = others.find(isInsertion);
  for (const more of struck.slice(1))
    writing.warn(
      'left-out',
      `${writing.nameOf(more.by)} struck ${inQuotes(node.text ?? '')} as well: Word holds one striking of the same words.`,
      more.id,
    );
  let change = '';
  const [first, second] = stack;
  if (first) {
    if (second)
      writing.warn(
        'changed',
        `The changes of formatting on ${inQuotes(node.text ?? '')} are one in Word, by ${writing.nameOf(first.by)}.`,
        second.id,
      );
    if (linkOf(base) !== linkOf(plain))
      writing.warn(
        'changed',
        `The suggested link on ${inQuotes(node.text ?? '')} is not a suggestion any more: Word does not track links.`,
        first.id,
      );
    const before = element('w:rPr', {}, properties(base));
    change = element('w:rPrChange', writing.change(first.id, first.by), before);
  }
  return {
    around: {
      link: linkOf(plain),
      inserted: inserted ? authored(inserted) : null,
      deleted: struck[0] ?? null,
    },
    rPr: properties(plain) + change,
  };
}

const run = (rPr: string, content: string): string =>
  element('w:r', {}, (rPr === '' ? '' : element('w:rPr', {}, rPr)) + content);

/** Text as a run; a tab is an element of its own. */
function textRun(text: string, rPr: string, struck: boolean): string {
  const name = struck ? 'w:delText' : 'w:t';
  const content = cleanLine(text)
    .split('\t')
    .map((part) =>
      part === '' ? '' : `<${name} xml:space="preserve">${escapeXml(part)}</${name}>`,
    )
    .join('<w:tab/>');
  return run(rPr, content);
}

function atomXml(writing: Writing, node: Node, rPr: string, { inFootnote }: Place): string {
  if (node.type.name === 'lineBreak') return run(rPr, '<w:br/>');
  const id = node.attrs['id'] as string;
  const number = writing.footnotes.numbers.get(id);
  if (number !== undefined && !inFootnote && !writing.referred.has(id)) {
    writing.referred.add(id);
    const style = '<w:rStyle w:val="FootnoteReference"/>';
    const rest = rPr.replace('<w:rStyle w:val="Hyperlink"/>', '');
    return run(style + rest, element('w:footnoteReference', { 'w:id': number }));
  }
  const why =
    number === undefined
      ? 'has no footnote'
      : inFootnote
        ? 'stands in a footnote'
        : 'is not the first to its footnote';
  writing.warn(
    'changed',
    `A reference ${why} (“${id}”); in Word it is a raised ${number === undefined ? 'question mark' : `${number}`}.`,
  );
  const style = '<w:rStyle w:val="FootnoteReference"/>';
  const words = number === undefined ? '[?]' : String(number);
  const name = has(node.marks, 'deletion') ? 'w:delText' : 'w:t';
  return run(
    style + rPr.replace('<w:rStyle w:val="Hyperlink"/>', ''),
    `<${name}>${words}</${name}>`,
  );
}
