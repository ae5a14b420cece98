/** A figure in the text: its picture, or what stands for one that is elsewhere or not to be had, then the caption. Nothing is loaded
 *  from the web: such a picture is named and linked. */
import type { Node } from 'prosemirror-model';
import type { NodeView } from 'prosemirror-view';
import { keptPicture, type KeptPicture } from '#core/article/picture.ts';
import type { BlockEntry } from '#core/article/schema.ts';
import { askInsert } from '#web/editor/picture-asks.ts';
import { hostOf, pictureWhere, tableWords } from '#web/ui/table-words.ts';

/** No picture is shown higher than this, in points. */
const highest = 640;

function made<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  text: string,
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

export class FigureView implements NodeView {
  readonly dom = document.createElement('figure');
  readonly contentDOM = document.createElement('figcaption');
  readonly #picture = document.createElement('div');
  readonly #getPos: () => number | undefined;
  /** Tries again what was not to be had, when there is a line again. */
  readonly #again = (): void => this.#draw();
  #node: Node;

  constructor(node: Node, getPos: () => number | undefined) {
    this.#node = node;
    this.#getPos = getPos;
    this.#picture.contentEditable = 'false';
    this.contentDOM.dataset['empty'] = tableWords.caption;
    this.dom.append(this.#picture, this.contentDOM);
    this.#say();
    this.#draw();
  }

  update(node: Node): boolean {
    if (node.type !== this.#node.type) return false;
    const { src, alt } = this.#node.attrs;
    const changed = node.attrs['src'] !== src || node.attrs['alt'] !== alt;
    this.#node = node;
    this.#say();
    if (changed) this.#draw();
    return true;
  }

  /** Says on the element which suggestions are about the figure as a whole, as other blocks do. */
  #say(): void {
    const entries = this.#node.attrs['sugg'] as readonly BlockEntry[];
    const { dataset } = this.dom;
    for (const name of ['sugg', 'whole', 'annotation']) delete dataset[name];
    const [last] = entries.toReversed();
    if (!last) return this.dom.removeAttribute('aria-details');
    dataset['annotation'] = last.id;
    this.dom.setAttribute('aria-details', `note-${last.id}`);
    dataset['sugg'] = entries.map(({ k, id }) => `${k}:${id}`).join(' ');
    dataset['whole'] = [...new Set(entries.map(({ k }) => k))].join(' ');
  }

  #draw(): void {
    const { src, alt } = this.#node.attrs as { src: string; alt: string };
    const kept = keptPicture(src);
    if (kept) this.#drawKept(kept, alt);
    else this.#drawNamed(alt, pictureWhere(src), hostOf(src) === '' ? null : src);
    const word = alt === '' ? tableWords.undescribed : tableWords.describe;
    const describe = made('button', '', word);
    describe.type = 'button';
    describe.title = alt;
    describe.addEventListener('click', () => {
      const pos = this.#getPos();
      if (pos !== undefined) askInsert({ what: 'describe', pos });
    });
    this.#picture.append(describe);
  }

  /** A picture of the house. Its place has its size before it is there. */
  #drawKept({ hash, size }: KeptPicture, alt: string): void {
    const image = document.createElement('img');
    image.alt = alt;
    image.decoding = 'async';
    image.draggable = false;
    const frame = made('span', 'picture-frame', '');
    if (size) {
      const { width, height } = size;
      image.width = width;
      image.height = height;
      const shown = Math.min(width, (highest * width) / height);
      frame.style.inlineSize = `min(100%, ${shown}px)`;
      image.style.inlineSize = '100%';
      image.style.aspectRatio = `${width} / ${height}`;
    }
    frame.append(image);
    image.addEventListener('error', () => {
      if (!image.isConnected) return;
      window.addEventListener('online', this.#again, { once: true });
      const describe = this.#picture.querySelector('button');
      this.#drawNamed(alt, tableWords.missing, null);
      if (describe) this.#picture.append(describe);
    });
    image.src = `/api/assets/${hash}`;
    this.#picture.className = 'kept-picture';
    this.#picture.replaceChildren(frame);
  }

  /** What is seen on a picture, and where that is. */
  #drawNamed(alt: string, whereabouts: string, address: string | null): void {
    this.#picture.className = 'picture';
    const what = made('span', 'picture-alt', alt === '' ? tableWords.picture : alt);
    what.dir = 'auto';
    this.#picture.replaceChildren(what, made('span', 'picture-where', whereabouts));
    if (address === null) return;
    const link = made('a', '', tableWords.open);
    link.href = address;
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
    link.setAttribute('aria-label', tableWords.openIn(hostOf(address)));
    this.#picture.append(link);
  }

  destroy(): void {
    window.removeEventListener('online', this.#again);
  }

  stopEvent(event: Event): boolean {
    return event.target instanceof Element && event.target.closest('a, button') !== null;
  }

  ignoreMutation(mutation: { type: string; target: globalThis.Node }): boolean {
    return mutation.type !== 'selection' && !this.contentDOM.contains(mutation.target);
  }
}
