/** Which of several forms of the same thing is read. The later forms ask for names that a program has to know; what is
 *  written for those who do not know them comes last. */
import { child, childrenOf, type XmlElement } from '#core/formats/docx/read-xml.ts';

/** What this reader knows: shapes, groups, canvases and the additions of Word that stand in the text. Not among them are
 *  the later names of emoji, ink, charts and solid bodies, whose words or pictures are in the last form alone. */
const known = new Set(['', 'wps', 'wpg', 'wpc', 'wp14', 'w14', 'w15', 'a14', 'v', 'm', 'w', 'wp']);

/** The first form of `mc:AlternateContent` that asks for nothing unknown, else the last resort, else the first. */
export function alternativeOf(element: XmlElement): XmlElement | undefined {
  const choices = childrenOf(element, 'mc:Choice');
  const fits = ({ attrs }: XmlElement): boolean =>
    (attrs['Requires'] ?? '').split(/\s+/).every((one) => known.has(one));
  return choices.find(fits) ?? child(element, 'mc:Fallback') ?? choices[0];
}
