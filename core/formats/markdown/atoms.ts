/** The parts that a line of Markdown is put together from. Emphasis signs look at their neighbours when they are
 *  written: a letter that would keep a sign from being one is written as a numeric reference. */
import {
  keepSpaces,
  markdown,
  numericReference,
  type Standing,
} from '#core/formats/markdown/escape.ts';

/** Text to be escaped, an emphasis sign, a line break, or signs that are written as they are. `change` says that a
 *  program may take the signs away (CriticMarkup). */
export type Atom =
  | { is: 'text'; text: string }
  | { is: 'sign'; sign: '**' | '_'; opens: boolean }
  | { is: 'break' }
  | { is: 'raw'; raw: string; change: boolean };

type Sign = Extract<Atom, { is: 'sign' }>;

const elements: Record<Sign['sign'], string> = { '**': 'strong', _: 'em' };

const letter = /[\p{L}\p{N}]/u;
const space = /\s/u;
const asciiSign = /[!-/:-@[-`{-~]/;

function firstChar(text: string): string {
  return Array.from(text.slice(0, 2))[0] ?? '';
}

function lastChar(text: string): string {
  return Array.from(text.slice(-2)).at(-1) ?? '';
}

/** True if a sign of emphasis is one only when the character outside it is written as a reference. */
function mustYield(sign: '**' | '_', outer: string, inner: string): boolean {
  if (outer === '' || space.test(outer) || asciiSign.test(outer)) return false;
  return sign === '_' || !letter.test(inner);
}

/** Neighbouring texts become one, so that escaping sees them together. */
function merged(atoms: readonly Atom[]): Atom[] {
  const out: Atom[] = [];
  for (const atom of atoms) {
    const last = out.at(-1);
    if (atom.is === 'text' && last?.is === 'text')
      out[out.length - 1] = { is: 'text', text: last.text + atom.text };
    else if (atom.is !== 'text' || atom.text !== '') out.push(atom);
  }
  return out;
}

/** Emphasis at the edge of a change has neighbours that may go, so no sign is sure to stay one: it is written as an
 *  element, which CommonMark allows. */
function withElements(atoms: readonly Atom[]): Atom[] {
  const out = [...atoms];
  const open: number[] = [];
  const isChange = (atom: Atom | undefined): boolean => atom?.is === 'raw' && atom.change;
  atoms.forEach((atom, i) => {
    if (atom.is !== 'sign') return;
    if (atom.opens) {
      open.push(i);
      return;
    }
    const start = open.pop();
    if (start === undefined || !(isChange(out[start - 1]) || isChange(atoms[i + 1]))) return;
    const name = elements[atom.sign];
    out[start] = { is: 'raw', raw: `<${name}>`, change: true };
    out[i] = { is: 'raw', raw: `</${name}>`, change: true };
  });
  return out;
}

/** Writes atoms. `breakAs` is what a line break becomes (a backslash and a line end, a space in a heading, an element in a table). */
export function writeAtoms(parts: readonly Atom[], breakAs: string): string {
  const atoms = withElements(merged(parts));
  let out = '';
  let endsNumber = false;
  atoms.forEach((atom, i) => {
    const before = atoms[i - 1];
    const after = atoms[i + 1];
    if (atom.is === 'sign') out += atom.sign;
    else if (atom.is === 'break')
      out += breakAs + (isWords(after) || breakAs === ' ' || breakAs === '<br>' ? '' : '&#32;');
    else if (atom.is === 'raw') out += atom.raw;
    else {
      let { text } = atom;
      let head = '';
      let tail = '';
      if (before?.is === 'sign' && !before.opens) {
        const outer = firstChar(text);
        if (mustYield(before.sign, outer, innerOf(atoms[i - 2], 'last'))) {
          head = numericReference(outer);
          text = text.slice(outer.length);
        }
      }
      if (after?.is === 'sign' && after.opens && text !== '') {
        const outer = lastChar(text);
        if (mustYield(after.sign, outer, innerOf(atoms[i + 2], 'first'))) {
          tail = numericReference(outer);
          text = text.slice(0, text.length - outer.length);
        }
      }
      let body = markdown(text, head === '' ? standing(before) : 'within');
      // A number and the point behind it, parted by signs, would begin a list once the signs are gone.
      if (endsNumber && /^[.)]/.test(body)) body = `\\${body}`;
      endsNumber = /^\s*\d{1,9}$/.test(atom.text);
      if (tail === '' && (!after || after.is === 'break'))
        body = body.replace(/[ \t]+$/, (spaces) => keepSpaces(spaces));
      out += head + body + tail;
    }
  });
  return out;
}

/** A line break needs something after it: where what follows may be taken away with its signs, that is a space. */
function isWords(atom: Atom | undefined): boolean {
  return atom?.is === 'text' || atom?.is === 'sign';
}

function standing(before: Atom | undefined): Standing {
  if (!before || before.is === 'break') return 'line';
  return before.is === 'raw' ? 'signs' : 'within';
}

/** The character inside a sign; '' for one that is no letter in the file: another sign, or a single character that may
 *  itself be written as a reference. */
function innerOf(atom: Atom | undefined, edge: 'first' | 'last'): string {
  if (atom?.is !== 'text' || firstChar(atom.text) === atom.text) return '';
  return edge === 'first' ? firstChar(atom.text) : lastChar(atom.text);
}
