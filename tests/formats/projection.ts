/** Projects an import to the plain shape that the expected structures are written in. */
import type { Node } from 'prosemirror-model';
import type { BlockStyle, ListAttr } from '#core/article/schema.ts';
import type { ImportFlag, TextImport } from '#core/formats/read-text.ts';

type Inline = { text: string } | { footnoteRef: number } | { lineBreak: true };

function inlineOf(node: Node, numbers: Map<string, number>): Inline[] {
  const result: Inline[] = [];
  node.forEach((child) => {
    if (child.isText) result.push({ text: child.text ?? '' });
    else if (child.type.name === 'lineBreak') result.push({ lineBreak: true });
    else result.push({ footnoteRef: numbers.get(child.attrs['id'] as string) ?? 0 });
  });
  return result;
}

function shapeOf(node: Node): Record<string, unknown> {
  const style = node.attrs['style'] as BlockStyle;
  const list = node.attrs['list'] as ListAttr | null;
  if (list) return { type: 'item', ...list };
  const heading = /^heading(\d)$/.exec(style);
  return heading ? { type: 'heading', level: Number(heading[1]) + 1 } : { type: style };
}

function plainFlag(flag: ImportFlag): Record<string, unknown> {
  if (!('taken' in flag)) return { ...flag };
  return { kind: flag.kind, text: flag.text };
}

/** The shape of one import, as in tests/formats/texts/*.json. */
export function project(source: string, result: TextImport): Record<string, unknown> {
  const { doc } = result;
  const numbers = new Map<string, number>();
  doc.forEach((node) => {
    if (node.type.name === 'footnote') numbers.set(node.attrs['id'] as string, numbers.size + 1);
  });
  const head: Record<string, string | null> = { kicker: null, headline: null, byline: null };
  const body: Record<string, unknown>[] = [];
  const footnotes: { number: number; text: string }[] = [];
  let references = 0;
  doc.forEach((node) => {
    node.forEach((child) => {
      if (child.type.name === 'footnoteRef') references += 1;
    });
    if (node.type.name === 'block')
      body.push({ ...shapeOf(node), content: inlineOf(node, numbers) });
    else if (node.type.name === 'footnote')
      footnotes.push({ number: footnotes.length + 1, text: node.textContent });
    else head[node.type.name] = node.textContent === '' ? null : node.textContent;
  });
  return {
    source,
    language: result.language,
    masthead: head,
    body,
    footnotes,
    flags: result.flags.map(plainFlag),
    counts: {
      headings: body.filter((block) => block['type'] === 'heading').length,
      paragraphs: body.filter((block) => block['type'] === 'paragraph').length,
      footnoteRefs: references,
      footnotes: footnotes.length,
    },
  };
}
