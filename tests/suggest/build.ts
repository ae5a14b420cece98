/** Small articles and single suggestions for named tests. */
import type { Node } from 'prosemirror-model';
import { Transform, type Step } from 'prosemirror-transform';
import { schema } from '#core/article/schema.ts';
import { track, type Tracked, type Tracks } from '#core/suggest/track.ts';
import { run } from '#tests/suggest/laws.ts';

const inline = (text: string) => (text ? [schema.text(text)] : []);

/** An article with a headline and these paragraphs. */
export function article(...paragraphs: string[]): Node {
  const body = paragraphs.map((text) => schema.node('block', null, inline(text)));
  return schema.node('doc', null, [schema.node('headline', null, inline('Head')), ...body]);
}

/** Where `words` start in the document, counting struck and inserted text alike. */
export function at(doc: Node, words: string): number {
  let found = -1;
  doc.forEach((block, offset) => {
    const index = block.textBetween(0, block.content.size, '', '\ufffc').indexOf(words);
    if (found < 0 && index >= 0) found = offset + 1 + index;
  });
  if (found < 0) throw new Error(`"${words}" is not in ${String(doc)}`);
  return found;
}

/** Tracks a change by `by` under `id`; `id` is reused when it is nearby. Throws when it is refused. */
export function suggest(
  doc: Node,
  by: string,
  id: string,
  change: (tr: Transform) => unknown,
  tracks?: Tracks,
): Tracked {
  const tr = new Transform(doc);
  change(tr);
  const result = track(doc, tr, by, { idFor: () => id }, tracks);
  if ('refused' in result) throw new Error(`refused: ${result.refused}`);
  run(doc, result.steps);
  return result;
}

/** Inserts plain text. */
export const type = (words: string, pos: number) => (tr: Transform) =>
  tr.insert(pos, schema.text(words));

/** Replaces the first occurrence of `words`; deletes it when nothing is put in its place. */
export const replace = (words: string, by: string) => (tr: Transform) => {
  const from = at(tr.doc, words);
  return by
    ? tr.replaceWith(from, from + words.length, schema.text(by))
    : tr.delete(from, from + words.length);
};

/** The body as text, with `[-struck-]` and `{+inserted+}`, the author's initial after the sign; `¶` for boundaries. */
export function shown(doc: Node): string {
  const blocks: string[] = [];
  doc.forEach((block) => {
    if (block.type.name === 'headline') return;
    const entries = (block.attrs['sugg'] ?? []) as { k: string; by: string }[];
    const signs = entries.map(({ k, by }) => `<${k}:${by}>`).join('');
    let text = '';
    block.forEach((node) => {
      let piece = node.text ?? '_';
      for (const mark of node.marks) {
        const by = mark.attrs['by'] as string | undefined;
        if (mark.type.name === 'insertion') piece = `{+${piece}+${by}}`;
        else if (mark.type.name === 'deletion') piece = `[-${piece}-${by}]`;
        else if (mark.type.name === 'format') piece = `(~${piece}~${by})`;
      }
      text += piece;
    });
    blocks.push(signs + text);
  });
  return blocks.join(' ¶ ');
}

/** Carries steps over others that were applied to the same document first, and applies them. */
export function after(doc: Node, first: readonly Step[], second: readonly Step[]): Node {
  let head = run(doc, first);
  const maps = first.map((step) => step.getMap());
  for (const step of second) {
    const mapped = maps.reduce<Step | null>((one, map) => one && one.map(map), step);
    if (mapped) head = run(head, [mapped]);
  }
  return head;
}
