/** Several changes by one person on one card: those of one sentence, or silent corrections. They are decided as one, or taken apart. */
import { Check, Undo2, X } from 'lucide-react';
import { useRef, useState, type ReactElement, type RefCallback } from 'react';
import style from '#web/panels/card.module.css';
import { CardFrame } from '#web/panels/card-frame.tsx';
import { CardMenu } from '#web/panels/card-menu-later.tsx';
import group from '#web/panels/card-group.module.css';
import { leadOf, type SharedCard, type SuggestionNote } from '#web/panels/card-groups.ts';
import { briefOf } from '#web/panels/card-line.ts';
import { QuickDecide } from '#web/panels/card-quick.tsx';
import { CardReply } from '#web/panels/card-reply.tsx';
import { cardWords } from '#web/panels/card-words.ts';
import { contentOf } from '#web/panels/card.tsx';
import { ChangeWords } from '#web/panels/change-words.tsx';
import { choicesFor } from '#web/panels/choose.ts';
import { usePage } from '#web/panels/page-state.tsx';
import { changedBy, nameOf } from '#web/panels/sentence.ts';
import { Thread } from '#web/panels/thread.tsx';
import { useLeadInView } from '#web/panels/use-lead-in-view.ts';
import { useCloseAndGoOn } from '#web/panels/use-move.ts';
import { useSession, useSnapshot } from '#web/panels/use-session.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { Button } from '#web/ui/button.tsx';
import { classes } from '#web/ui/class-names.ts';
import { messages } from '#web/ui/messages.ts';
import { fullTime, timeWords } from '#web/ui/time.ts';

export function RecastCard({
  card,
  focused,
  place,
}: {
  card: SharedCard;
  focused: string | null;
  place?: RefCallback<HTMLElement> | undefined;
}): ReactElement {
  const { items } = card;
  const lead = leadOf(card, focused);
  const isFocused = items.some(({ id }) => id === focused);
  const isSilent = card.card === 'silent';
  const people = useSnapshot(({ review }) => review.people);
  const name = useSnapshot(({ review }) => nameOf(review, lead.by));
  const standing = useSnapshot((snapshot) => snapshot.standing);
  const waiting = useSnapshot(({ deciding }) => items.some(({ id }) => deciding.has(id)));
  const [listed, setListed] = useState(false);
  const choices = choicesFor(lead, standing);
  const first = items[0];
  const replies = items.reduce((sum, item) => sum + item.replies.length, 0);
  return (
    <CardFrame
      lead={lead}
      shape={card.card}
      focused={isFocused}
      waiting={waiting}
      content={items.map(contentOf).join()}
      label={`${messages.notes.whose(messages.kind.suggestion, name)}, ${briefOf(card)}`}
      place={place}
      atEnd={isSilent && !isFocused}
    >
      <header className={style.head}>
        <Avatar name={name} color={people.get(lead.by)?.color ?? 0} />
        <b>{name}</b>
        <time dateTime={first.at} title={fullTime(first.at)}>
          {timeWords(first.at, new Date())}
        </time>
        <span className={style.space} />
        {!isFocused && choices.accept && (
          <QuickDecide items={items} what={briefOf(card)} waiting={waiting} />
        )}
        {isFocused && <CardMenu item={lead} choices={choices} />}
      </header>
      <p className={group.title}>{briefOf(card)}</p>
      {isSilent && <p className={style.small}>{cardWords.silentHint}</p>}
      {isFocused || listed ? (
        <ChangeList items={items} lead={isFocused ? lead : null} people={people} />
      ) : (
        !isSilent && (
          <p className={classes(style.change, style.clamped)}>
            {items.map((item, index) => (
              <span key={item.id} className={group.inline}>
                {index > 0 && ' · '}
                <ChangeWords changed={changedBy(item)} />
              </span>
            ))}
          </p>
        )
      )}
      {!isFocused && replies > 0 && <p className={style.small}>{messages.card.replies(replies)}</p>}
      {isSilent && !isFocused && (
        <button
          type="button"
          className={group.toggle}
          aria-expanded={listed}
          onClick={(event) => {
            event.stopPropagation();
            setListed(!listed);
          }}
        >
          {listed ? cardWords.unlist : cardWords.list}
        </button>
      )}
      {isFocused && <Foot card={card} lead={lead} waiting={waiting} />}
    </CardFrame>
  );
}

/** The changes one under the other. Each puts itself in focus; the one that is has its thread. */
function ChangeList({
  items,
  lead,
  people,
}: {
  items: readonly SuggestionNote[];
  lead: SuggestionNote | null;
  people: Parameters<typeof Thread>[0]['people'];
}): ReactElement {
  const list = useRef<HTMLOListElement>(null);
  useLeadInView(list, lead?.id ?? null);
  return (
    <ol className={group.list} ref={list}>
      {items.map((item) => {
        const isLead = item.id === lead?.id;
        return (
          <li key={item.id} data-lead={isLead || undefined}>
            <button
              type="button"
              className={group.change}
              data-member={item.id}
              aria-current={isLead || undefined}
            >
              <ChangeWords changed={changedBy(item)} />
            </button>
            {item.note.reason && <p className={style.small}>{item.note.reason}</p>}
            {isLead ? (
              <Thread on={item.id} replies={item.replies} people={people} />
            ) : (
              item.replies.length > 0 && (
                <p className={style.small}>{messages.card.replies(item.replies.length)}</p>
              )
            )}
          </li>
        );
      })}
    </ol>
  );
}

function Foot({
  card: { card, items },
  lead,
  waiting,
}: {
  card: SharedCard;
  lead: SuggestionNote;
  waiting: boolean;
}): ReactElement | null {
  const session = useSession();
  const { apart, setApart } = usePage();
  const standing = useSnapshot((snapshot) => snapshot.standing);
  const closeAndGoOn = useCloseAndGoOn();
  const choices = choicesFor(lead, standing);
  const ids = items.map(({ id }) => id);
  const talks = choices.reply && card === 'recast';
  const decides = choices.accept || choices.withdraw;
  if (!talks && !decides) return null;
  const stet = (): void => closeAndGoOn(items, () => session.stet(ids));
  return (
    <footer className={style.foot}>
      {talks && <CardReply item={lead} />}
      {decides && (
        <div className={style.actions}>
          {choices.accept && (
            <Button
              look="primary"
              shortcut="A"
              isDisabled={waiting}
              onPress={() => closeAndGoOn(items, () => session.accept(ids))}
            >
              <Check size={16} aria-hidden="true" />
              {cardWords.acceptAll(ids.length)}
            </Button>
          )}
          <Button shortcut="X" isDisabled={waiting} onPress={stet}>
            {choices.withdraw ? (
              <Undo2 size={16} aria-hidden="true" />
            ) : (
              <X size={16} aria-hidden="true" />
            )}
            {choices.withdraw ? messages.card.withdraw : messages.card.stet}
          </Button>
          <Button look="link" onPress={() => setApart(new Set([...apart, ...ids]))}>
            {cardWords.oneByOne}
          </Button>
        </div>
      )}
    </footer>
  );
}
