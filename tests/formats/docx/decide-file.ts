/** A Word file after somebody has accepted or rejected all of its changes in Word: rows, runs and paragraph marks go, or
 *  stay as plain ones. Written from Word's rules, apart from the reader. */
import { XMLSerializer, type Element } from '@xmldom/xmldom';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { treeOf } from '#tests/formats/docx/word-file.ts';

const main = 'word/document.xml';

const elementsOf = (node: Element): Element[] =>
  [...node.childNodes].filter((one): one is Element => one.nodeType === 1);
const childOf = (node: Element | undefined, name: string): Element | undefined =>
  node && elementsOf(node).find(({ tagName }) => tagName === name);
const drop = (node: Element): void => void node.parentNode?.removeChild(node);

/** Puts the children of an element in its place. */
function unwrap(node: Element): void {
  for (let one = node.firstChild; one; one = node.firstChild)
    node.parentNode?.insertBefore(one, node);
  drop(node);
}

/** Decides every change of the body. */
export function decidedFile(bytes: Uint8Array, verdict: 'accept' | 'reject'): Uint8Array {
  const files = unzipSync(bytes);
  const tree = treeOf(strFromU8(files[main] ?? new Uint8Array()));
  const going = verdict === 'accept' ? ['w:del', 'w:moveFrom'] : ['w:ins', 'w:moveTo'];
  const kinds = ['w:ins', 'w:del', 'w:moveFrom', 'w:moveTo'];
  const all = (name: string): Element[] => [...tree.getElementsByTagName(name)];
  const changesIn = (node: Element | undefined): Element[] =>
    node ? elementsOf(node).filter(({ tagName }) => kinds.includes(tagName)) : [];
  for (const row of all('w:tr')) {
    const changes = changesIn(childOf(row, 'w:trPr'));
    if (changes.some(({ tagName }) => going.includes(tagName))) drop(row);
    else changes.forEach(drop);
  }
  for (const table of all('w:tbl')) if (!childOf(table, 'w:tr')) drop(table);
  const marks = new Set(
    all('w:p').flatMap((p) => changesIn(childOf(childOf(p, 'w:pPr'), 'w:rPr'))),
  );
  for (const kind of kinds)
    for (const one of all(kind)) {
      if (marks.has(one)) continue;
      if (going.includes(kind)) drop(one);
      else unwrap(one);
    }
  for (const one of all('w:delText')) {
    const text = tree.createElement('w:t');
    text.setAttribute('xml:space', 'preserve');
    while (one.firstChild) text.appendChild(one.firstChild);
    one.parentNode?.replaceChild(text, one);
  }
  for (const p of all('w:p')) {
    const pPr = childOf(p, 'w:pPr');
    const changes = changesIn(childOf(pPr, 'w:rPr'));
    const goes = changes.some(({ tagName }) => going.includes(tagName));
    changes.forEach(drop);
    if (!goes) continue;
    let next = p.nextSibling;
    while (next && next.nodeType !== 1) next = next.nextSibling;
    const content = [...p.childNodes].filter((one) => one !== pPr);
    if (next && (next as Element).tagName === 'w:p') {
      const own = childOf(next as Element, 'w:pPr');
      const first = own ? own.nextSibling : next.firstChild;
      for (const one of content) next.insertBefore(one, first);
      drop(p);
    } else if (!content.some((one) => one.textContent !== '')) drop(p);
  }
  const xml = new XMLSerializer().serializeToString(tree);
  return zipSync({ ...files, [main]: strToU8(xml) });
}
