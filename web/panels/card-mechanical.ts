/** Whether a suggestion is clean-up that no reader would hear: only spaces, quotation marks or dashes change.
 *  Words between quotation marks are somebody else's, so nothing there is clean-up. */
import type { Node } from 'prosemirror-model';

/** One suggestion in its block: the text as filed, with only this suggestion accepted, and where the filed text is touched. */
interface Change {
  filed: string;
  edited: string;
  touched: { from: number; to: number }[];
}

const carries = (node: Node, mark: 'insertion' | 'deletion', id?: string): boolean =>
  node.marks.some(
    ({ type, attrs }) => type.name === mark && (id === undefined || attrs['id'] === id),
  );

function changeIn(block: Node, id: string): Change {
  const change: Change = { filed: '', edited: '', touched: [] };
  block.forEach((node) => {
    const text = node.isText ? (node.text ?? '') : '\ufffc';
    const at = change.filed.length;
    const last = change.touched.at(-1);
    if (carries(node, 'insertion')) {
      if (!carries(node, 'insertion', id)) return;
      change.edited += text;
      // New words behind struck ones are their replacement, not a place of their own.
      if (last?.to !== at) change.touched.push({ from: at, to: at });
      return;
    }
    change.filed += text;
    if (!carries(node, 'deletion', id)) change.edited += text;
    else if (last?.to === at) last.to = change.filed.length;
    else change.touched.push({ from: at, to: change.filed.length });
  });
  return change;
}

/** Two texts that differ only in spaces, in the form of quotation marks or in the form of dashes fold to the same.
 *  A space between two words, a hyphen inside one, and a mark that is new or gone are no matter of form. */
export const folded = (text: string): string =>
  text
    .replaceAll(/[“”„‟«»]/gu, '"')
    .replaceAll(/[‘’‚‛‹›`´]/gu, "'")
    .replaceAll(/\s*(?:[–—―]|--+)\s*|\s+-\s+/gu, '–')
    .replaceAll(/(?<=\d)-(?=\d)/gu, '–')
    .replaceAll(/\s+(?=[,.;:!?…)\]](?![\p{L}\p{N}]))/gu, '')
    .replaceAll(/(?<=[([])\s+/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .trim();

/** The stretches between quotation marks, the marks left out. Rather too much than too little: a mark that nothing closes
 *  quotes the rest of the block, and an apostrophe that could close a quotation does not end the stretch while a later one could. */
export function quotedStretches(text: string): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  const doubles: Readonly<Record<string, string>> = { '“': '”"', '„': '“”"', '«': '»', '"': '"”' };
  let open: { at: number; closers: string } | null = null;
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? '';
    if (open?.closers.includes(char)) {
      found.push({ from: open.at + 1, to: i });
      open = null;
    } else if (!open && doubles[char] !== undefined) open = { at: i, closers: doubles[char] };
  }
  if (open) found.push({ from: open.at + 1, to: text.length });
  for (const { index } of text.matchAll(/(?<![\p{L}\p{N}])['‘](?=\S)/gu)) {
    const closer = [...text.slice(index + 1).matchAll(/(?<=\S)['’](?![\p{L}\p{N}])/gu)].at(-1);
    if (closer) found.push({ from: index + 1, to: index + 1 + closer.index });
  }
  return found;
}

/** True when the suggestion changes nothing but spaces, quotation marks and dashes of its block, outside quotations. */
export function isMechanical(block: Node, id: string): boolean {
  if (block.attrs['style'] === 'quote') return false;
  const { filed, edited, touched } = changeIn(block, id);
  if (filed === edited || folded(filed) !== folded(edited)) return false;
  const quoted = quotedStretches(filed);
  return !touched.some((one) =>
    quoted.some((stretch) =>
      one.from === one.to
        ? stretch.from <= one.from && one.from <= stretch.to
        : one.from < stretch.to && one.to > stretch.from,
    ),
  );
}
