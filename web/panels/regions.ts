/** F6 goes round the parts of the page: bar, rail, text, annotations; with Shift backwards. */

const focusable = 'a[href], button:not(:disabled), input, [tabindex="0"]';

interface Region {
  element: HTMLElement;
  enter(): void;
}

/** The parts that are on the screen, in order. `focusText` gives the keyboard to the text. */
function regions(focusText: () => void): Region[] {
  const found: Region[] = [];
  const add = (selector: string, enter: (element: HTMLElement) => void): void => {
    const element = document.querySelector<HTMLElement>(selector);
    if (element && !element.closest('[inert]') && element.getClientRects().length > 0)
      found.push({ element, enter: () => enter(element) });
  };
  const first = (element: HTMLElement): void =>
    element.querySelector<HTMLElement>(focusable)?.focus();
  add('header[data-bar]', first);
  add('[data-rail]', first);
  add('[data-list]', (element) =>
    (element.querySelector<HTMLElement>('[data-key]') ?? element).focus(),
  );
  add('.ProseMirror', focusText);
  add('#annotations', (element) => {
    const card =
      element.querySelector<HTMLElement>('[data-card][data-focused]') ??
      element.querySelector<HTMLElement>('[data-card]:not([data-away])');
    (card ?? element).focus({ preventScroll: true });
  });
  return found;
}

/** Moves the keyboard to the next part of the page, or the previous one. */
export function stepRegion(step: 1 | -1, focusText: () => void): void {
  const all = regions(focusText);
  const at = all.findIndex(({ element }) => element.contains(document.activeElement));
  const to = at < 0 ? (step === 1 ? 0 : all.length - 1) : (at + step + all.length) % all.length;
  all[to]?.enter();
}
