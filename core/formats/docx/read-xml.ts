/** Reads a part as a tree of elements under the prefixes of this folder. There are no document types and no entities
 *  but XML's own five; depth and number of elements are bounded. */
import { strFromU8 } from 'fflate';
import { SaxesParser } from 'saxes';
import { namespaces, strictNames } from '#core/formats/docx/namespaces.ts';

/** The deepest nesting and the most elements of one file. */
export const xmlLimits = { depth: 200, elements: 600_000 };

/** An element. Names have the prefix of their namespace ("w:p"), or "?:" for one that is not known. */
export interface XmlElement {
  name: string;
  attrs: Readonly<Record<string, string>>;
  children: XmlElement[];
  /** Its own text, for the elements that have any. */
  text: string;
}

/** Why a part is not read. `unsafe` is for what no honest file has. */
export class XmlRefusal extends Error {
  readonly unsafe: boolean;
  constructor(detail: string, unsafe: boolean) {
    super(detail);
    this.unsafe = unsafe;
  }
}

/** How many elements may still be read; shared by the parts of one file. */
export interface Budget {
  elements: number;
}

const prefixes = new Map<string, string>([
  ...Object.entries(namespaces).map(([prefix, uri]) => [uri, prefix] as const),
  ...Object.entries(strictNames),
  ['', ''],
]);

const noAttrs: Readonly<Record<string, string>> = {};
const isText = (name: string): boolean =>
  /^(?:w:(?:t|delText|instrText)|m:t|galley:data|a:t|\?:Application)$/.test(name);

function nameIn(uri: string, local: string): string {
  const prefix = prefixes.get(uri) ?? '?';
  return prefix === '' ? local : `${prefix}:${local}`;
}

/** The text of a part: UTF-8, or UTF-16 with its mark. */
function decoded(bytes: Uint8Array): string {
  const little = bytes[0] === 0xff && bytes[1] === 0xfe;
  const big = bytes[0] === 0xfe && bytes[1] === 0xff;
  if (!little && !big) {
    const text = strFromU8(bytes);
    return text.startsWith('\ufeff') ? text.slice(1) : text;
  }
  let text = '';
  for (let at = 2; at + 1 < bytes.length; at += 2) {
    const [a = 0, b = 0] = [bytes[at], bytes[at + 1]];
    text += String.fromCharCode(little ? a | (b << 8) : (a << 8) | b);
  }
  return text;
}

/** Reads a part. Throws `XmlRefusal`. */
export function readXml(bytes: Uint8Array, part: string, budget: Budget): XmlElement {
  const root: XmlElement = { name: '', attrs: noAttrs, children: [], text: '' };
  const open: XmlElement[] = [root];
  const parser = new SaxesParser({ xmlns: true, position: false });
  const fail = (why: string, unsafe = false): never => {
    throw new XmlRefusal(`The part ${part} ${why}.`, unsafe);
  };
  parser.on('doctype', () => fail('declares a document type, which no Word file does', true));
  parser.on('error', () => fail('is not well-formed XML'));
  parser.on('opentag', (tag) => {
    budget.elements -= 1;
    if (budget.elements < 0) fail('has more elements than an article can hold', true);
    if (open.length > xmlLimits.depth) fail('is nested too deeply', true);
    let attrs: Record<string, string> | null = null;
    for (const attr of Object.values(tag.attributes)) {
      if (attr.prefix === 'xmlns' || attr.name === 'xmlns') continue;
      attrs ??= {};
      attrs[nameIn(attr.uri, attr.local)] = attr.value;
    }
    const one: XmlElement = {
      name: nameIn(tag.uri, tag.local),
      attrs: attrs ?? noAttrs,
      children: [],
      text: '',
    };
    open.at(-1)?.children.push(one);
    open.push(one);
  });
  parser.on('closetag', () => void open.pop());
  const text = (words: string): void => {
    const here = open.at(-1);
    if (here && isText(here.name)) here.text += words;
  };
  parser.on('text', text);
  parser.on('cdata', text);
  parser.write(decoded(bytes)).close();
  const [first] = root.children;
  return first ?? fail('is empty');
}

/** The first child of a name. */
export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((one) => one.name === name);
}

/** All children of a name. */
export function childrenOf(element: XmlElement | undefined, name: string): XmlElement[] {
  return element?.children.filter((one) => one.name === name) ?? [];
}

/** `w:val` of a child; undefined if there is no such child. */
export function valueOf(element: XmlElement | undefined, name: string): string | undefined {
  const found = child(element, name);
  return found && (found.attrs['w:val'] ?? '');
}

/** A switch such as `w:b`: true without a value; undefined if it is not there. */
export function switchOf(element: XmlElement | undefined, name: string): boolean | undefined {
  const found = child(element, name);
  if (!found) return undefined;
  return !/^(?:0|false|off)$/.test(found.attrs['w:val'] ?? '');
}
