/** Lists: Word keeps a numbering apart from the items, which name it. Every ordered list has one of its own, so that
 *  it begins where it should. */
import type { ListAttr } from '#core/article/schema.ts';
import { declared } from '#core/formats/docx/namespaces.ts';
import { element } from '#core/formats/docx/xml.ts';

const bullets = ['•', '◦', '▪'];
const bulletId = 1;

/** A list that goes on; null for a level that was jumped over. */
type OpenList = { kind: ListAttr['kind']; num: number } | null;

/** Gives items their numberings, and makes the part. */
export class Numbering {
  private readonly starts: { level: number; start: number }[] = [];
  private readonly open: OpenList[] = [];
  private used = false;

  /** The properties of an item. Call for each block of the body in its order, with null for what is no item. */
  item(list: ListAttr | null): string {
    if (!list) {
      this.open.length = 0;
      return '';
    }
    this.open.length = Math.min(this.open.length, list.level + 1);
    let here = this.open[list.level];
    if (here?.kind !== list.kind) {
      here = { kind: list.kind, num: this.numFor(list) };
      while (this.open.length < list.level) this.open.push(null);
      this.open[list.level] = here;
    }
    return numPr(list.level, here.num);
  }

  /** The properties of an item as it was, for a suggested style. */
  was(list: ListAttr | null): string {
    return list ? numPr(list.level, this.numFor(list)) : '';
  }

  private numFor({ kind, level, start }: ListAttr): number {
    this.used = true;
    if (kind === 'bullet') return bulletId;
    return bulletId + this.starts.push({ level, start });
  }

  /** word/numbering.xml, or null for a document without lists. */
  part(): string | null {
    if (!this.used) return null;
    const nums = this.starts.map(({ level, start }, i) =>
      element(
        'w:num',
        { 'w:numId': bulletId + 1 + i },
        element('w:abstractNumId', { 'w:val': 1 }) +
          element(
            'w:lvlOverride',
            { 'w:ilvl': level },
            element('w:startOverride', { 'w:val': start }),
          ),
      ),
    );
    const bullet = element(
      'w:num',
      { 'w:numId': bulletId },
      element('w:abstractNumId', { 'w:val': 0 }),
    );
    return element(
      'w:numbering',
      declared(['w']),
      abstractNum(0, 'bullet') + abstractNum(1, 'decimal') + bullet + nums.join(''),
    );
  }
}

const numPr = (level: number, num: number): string =>
  element(
    'w:numPr',
    {},
    element('w:ilvl', { 'w:val': level }) + element('w:numId', { 'w:val': num }),
  );

function abstractNum(id: number, format: 'bullet' | 'decimal'): string {
  const levels = Array.from({ length: 9 }, (_, level) => {
    const text = format === 'bullet' ? (bullets[level % 3] ?? '•') : `%${level + 1}.`;
    return element(
      'w:lvl',
      { 'w:ilvl': level },
      element('w:start', { 'w:val': 1 }) +
        element('w:numFmt', { 'w:val': format }) +
        element('w:lvlText', { 'w:val': text }) +
        element('w:lvlJc', { 'w:val': 'left' }) +
        element('w:pPr', {}, element('w:ind', { 'w:left': 720 * (level + 1), 'w:hanging': 360 })),
    );
  });
  return element(
    'w:abstractNum',
    { 'w:abstractNumId': id },
    element('w:multiLevelType', { 'w:val': 'hybridMultilevel' }) + levels.join(''),
  );
}
