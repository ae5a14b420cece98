/** The foot of a card: the reply field, which says who will read it, and the decisions this person may take. */
import { Check, MapPin, RotateCcw, Undo2, X } from 'lucide-react';
import type { ReactElement } from 'react';
import { annotationsOf, type Annotation } from '#web/panels/annotations.ts';
import { cardGroups, cardWith } from '#web/panels/card-groups.ts';
import { cardWords } from '#web/panels/card-words.ts';
import style from '#web/panels/card.module.css';
import type { Choices } from '#web/panels/choose.ts';
import { CardReply } from '#web/panels/card-reply.tsx';
import { LikelyPlaces } from '#web/panels/likely-places.tsx';
import { usePage } from '#web/panels/page-state.tsx';
import { trimmed } from '#web/panels/selected-words.ts';
import { useCloseAndGoOn } from '#web/panels/use-move.ts';
import { useSession, useSnapshot } from '#web/panels/use-session.ts';
import { Button } from '#web/ui/button.tsx';
import { messages } from '#web/ui/messages.ts';

export function CardFooter({
  item,
  choices,
  focused,
  waiting,
}: {
  item: Annotation;
  choices: Choices;
  focused: boolean;
  waiting: boolean;
}): ReactElement | null {
  const session = useSession();
  const closeAndGoOn = useCloseAndGoOn();
  const { card } = messages;
  const decidedRev = item.kind === 'suggestion' ? item.note.decidedRev : undefined;
  const close = (act: () => void): void => closeAndGoOn([item], act);
  const talks = focused && choices.reply;
  const { apart } = usePage();
  const partners = useSnapshot(
    ({ review }) =>
      item.kind === 'suggestion' &&
      apart.has(item.id) &&
      [...apart].some((id) => {
        const other = id === item.id ? undefined : review.suggestions.get(id);
        return other?.status === 'pending' && other.by === item.by;
      }),
  );
  const acts =
    partners ||
    choices.accept ||
    choices.withdraw ||
    choices.resolve ||
    choices.reopen ||
    choices.place ||
    choices.undecide;
  if (!talks && !acts) return null;
  return (
    <footer className={style.foot}>
      {talks && <CardReply item={item} />}
      {acts && (
        <div className={style.actions}>
          {choices.accept && (
            <Button
              look="primary"
              shortcut="A"
              isDisabled={waiting}
              onPress={() => close(() => session.accept([item.id]))}
            >
              <Check size={16} aria-hidden="true" />
              {card.accept}
            </Button>
          )}
          {choices.stet && (
            <Button
              shortcut="X"
              isDisabled={waiting}
              onPress={() => close(() => session.stet([item.id]))}
            >
              <X size={16} aria-hidden="true" />
              {card.stet}
            </Button>
          )}
          {choices.withdraw && (
            <Button
              shortcut="X"
              isDisabled={waiting}
              onPress={() => close(() => session.stet([item.id]))}
            >
              <Undo2 size={16} aria-hidden="true" />
              {card.withdraw}
            </Button>
          )}
          {choices.resolve && (
            <Button shortcut="E" onPress={() => close(() => session.resolve(item.id))}>
              <Check size={16} aria-hidden="true" />
              {card.resolve}
            </Button>
          )}
          {partners && <TogetherButton id={item.id} />}
          {choices.place && <LikelyPlaces id={item.id} />}
          {choices.place && <PlaceButton id={item.id} />}
          {choices.reopen && (
            <Button onPress={() => session.reopen(item.id)}>
              <RotateCcw size={16} aria-hidden="true" />
              {card.reopen}
            </Button>
          )}
          {choices.undecide && decidedRev !== undefined && (
            <Button onPress={() => session.undecide(decidedRev)}>
              <Undo2 size={16} aria-hidden="true" />
              {card.undo}
            </Button>
          )}
        </div>
      )}
    </footer>
  );
}

/** Puts a change back on the card it shared before it was to be decided alone. */
function TogetherButton({ id }: { id: string }): ReactElement {
  const session = useSession();
  const { apart, setApart } = usePage();
  const join = (): void => {
    const { review } = session.getSnapshot();
    const card = cardWith(cardGroups(annotationsOf(review), review.doc), id);
    const joined = new Set(card?.items.map((item) => item.id));
    setApart(new Set([...apart].filter((one) => one !== id && !joined.has(one))));
  };
  return (
    <Button look="link" onPress={join}>
      {cardWords.together}
    </Button>
  );
}

/** Gives a note that lost its words the selected ones. */
function PlaceButton({ id }: { id: string }): ReactElement {
  const session = useSession();
  const { setFilter } = usePage();
  const selection = useSnapshot((snapshot) => snapshot.selection);
  const marked = useSnapshot((snapshot) => snapshot.view === 'marked');
  const place = (): void => {
    const range = trimmed(session.getSnapshot().review.doc, selection);
    if (range.to <= range.from) return;
    setFilter('all');
    session.place(id, range);
  };
  const { card } = messages;
  return (
    <>
      <Button onPress={place} isDisabled={selection.empty || !marked}>
        <MapPin size={16} aria-hidden="true" />
        {card.place}
      </Button>
      {selection.empty && <span className={style.small}>{card.placeHint}</span>}
    </>
  );
}
