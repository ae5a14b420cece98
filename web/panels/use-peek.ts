/** A look at the text as edited, or from there as filed, for as long as a key is held. */
import { useEffect } from 'react';
import { useSession } from '#web/panels/use-session.ts';
import { singleKeys } from '#web/ui/preferences.ts';
import type { View } from '#web/session/snapshot.ts';

/** What is shown while the key is held, by what was shown before. */
export const peeked = (view: View): View => (view === 'accepted' ? 'original' : 'accepted');

/** True where letters are typed, or where an open menu or dialog has the keyboard. */
const isTaken = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.closest(
      'input, textarea, select, [role="dialog"], [role="alertdialog"], [role="menu"]',
    ) !== null);

/** Mod+Alt+0 anywhere, the backquote outside text. Right Alt types letters on many layouts and is left alone. */
function isPeek(event: KeyboardEvent): boolean {
  const mod = event.ctrlKey || event.metaKey;
  if (mod && event.altKey) return event.code === 'Digit0' && !event.getModifierState('AltGraph');
  return (
    event.key === '`' &&
    singleKeys() &&
    !mod &&
    !event.altKey &&
    !event.isComposing &&
    !isTaken(event.target)
  );
}

const endings: ReadonlySet<string> = new Set(['Digit0', 'Backquote']);
const modifiers: ReadonlySet<string> = new Set(['Control', 'Meta', 'Alt']);

export function usePeek(): void {
  const session = useSession();
  useEffect(() => {
    let held: { back: View; plain: boolean } | null = null;
    const end = (): void => {
      if (!held) return;
      session.setView(held.back);
      held = null;
    };
    const onDown = (event: KeyboardEvent): void => {
      if (!isPeek(event)) return;
      event.preventDefault();
      if (held) return;
      const back = session.getSnapshot().view;
      held = { back, plain: event.key === '`' };
      session.setView(peeked(back));
    };
    const onUp = (event: KeyboardEvent): void => {
      if (event.key === '`' || endings.has(event.code)) end();
      else if (held && !held.plain && modifiers.has(event.key)) end();
    };
    window.addEventListener('keydown', onDown);
    window.addEventListener('keyup', onUp);
    // A key let go in another window is not told here.
    window.addEventListener('blur', end);
    return () => {
      window.removeEventListener('keydown', onDown);
      window.removeEventListener('keyup', onUp);
      window.removeEventListener('blur', end);
      end();
    };
  }, [session]);
}
