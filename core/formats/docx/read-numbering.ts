/** What the numberings of a Word file say about a list item: its kind, its depth and its number. */
import type { ListAttr } from '#core/article/schema.ts';
import { child, childrenOf, valueOf, type XmlElement } from '#core/formats/docx/read-xml.ts';

interface Level {
  kind: ListAttr['kind'] | null;
  start: number;
  /** Counted in letters, Roman numbers or the like. */
  foreign: boolean;
  /** The depth from 1 whose items begin it anew; null for every one above it, 0 for none. */
  restart: number | null;
}

interface Num {
  abstract: string;
  starts: ReadonlyMap<number, number>;
}

interface Counter {
  value: number;
  /** The number with which the list began that this item goes on. */
  first: number;
}

const numberOf = (text: string | undefined, otherwise: number): number => {
  const value = Number(text ?? otherwise);
  return Number.isInteger(value) && value >= 0 && value < 1_000_000 ? value : otherwise;
};

/** The numberings of a file, and the counters of its lists, which go on from item to item. */
export class Numberings {
  private readonly abstracts = new Map<string, Map<number, Level>>();
  private readonly links = new Map<string, string>();
  private readonly styled = new Map<string, string>();
  private readonly nums = new Map<string, Num>();
  private readonly counters = new Map<string, (Counter | undefined)[]>();
  /** True when letters or Roman numbers of a list have been read as numbers. */
  foreign = false;
  /** Overrides count once, where the list is first used. */
  private readonly begun = new Set<string>();
  private run: (string | undefined)[] = [];

  constructor(root: XmlElement | null) {
    for (const one of root?.children ?? []) {
      if (one.name === 'w:abstractNum') this.readAbstract(one);
      else if (one.name === 'w:num') this.readNum(one);
    }
  }

  private readAbstract(one: XmlElement): void {
    const id = one.attrs['w:abstractNumId'] ?? '';
    const levels = new Map<number, Level>();
    for (const lvl of childrenOf(one, 'w:lvl')) levels.set(...levelOf(lvl));
    this.abstracts.set(id, levels);
    const link = valueOf(one, 'w:numStyleLink');
    if (link !== undefined) this.links.set(id, link);
    const style = valueOf(one, 'w:styleLink');
    if (style !== undefined) this.styled.set(style, id);
  }

  private readNum(one: XmlElement): void {
    const starts = new Map<number, number>();
    for (const override of childrenOf(one, 'w:lvlOverride')) {
      const start = valueOf(override, 'w:startOverride');
      const own = valueOf(child(override, 'w:lvl'), 'w:start');
      if (start !== undefined || own !== undefined)
        starts.set(numberOf(override.attrs['w:ilvl'], 0), numberOf(start ?? own, 1));
    }
    const abstract = valueOf(one, 'w:abstractNumId') ?? '';
    this.nums.set(one.attrs['w:numId'] ?? '', { abstract, starts });
  }

  private levelsOf(num: Num): { id: string; levels: ReadonlyMap<number, Level> } {
    const link = this.links.get(num.abstract);
    const id = (link === undefined ? undefined : this.styled.get(link)) ?? num.abstract;
    return { id, levels: this.abstracts.get(id) ?? new Map<number, Level>() };
  }

  /** The item that properties speak of, counted; null for a paragraph that is none. `counts` is false for a look only. */
  item(numPr: XmlElement | undefined, counts: boolean): ListAttr | null {
    const numId = valueOf(numPr, 'w:numId') ?? '0';
    const num = this.nums.get(numId);
    if (!num || numId === '0') {
      if (counts) this.run = [];
      return null;
    }
    const level = Math.min(8, numberOf(valueOf(numPr, 'w:ilvl'), 0));
    const { id, levels } = this.levelsOf(num);
    const { kind, start, foreign } = levels.get(level) ?? {
      kind: 'bullet' as const,
      start: 1,
      foreign: false,
    };
    if (kind === null) return null;
    if (kind === 'bullet') {
      if (counts) this.goOn(numId, level);
      return { kind, level, start: 1 };
    }
    if (foreign) this.foreign = true;
    if (!counts) return { kind, level, start: num.starts.get(level) ?? start };
    const list = this.counters.get(id) ?? [];
    this.counters.set(id, list);
    const own = num.starts.get(level);
    const begins = own !== undefined && !this.begun.has(`${numId} ${level}`);
    const before = begins ? undefined : list[level];
    this.begun.add(`${numId} ${level}`);
    const value = before ? before.value + 1 : (own ?? start);
    // Within one run of items the number of the first is where the list starts.
    const goesOn = this.run[level] === numId && before !== undefined;
    const first = goesOn ? before.first : value;
    list[level] = { value, first };
    for (let deeper = level + 1; deeper < list.length; deeper += 1) {
      const restart = levels.get(deeper)?.restart ?? deeper;
      if (level < restart) list[deeper] = undefined;
    }
    this.goOn(numId, level);
    return { kind, level, start: first };
  }

  /** The lists that are open after an item, by level. */
  private goOn(numId: string, level: number): void {
    this.run = this.run.slice(0, level);
    this.run[level] = numId;
  }
}

function levelOf(lvl: XmlElement): [number, Level] {
  const format = valueOf(lvl, 'w:numFmt') ?? 'decimal';
  const kind = format === 'bullet' ? 'bullet' : format === 'none' ? null : 'ordered';
  const start = numberOf(valueOf(lvl, 'w:start'), 1);
  const restarts = valueOf(lvl, 'w:lvlRestart');
  const restart = restarts === undefined ? null : numberOf(restarts, 0);
  const level: Level = { kind, start, foreign: format !== 'decimal', restart };
  return [numberOf(lvl.attrs['w:ilvl'], 0), level];
}
