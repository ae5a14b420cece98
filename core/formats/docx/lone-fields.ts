/** Beginnings of fields that never end. Word shows what follows them; taken for the code of a field, which nobody reads,
 *  the rest of the text would be lost. */
import type { XmlElement } from '#core/formats/docx/read-xml.ts';

/** Each is a text of its own, beyond which no field reaches. */
const stories = new Set(['w:body', 'w:footnote', 'w:endnote', 'w:txbxContent']);

/** Adds the beginnings without an end that are under an element. */
export function findLoneFields(root: XmlElement, found: Set<XmlElement>): void {
  let open: XmlElement[] = [];
  const walk = (one: XmlElement): void => {
    const outer = open;
    const isStory = stories.has(one.name);
    if (isStory) open = [];
    if (one.name === 'w:fldChar') {
      const type = one.attrs['w:fldCharType'];
      if (type === 'begin') open.push(one);
      else if (type === 'end') open.pop();
    }
    one.children.forEach(walk);
    if (!isStory) return;
    for (const lone of open) found.add(lone);
    open = outer;
  };
  walk(root);
}
