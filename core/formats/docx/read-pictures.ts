/** Pictures and text boxes. A picture becomes a figure that names it; the picture itself is not taken out of the file. */
import { allowedPicture } from '#core/article/picture.ts';
import type { Reading } from '#core/formats/docx/reading.ts';
import type { Scope } from '#core/formats/docx/read-runs.ts';
import type { XmlElement } from '#core/formats/docx/read-xml.ts';
import { figureName } from '#core/formats/docx/write-picture.ts';
import { inQuotes } from '#core/formats/warning.ts';

/** Every element under one, itself included, without those of text boxes. */
function* under(element: XmlElement): Generator<XmlElement> {
  yield element;
  for (const one of element.children) {
    if (one.name === 'w:txbxContent') yield one;
    else if (one.name === 'mc:Fallback' && element.children[0] !== one) continue;
    else yield* under(one);
  }
}

/** Reads a drawing of whatever age. */
export function readPicture(reading: Reading, element: XmlElement, scope: Scope): void {
  const all = [...under(element)];
  const boxes = all.filter(({ name }) => name === 'w:txbxContent');
  if (boxes.length > 0) {
    scope.boxes.push(...boxes);
    reading.lost('the frame of a text box; its words stand after the paragraph', 'changed');
    return;
  }
  if (element.name === 'w:object') return reading.lost('an object of another program');
  const about = all.find(({ name }) => name === 'wp:docPr');
  const shape = all.find(({ name }) => name === 'v:shape' || name === 'v:rect');
  const blip = all.find(({ name }) => name === 'a:blip' || name === 'v:imagedata');
  if (!blip) return reading.lost('a drawing');
  const alt = about?.attrs['descr'] ?? shape?.attrs['alt'] ?? '';
  const relations = reading.file.relations(scope.part);
  const click = all.find(({ name }) => name === 'a:hlinkClick');
  const own = about?.attrs['name'] === figureName;
  const address = own
    ? (relations.get(click?.attrs['r:id'] ?? '')?.target ?? about.attrs['title'] ?? '')
    : linked(relations.get(blip.attrs['r:link'] ?? ''));
  const src = allowedPicture(address) ? address : '';
  scope.figures.push({ src, alt });
  if (own) return;
  const named = alt === '' ? (about?.attrs['name'] ?? 'without a description') : alt;
  reading.draft.warn(
    'changed',
    src === ''
      ? `The picture ${inQuotes(named)} is not kept; a figure with its description stands for it.`
      : `The picture ${inQuotes(named)} is named by its address.`,
  );
}

const linked = (relation: { target: string; external: boolean } | undefined): string =>
  relation?.external ? relation.target : '';
