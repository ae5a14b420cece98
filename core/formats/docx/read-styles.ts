/** What the styles of a Word file say about a paragraph or a run: which kind of block, emphasis, numbering. */
import type { BlockStyle } from '#core/article/schema.ts';
import {
  child,
  childrenOf,
  switchOf,
  valueOf,
  type XmlElement,
} from '#core/formats/docx/read-xml.ts';

/** What a paragraph style stands for. `role` is a part of the masthead, or a gap that is no paragraph at all. */
export interface StyleMeaning {
  style: BlockStyle | null;
  role: 'kicker' | 'headline' | 'standfirst' | 'byline' | 'gap' | null;
  /** The style is a list's, without saying which. */
  isList: boolean;
}

/** Emphasis; undefined where nothing is said. */
export interface Emphasis {
  bold: boolean | undefined;
  italic: boolean | undefined;
}

interface Style {
  name: string;
  basedOn: string;
  pPr: XmlElement | undefined;
  rPr: XmlElement | undefined;
}

/** Names of headings in the languages whose programs write them into the file. */
const headingName =
  /^(?:heading|überschrift|titre|título|titulo|titolo|kop|rubrik|overskrift|otsikko|nagłówek|nadpis|cím(?:sor)?|başlık|encabezado|cabeçalho|заголовок|标题|標題|見出し|제목|عنوان|כותרת|επικεφαλίδα)\s*(\d)$/iu;

const roleNames: readonly [RegExp, StyleMeaning['role']][] = [
  [
    /^(?:headline|title|titel|titre(?: principal)?|título|titolo|rubrik|название|标题|標題)$/iu,
    'headline',
  ],
  [/^(?:subtitle|untertitel|sous-titre|subtítulo|sottotitolo|standfirst|deck)$/iu, 'standfirst'],
  [/^kicker$/iu, 'kicker'],
  [/^byline$/iu, 'byline'],
  [/^table gap$/iu, 'gap'],
];

const styleNames: readonly [RegExp, BlockStyle][] = [
  [
    /^(?:intense quote|quote|quotations?|block text|zitat|citation|cita|citazione|blockquote)$/iu,
    'quote',
  ],
  [/^(?:caption|beschriftung|légende|legende|leyenda|didascalia)$/iu, 'caption'],
  [/^(?:image )?credit$/iu, 'credit'],
  [/^(?:biography|bio)$/iu, 'bio'],
];

const headings = ['heading1', 'heading2', 'heading3', 'heading4'] as const;
const plain: StyleMeaning = { style: null, role: null, isList: false };

/** Word itself follows eleven. */
const longestChain = 50;

/** The styles of a file. */
export class Styles {
  private readonly byId = new Map<string, Style>();
  private readonly meanings = new Map<string, StyleMeaning>();
  readonly normal: string;

  constructor(root: XmlElement | null) {
    let normal = 'Normal';
    for (const one of childrenOf(root ?? undefined, 'w:style')) {
      const id = one.attrs['w:styleId'] ?? '';
      this.byId.set(id, {
        name: valueOf(one, 'w:name') ?? id,
        basedOn: valueOf(one, 'w:basedOn') ?? '',
        pPr: child(one, 'w:pPr'),
        rPr: child(one, 'w:rPr'),
      });
      const isDefault = /^(?:1|true|on)$/.test(one.attrs['w:default'] ?? '');
      if (isDefault && one.attrs['w:type'] === 'paragraph') normal = id;
    }
    this.normal = normal;
  }

  /** A style and those it is based on, nearest first. */
  private chain(id: string): Style[] {
    const out: Style[] = [];
    const seen = new Set<string>();
    for (let at = id; !seen.has(at) && out.length < longestChain;) {
      seen.add(at);
      const style = this.byId.get(at);
      if (!style) break;
      out.push(style);
      at = style.basedOn;
    }
    return out;
  }

  /** What a paragraph style means: by its own name or level, or by that of a style it is based on. */
  meaningOf(id: string): StyleMeaning {
    const known = this.meanings.get(id);
    if (known) return known;
    const chain = this.chain(id);
    let meaning = plain;
    for (const style of chain.length > 0 ? chain : [{ name: id, pPr: undefined }]) {
      meaning = meaningOf(style.name, style.pPr);
      if (meaning.style !== null || meaning.role !== null) break;
    }
    if (meaning.style === null && meaning.role === null)
      meaning = { ...plain, isList: chain.some(({ name }) => /^list\b|^liste\b/iu.test(name)) };
    this.meanings.set(id, meaning);
    return meaning;
  }

  /** The numbering that a paragraph style brings with it. */
  numberingOf(id: string): XmlElement | undefined {
    for (const { pPr } of this.chain(id)) {
      const numPr = child(pPr, 'w:numPr');
      if (numPr) return numPr;
    }
    return undefined;
  }

  /** The emphasis of a style and those it is based on. Each says yes or no for itself; the nearest word counts. */
  emphasisOf(id: string): Emphasis {
    const found: Emphasis = { bold: undefined, italic: undefined };
    for (const { rPr } of this.chain(id)) {
      found.bold ??= switchOf(rPr, 'w:b');
      found.italic ??= switchOf(rPr, 'w:i');
    }
    return found;
  }
}

function meaningOf(name: string, pPr: XmlElement | undefined): StyleMeaning {
  const heading = headingName.exec(name)?.[1];
  if (heading !== undefined) return { ...plain, style: headingAt(Number(heading) - 1) };
  for (const [names, role] of roleNames) if (names.test(name)) return { ...plain, role };
  for (const [names, style] of styleNames) if (names.test(name)) return { ...plain, style };
  const level = outlineOf(pPr);
  return level === null ? plain : { ...plain, style: headingAt(level) };
}

const headingAt = (level: number): BlockStyle =>
  headings[Math.min(headings.length - 1, Math.max(0, level))] ?? 'heading4';

/** The outline level that properties give, from 0; null for body text. */
export function outlineOf(pPr: XmlElement | undefined): number | null {
  const level = Number(valueOf(pPr, 'w:outlineLvl') ?? '9');
  return Number.isInteger(level) && level >= 0 && level <= 8 ? level : null;
}

/** The heading of an outline level. */
export const headingOf = headingAt;
