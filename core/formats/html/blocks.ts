/** Writes the body: sections by heading, nested lists rebuilt from the flat blocks, quotations joined. */
import type { BlockStyle, ListAttr } from '#core/article/schema.ts';
import { asides, contentHtml } from '#core/formats/html/content.ts';
import { figureHtml, tableHtml } from '#core/formats/html/whole.ts';
import { bodyParts, type CopyBlock, type ReadingCopy } from '#core/formats/reading-copy.ts';

const headingLevel: Partial<Record<BlockStyle, number>> = {
  heading1: 2,
  heading2: 3,
  heading3: 4,
  heading4: 5,
};

function element(style: BlockStyle, content: string): string {
  const level = headingLevel[style];
  if (level !== undefined) return `<h${level}>${content}</h${level}>\n`;
  if (style === 'quote') return `<blockquote><p>${content}</p></blockquote>\n`;
  return style === 'paragraph' ? `<p>${content}</p>\n` : `<p class="${style}">${content}</p>\n`;
}

interface OpenList {
  kind: ListAttr['kind'];
}

/** Writes body blocks one after another, keeping track of what is open. */
export function bodyHtml(
  copy: ReadingCopy,
  blocks: readonly CopyBlock[],
  seen: Set<string>,
): string {
  let out = '<section class="body">\n';
  const sections: number[] = [];
  const lists: OpenList[] = [];
  const closeLists = (depth: number): void => {
    while (lists.length > depth)
      out += `</li></${lists.pop()?.kind === 'ordered' ? 'ol' : 'ul'}>\n`;
  };
  for (const part of bodyParts(blocks)) {
    if (part.is === 'table' || part.block.node.type.name === 'figure') {
      closeLists(0);
      out +=
        part.is === 'table'
          ? tableHtml(copy, part.cells, seen)
          : figureHtml(copy, part.block, seen);
      continue;
    }
    const { block } = part;
    const style = block.node.attrs['style'] as BlockStyle;
    const list = block.node.attrs['list'] as ListAttr | null;
    const content = contentHtml(copy, block, seen);
    if (list) {
      openItem(list);
      out += (style === 'paragraph' ? content : element(style, content)) + asides(copy, block);
      continue;
    }
    closeLists(0);
    const level = headingLevel[style];
    if (level !== undefined) {
      while ((sections.at(-1) ?? 0) >= level) {
        out += '</section>\n';
        sections.pop();
      }
      out += '<section>\n';
      sections.push(level);
    }
    out += element(style, content) + asides(copy, block);
  }
  closeLists(0);
  return `${out}${'</section>\n'.repeat(sections.length + 1)}`;

  function openItem({ kind, level, start }: ListAttr): void {
    closeLists(level + 1);
    if (lists.length === level + 1 && lists[level]?.kind !== kind) closeLists(level);
    if (lists.length === level + 1) out += '</li>\n<li>';
    while (lists.length <= level) {
      const from = kind === 'ordered' && start !== 1 ? ` start="${start}"` : '';
      // A level that was jumped over gets an item without words, so that the depth stays what it is.
      out += kind === 'ordered' ? `<ol${from}>\n<li>` : '<ul>\n<li>';
      lists.push({ kind });
    }
  }
}
