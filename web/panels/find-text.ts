/** Finding words in the drawn article. The places are ranges of the page; the text itself is not touched. */

const most = 2000;

/** Lower case without marks over letters; a letter stays one character, so that places in it are places in the text. */
const plain = (text: string): string =>
  [...text]
    .map((letter) => {
      const bare = letter.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
      return bare.length === letter.length ? bare : letter;
    })
    .join('')
    .replace(/[‘’]/gu, "'")
    .replace(/[“”]/gu, '"')
    .replace(/\u00a0/gu, ' ');

/** Every place of `words` in `text`, case, accents and the form of quotation marks aside. */
export function placesOf(text: string, words: string): number[] {
  const wanted = plain(words);
  if (wanted.trim() === '') return [];
  const within = plain(text);
  const places: number[] = [];
  for (let at = within.indexOf(wanted); at >= 0; at = within.indexOf(wanted, at + wanted.length)) {
    places.push(at);
    if (places.length >= most) break;
  }
  return places;
}

/** The places in the drawn article, block by block, over the seams of its marks. */
export function findInArticle(root: Element, words: string): Range[] {
  const found: Range[] = [];
  for (const block of root.children) {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement?.closest('[aria-hidden="true"]')
        ? NodeFilter.FILTER_REJECT
        : NodeFilter.FILTER_ACCEPT,
    );
    const nodes: { node: Text; start: number }[] = [];
    let text = '';
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      nodes.push({ node: node as Text, start: text.length });
      text += node.textContent ?? '';
    }
    const at = (offset: number, end: boolean): [Text, number] | null => {
      const in_ = nodes.findLast(({ start }) => (end ? start < offset : start <= offset));
      return in_ ? [in_.node, offset - in_.start] : null;
    };
    for (const place of placesOf(text, words)) {
      const from = at(place, false);
      const to = at(place + words.length, true);
      if (!from || !to) continue;
      const range = document.createRange();
      range.setStart(...from);
      range.setEnd(...to);
      // Words that this reading of the text hides cannot be gone to.
      if (range.getClientRects().length > 0) found.push(range);
    }
  }
  return found;
}
