/** The document as a run of tokens, one for each position: what lets removed text be recognised when it returns. */
import type { Node } from 'prosemirror-model';

/** Tokens of `from`..`to`: a UTF-16 unit, `@type:id` for an atom, `<type` for a block's opening, `>` for its end. Marks do not count. */
export function tokensBetween(doc: Node, from: number, to: number): string[] {
  const tokens: string[] = [];
  if (from >= to) return tokens;
  doc.forEach((block, offset) => {
    const end = offset + block.nodeSize;
    if (end <= from || offset >= to) return;
    if (offset >= from) tokens.push(`<${block.type.name}`);
    block.forEach((inline, at) => {
      const start = offset + 1 + at;
      if (start + inline.nodeSize <= from || start >= to) return;
      if (inline.isText) {
        const text = inline.text ?? '';
        for (const unit of text.slice(Math.max(0, from - start), to - start).split(''))
          tokens.push(unit);
      } else tokens.push(`@${inline.type.name}:${String(inline.attrs['id'] ?? '')}`);
    });
    if (end - 1 >= from && end <= to) tokens.push('>');
  });
  return tokens;
}

/** Where `part` stands in `whole` as a contiguous run, or -1. */
export function indexOfRun(whole: readonly string[], part: readonly string[]): number {
  if (part.length === 0) return -1;
  outer: for (let i = 0; i + part.length <= whole.length; i++) {
    for (let j = 0; j < part.length; j++) if (whole[i + j] !== part[j]) continue outer;
    return i;
  }
  return -1;
}
