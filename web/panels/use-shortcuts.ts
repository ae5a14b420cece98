/** The keyboard of the article page: single keys outside text, and the three that start an annotation anywhere. */
import { TextSelection } from 'prosemirror-state';
import { useEffect } from 'react';
import { annotationsOf, type Annotation } from '#web/panels/annotations.ts';
import { cardsOf, cardWith, decidedWith } from '#web/panels/card-groups.ts';
import { choicesFor } from '#web/panels/choose.ts';
import { focusCard, openVerdict } from '#web/panels/focus-card.ts';
import { usePage, type Draft } from '#web/panels/page-state.tsx';
import { stepRegion } from '#web/panels/regions.ts';
import { commandOf, mayDecide, type Command } from '#web/panels/shortcuts.ts';
import { useCloseAndGoOn, useMove } from '#web/panels/use-move.ts';
import { useSession } from '#web/panels/use-session.ts';
import { placeOf } from '#web/session/annotations.ts';
import { singleKeys } from '#web/ui/preferences.ts';

const starts: Readonly<Record<string, Draft['kind']>> = {
  KeyM: 'comment',
  KeyK: 'fact',
  KeyG: 'suggestion',
};
const modes = { Digit1: 'read', Digit2: 'suggest', Digit3: 'edit' } as const;
const isMode = (code: string): code is keyof typeof modes => code in modes;

/** Commands for the card in focus. */
const ofCards: ReadonlySet<Command> = new Set([
  'accept',
  'stet',
  'resolve',
  'reply',
  'verdict',
  'fix',
]);

/** True where letters are typed, or where an open menu or dialog has the keyboard. */
function isBusy(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.closest(
      'input, textarea, select, [role="dialog"], [role="alertdialog"], [role="menu"]',
    ) !== null
  );
}

export function useShortcuts({
  annotate,
  openPalette,
}: {
  annotate: (kind: Draft['kind']) => boolean;
  openPalette: () => void;
}): void {
  const session = useSession();
  const page = usePage();
  const move = useMove();
  const closeAndGoOn = useCloseAndGoOn();
  useEffect(() => {
    const focusedItem = (): Annotation | undefined => {
      const { focused, review } = session.getSnapshot();
      return annotationsOf(review).find((item) => item.id === focused);
    };
    const decide = (command: 'accept' | 'stet' | 'resolve'): void => {
      const item = focusedItem();
      if (!item) return;
      const { seen } = page;
      const paintedAt = seen.current?.id === item.id ? seen.current.at : null;
      if (!mayDecide(paintedAt, performance.now())) return;
      const { review, standing } = session.getSnapshot();
      const choices = choicesFor(item, standing);
      const groups = cardsOf(review, page.apart);
      const items = cardWith(groups, item.id)?.items ?? [item];
      const ids = (does: 'accept' | 'stet' | 'withdraw'): readonly string[] =>
        decidedWith(groups, item.id, does);
      if (command === 'accept' && choices.accept)
        closeAndGoOn(items, () => session.accept(ids('accept')));
      if (command === 'stet' && choices.stet) closeAndGoOn(items, () => session.stet(ids('stet')));
      if (command === 'stet' && choices.withdraw)
        closeAndGoOn(items, () => session.stet(ids('withdraw')));
      if (command === 'resolve' && choices.resolve)
        closeAndGoOn([item], () => session.resolve(item.id));
    };
    const act = (command: Command): void => {
      // In the list nothing is decided: what a card says is read there first.
      if (page.listing && ofCards.has(command)) return;
      switch (command) {
        case 'next':
          move(1);
          break;
        case 'previous':
          move(-1);
          break;
        case 'accept':
        case 'stet':
        case 'resolve':
          decide(command);
          break;
        case 'reply': {
          const { focused } = session.getSnapshot();
          if (focused !== null) focusCard(focused, 'reply');
          break;
        }
        case 'verdict': {
          const { focused } = session.getSnapshot();
          if (focused !== null) openVerdict(focused);
          break;
        }
        case 'fix': {
          const { focused, review } = session.getSnapshot();
          const place = focused === null ? null : placeOf(review, focused);
          if (!place || place.to <= place.from) break;
          const { doc, tr } = session.state;
          session.dispatch(tr.setSelection(TextSelection.create(doc, place.from, place.to)));
          annotate('suggestion');
          break;
        }
        case 'filter-all':
          page.setFilter('all');
          break;
        case 'filter-suggestion':
          page.setFilter('suggestion');
          break;
        case 'filter-fact':
          page.setFilter('fact');
          break;
        case 'filter-comment':
          page.setFilter('comment');
          break;
        case 'rail':
          page.setRailOpen(true);
          break;
        case 'help':
          page.openDialog('help');
          break;
      }
    };
    const find = (): void => page.find(false);
    const replace = (): void => page.find(true);
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const kind = starts[event.code];
      const mod = event.ctrlKey || event.metaKey;
      // Right Alt types letters on many layouts and arrives as Ctrl+Alt there.
      if (mod && event.altKey && !event.getModifierState('AltGraph')) {
        if (isMode(event.code)) {
          event.preventDefault();
          session.setMode(modes[event.code]);
        } else if (kind && annotate(kind)) event.preventDefault();
        else if (event.code === 'KeyR' && session.getSnapshot().focused !== null) {
          event.preventDefault();
          act('reply');
        }
        return;
      }
      if (event.key === 'F6') {
        event.preventDefault();
        stepRegion(event.shiftKey ? -1 : 1, () => page.focusText());
        return;
      }
      // Where the system takes Ctrl or Cmd with H, Shift comes to help.
      const ask = event.shiftKey
        ? { KeyH: replace }[event.code]
        : { KeyK: openPalette, KeyF: find, KeyH: replace }[event.code];
      if (mod && !event.altKey && ask) {
        event.preventDefault();
        ask();
        return;
      }
      if (isBusy(event.target)) return;
      if (event.key === 'Escape') {
        const card = event.target instanceof Element && event.target.closest('[data-card]');
        if (card) page.focusText(session.getSnapshot().focused ?? undefined);
        else session.focus(null);
        return;
      }
      const command = singleKeys() ? commandOf(event) : null;
      if (!command) return;
      event.preventDefault();
      act(command);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [session, page, move, closeAndGoOn, annotate, openPalette]);
}
