/** A Word file as parts and relations. Nothing outside the file is ever looked at. */
import { otherKind, otherPackage } from '#core/formats/docx/other-kinds.ts';
import {
  readXml,
  type Budget,
  type XmlElement,
  xmlLimits,
  XmlRefusal,
} from '#core/formats/docx/read-xml.ts';
import { readZip } from '#core/formats/docx/read-zip.ts';
import { inQuotes } from '#core/formats/warning.ts';

/** Where a relation leads: to a part of the file, or to an address. */
export interface Relationship {
  /** The last word of its type: "comments", "hyperlink". */
  type: string;
  target: string;
  external: boolean;
}

/** An opened package. */
export interface WordPackage {
  /** The name of the main part. */
  main: string;
  /** The element of a part; null if it is not there or is damaged. `spoiled` names the damaged ones. */
  part(name: string): XmlElement | null;
  relations(part: string): ReadonlyMap<string, Relationship>;
  /** The bytes of a part that is no XML, at most so many. */
  bytes(name: string, most: number): Uint8Array | 'too large' | null;
  /** The first related part of a type, or null. */
  related(part: string, type: string): string | null;
  spoiled: string[];
  /** What it points to outside itself and what was passed over, in sentences. */
  outside(): string[];
}

/** The package, or why it is not opened. */
export type PackageRead =
  | { ok: true; file: WordPackage }
  | { ok: false; unsafe: boolean; detail: string };

/** What a file says of itself. It is a page; more than that is passed over and no reason to refuse the text. */
const isAbout = (name: string): boolean => /^docProps\//i.test(name);
const mostAbout = 64 * 1024;

const isRead = (name: string): boolean =>
  /\.(?:xml|rels)$/i.test(name) && !/\/theme\d*\.xml$|glossary\//i.test(name) && !isAbout(name);

/** The path of a target as seen from a part. */
function resolved(from: string, target: string): string {
  const steps = target.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const step of target.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps.join('/');
}

/** So many of the things that are not looked at are named one by one. */
const mostNamed = 20;

/** What a file points to outside itself, in sentences: templates, linked objects, parts of other documents. Links of the
 *  text are read with it and go where the reader of the article chooses. */
function outsideOf(
  names: readonly string[],
  relationsIn: (rels: string) => Relationship[],
): string[] {
  const found = new Set<string>();
  for (const name of names) {
    if (!/(?:^|\/)_rels\/[^/]*\.rels$/i.test(name)) continue;
    for (const { type, target, external } of relationsIn(name))
      if (external && type !== 'hyperlink')
        found.add(
          `What the file has at ${inQuotes(target)} (${type}) is outside it and was not looked at.`,
        );
  }
  const told = [...found].slice(0, mostNamed);
  const more = found.size - told.length;
  return more > 0 ? [...told, `${more} more things outside the file were not looked at.`] : told;
}

/** Opens a file. */
export function openPackage(bytes: Uint8Array): PackageRead {
  const other = otherKind(bytes);
  if (other !== null) return { ok: false, unsafe: false, detail: other };
  const zip = readZip(bytes, isRead);
  if (!zip.ok) return zip;
  const byLower = new Map(zip.names.map((name) => [name.toLowerCase(), name]));
  const budget: Budget = { elements: xmlLimits.elements };
  const trees = new Map<string, XmlElement | null>();
  const spoiled: string[] = [];
  const tree = (asked: string): XmlElement | null => {
    const name = byLower.get(asked.toLowerCase());
    if (name === undefined) return null;
    const data = zip.parts.get(name) ?? (isAbout(name) ? zip.late(name, mostAbout) : null);
    if (data === null || data === 'too large') return null;
    const known = trees.get(name);
    if (known !== undefined) return known;
    trees.set(name, null);
    try {
      const root = readXml(data, name, budget);
      trees.set(name, root);
      return root;
    } catch (error) {
      // A part that only adds to the document may be damaged; one that means harm ends the reading.
      if (!(error instanceof XmlRefusal) || error.unsafe) throw error;
      spoiled.push(name);
      return null;
    }
  };
  const relationships = new Map<string, ReadonlyMap<string, Relationship>>();
  const relationsIn = (rels: string, part: string): [string, Relationship][] =>
    (tree(rels)?.children ?? [])
      .filter(({ name }) => name === 'rel:Relationship')
      .map(({ attrs }) => {
        const external = attrs['TargetMode'] === 'External';
        const target = attrs['Target'] ?? '';
        return [
          attrs['Id'] ?? '',
          {
            type: (attrs['Type'] ?? '').split('/').at(-1) ?? '',
            target: external ? target : resolved(part, target),
            external,
          },
        ];
      });
  const relations = (part: string): ReadonlyMap<string, Relationship> => {
    const known = relationships.get(part);
    if (known) return known;
    const cut = part.lastIndexOf('/') + 1;
    const found = new Map(relationsIn(`${part.slice(0, cut)}_rels/${part.slice(cut)}.rels`, part));
    relationships.set(part, found);
    return found;
  };
  const outside = (): string[] => [
    ...(zip.strange > 0
      ? [`${zip.strange} parts have names that lead out of the file and were not looked at.`]
      : []),
    ...outsideOf(zip.names, (rels) => relationsIn(rels, '').map(([, one]) => one)),
  ];
  const related = (part: string, type: string): string | null =>
    [...relations(part).values()].find((one) => one.type === type && !one.external)?.target ?? null;
  try {
    const main = related('', 'officeDocument') ?? 'word/document.xml';
    if (tree(main)?.name !== 'w:document') {
      const detail = spoiled.includes(main)
        ? `The part ${main} is not well-formed XML.`
        : otherPackage(zip.names);
      return { ok: false, unsafe: false, detail };
    }
    const bytesOf: WordPackage['bytes'] = (name, most) =>
      zip.late(byLower.get(name.toLowerCase()) ?? name, most);
    return {
      ok: true,
      file: { main, part: tree, relations, related, spoiled, outside, bytes: bytesOf },
    };
  } catch (error) {
    if (error instanceof XmlRefusal)
      return { ok: false, unsafe: error.unsafe, detail: error.message };
    throw error;
  }
}
