/** Large first letters. In the file such a letter is a paragraph of its own; to who reads it, it begins the next one. */
import { child, type XmlElement } from '#core/formats/docx/read-xml.ts';

const dropped = /^(?:drop|margin)$/;

function isInitial(one: XmlElement): boolean {
  if (one.name !== 'w:p') return false;
  const pPr = child(one, 'w:pPr');
  const cap = child(pPr, 'w:framePr')?.attrs['w:dropCap'] ?? '';
  const isChanged = child(pPr, 'w:rPr')?.children.some(({ name }) =>
    /^w:(?:ins|del|move)/.test(name),
  );
  return dropped.test(cap) && isChanged !== true;
}

const words = ({ children }: XmlElement): XmlElement[] =>
  children.filter(({ name }) => name !== 'w:pPr');

/** The elements with each such letter at the head of the paragraph after it; `found` hears of each. */
export function withInitials(elements: readonly XmlElement[], found: () => void): XmlElement[] {
  const out: XmlElement[] = [];
  let initial: XmlElement | null = null;
  for (const one of elements) {
    if (initial !== null && one.name === 'w:p') {
      const own = one.children.filter(({ name }) => name === 'w:pPr');
      out.push({ ...one, children: [...own, ...words(initial), ...words(one)] });
      initial = null;
      found();
    } else if (isInitial(one)) initial = one;
    else {
      if (initial !== null && one.children.length > 0) {
        out.push(initial);
        initial = null;
      }
      out.push(one);
    }
  }
  if (initial !== null) out.push(initial);
  return out;
}
