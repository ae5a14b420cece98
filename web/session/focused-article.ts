/** The annotation in focus of an open article, and the ways from one to the next: by hand, by key, and when one is settled. */
import { openAnnotations, placeOf } from '#web/session/annotations.ts';
import { OpenArticle } from '#web/session/open-article.ts';
import { annotationInWords, sessionWords } from '#web/session/words.ts';

/** What is open with one annotation in focus, or none; each step says where it has come to. */
export abstract class FocusedArticle extends OpenArticle {
  /** Puts an annotation in focus, or none. */
  focus(id: string | null): void {
    if (id === this.focused) return;
    this.focused = id;
    this.focusedAt = Date.now();
    this.text.redraw();
    this.changed();
  }

  /** Goes to the next open annotation in the text; after the last one comes the first. */
  next(): void {
    this.#step(1);
  }

  previous(): void {
    this.#step(-1);
  }

  #step(by: 1 | -1): void {
    const open = openAnnotations(this.review);
    if (open.length === 0) {
      this.said = sessionWords.nothingOpen;
      this.changed();
      return;
    }
    const at = open.findIndex(({ id }) => id === this.focused);
    if (at >= 0) {
      this.#moveTo(open[(at + by + open.length) % open.length]?.id ?? null);
      return;
    }
    const place = this.focused === null ? null : placeOf(this.review, this.focused);
    const from = place?.from ?? this.state.selection.head;
    const found =
      by > 0
        ? (open.find((one) => one.from >= from) ?? open[0])
        : (open.findLast((one) => one.from < from) ?? open.at(-1));
    this.#moveTo(found?.id ?? null);
  }

  #moveTo(id: string | null): void {
    this.focus(id);
    const open = openAnnotations(this.review);
    const at = open.findIndex((one) => one.id === id);
    const one = open[at];
    if (one) this.said = `${annotationInWords(this.review, one)}. ${at + 1} of ${open.length}.`;
    this.changed();
  }

  /** Moves the focus from annotations that are settled to the next open one. */
  protected goOn(done: readonly string[], order: readonly string[]): void {
    const open = new Set(openAnnotations(this.review).map(({ id }) => id));
    const at = order.findIndex((id) => done.includes(id));
    const later = [...order.slice(at + 1), ...order.slice(0, Math.max(0, at))];
    const next = later.find((id) => open.has(id) && !done.includes(id)) ?? null;
    const said = this.said;
    this.#moveTo(next);
    this.said = next === null ? `${said} ${sessionWords.nothingElse}` : `${said} ${this.said}`;
  }
}
