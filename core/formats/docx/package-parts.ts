/** The parts of a Word file on their way into the package: each with its type, and the relations between them. */
import { strToU8, zipSync, type Zippable } from 'fflate';
import { element, xmlPart } from '#core/formats/docx/xml.ts';
import { namespaces } from '#core/formats/docx/namespaces.ts';

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const microsoft = 'http://schemas.microsoft.com/office';

/** The types of relations. */
const relations = {
  document: `${office}/officeDocument`,
  core: 'http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties',
  app: `${office}/extended-properties`,
  styles: `${office}/styles`,
  settings: `${office}/settings`,
  numbering: `${office}/numbering`,
  footnotes: `${office}/footnotes`,
  header: `${office}/header`,
  hyperlink: `${office}/hyperlink`,
  image: `${office}/image`,
  customXml: `${office}/customXml`,
  customXmlProps: `${office}/customXmlProps`,
  comments: `${office}/comments`,
  commentsExtended: `${microsoft}/2011/relationships/commentsExtended`,
  commentsIds: `${microsoft}/2016/09/relationships/commentsIds`,
  commentsExtensible: `${microsoft}/2018/08/relationships/commentsExtensible`,
  people: `${microsoft}/2011/relationships/people`,
} as const;
export type Relation = keyof typeof relations;

interface Related {
  type: Relation;
  target: string;
  external: boolean;
}

/** A package that is being put together. The same calls in the same order give the same bytes. */
export class PackageParts {
  private readonly files = new Map<string, Uint8Array>();
  private readonly types = new Map<string, string>();
  /** Content types by the endings of names; those of pictures join when there are any. */
  private readonly endings = new Map([
    ['rels', 'application/vnd.openxmlformats-package.relationships+xml'],
    ['xml', 'application/xml'],
    ['png', 'image/png'],
  ]);
  /** Parts that are packed already, as pictures are. */
  private readonly packed = new Set<string>();
  private readonly related = new Map<string, Related[]>();
  /** The number of each relation among those of its part. */
  private readonly known = new Map<string, number>();

  /** Adds a part. `name` is its path without a leading slash, `type` its content type; null for the defaults. */
  add(name: string, content: string | Uint8Array, type: string | null): void {
    this.files.set(name, typeof content === 'string' ? strToU8(xmlPart(content)) : content);
    if (type !== null) this.types.set(name, type);
  }

  /** Adds a picture, which goes in as it is. */
  addPicture(name: string, bytes: Uint8Array, type: string): void {
    this.files.set(name, bytes);
    this.endings.set(name.slice(name.lastIndexOf('.') + 1), type);
    this.packed.add(name);
  }

  /** The id of a relation of a part; '' is the package itself. The same relation has the same id. */
  relate(from: string, type: Relation, target: string, external = false): string {
    const list = this.related.get(from) ?? [];
    this.related.set(from, list);
    const key = `${from}\n${type}\n${target}`;
    const at = this.known.get(key) ?? list.push({ type, target, external });
    this.known.set(key, at);
    return `rId${at}`;
  }

  /** The bytes of the file. */
  pack(): Uint8Array {
    const out: Zippable = {};
    out['[Content_Types].xml'] = strToU8(xmlPart(this.contentTypes()));
    const all = new Map(this.files);
    for (const [from, list] of this.related) {
      const cut = from.lastIndexOf('/') + 1;
      const name = `${from.slice(0, cut)}_rels/${from.slice(cut)}.rels`;
      all.set(name, strToU8(xmlPart(relationshipsOf(list))));
    }
    const order = (name: string): string => (name === '_rels/.rels' ? '' : name);
    const names = [...all.keys()].toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
    for (const name of names) {
      const content = all.get(name) ?? new Uint8Array();
      out[name] = this.packed.has(name) ? [content, { level: 0 }] : content;
    }
    // A zip keeps the hour of the clock on the wall: a time without a zone is the same everywhere.
    return zipSync(out, { level: 6, mtime: '1980-01-01T00:00:00' });
  }

  private contentTypes(): string {
    const defaults = [...this.endings].map(([ending, type]) =>
      element('Default', { Extension: ending, ContentType: type }),
    );
    const parts = [...this.types].map(([name, type]) =>
      element('Override', { PartName: `/${name}`, ContentType: type }),
    );
    return element('Types', { xmlns: namespaces.ct }, [...defaults, ...parts].join(''));
  }
}

function relationshipsOf(list: readonly Related[]): string {
  const items = list.map(({ type, target, external }, i) =>
    element('Relationship', {
      Id: `rId${i + 1}`,
      Type: relations[type],
      Target: target,
      TargetMode: external ? 'External' : undefined,
    }),
  );
  return element('Relationships', { xmlns: namespaces.rel }, items.join(''));
}
