/** Suggestions for the same words on one card: who would put what, and why; one is accepted, or the words stay as they are. */
import { Check, Split, Undo2, X } from 'lucide-react';
import { useRef, type ReactElement, type RefCallback } from 'react';
import style from '#web/panels/card.module.css';
import { CardFrame } from '#web/panels/card-frame.tsx';
import { CardMenu } from '#web/panels/card-menu-later.tsx';
import group from '#web/panels/card-group.module.css';
import { leadOf, type SharedCard, type SuggestionNote } from '#web/panels/card-groups.ts';
import { CardReply } from '#web/panels/card-reply.tsx';
import { cardWords } from '#web/panels/card-words.ts';
import { contentOf } from '#web/panels/card.tsx';
import { ChangeWords } from '#web/panels/change-words.tsx';
import { choicesFor } from '#web/panels/choose.ts';
import { changedBy, nameOf, sentenceOf, shortened } from '#web/panels/sentence.ts';
import { Thread } from '#web/panels/thread.tsx';
import { useLeadInView } from '#web/panels/use-lead-in-view.ts';
import { useCloseAndGoOn } from '#web/panels/use-move.ts';
import { useSession, useSnapshot } from '#web/panels/use-session.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { Button, IconButton } from '#web/ui/button.tsx';
import { classes } from '#web/ui/class-names.ts';
import { listed, messages } from '#web/ui/messages.ts';
import { fullTime, timeWords } from '#web/ui/time.ts';

/** The struck words when all alternatives strike the same ones. */
function sharedWords(items: readonly SuggestionNote[]): string | null {
  const words = new Set(items.map((item) => changedBy(item).deleted));
  const [only = ''] = words;
  return words.size === 1 && !only.includes('\n') ? only : null;
}

export function AlternativesCard({
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
  const review = useSnapshot(
    (snapshot) => snapshot.review,
    (a, b) => a.people === b.people,
  );
  const standing = useSnapshot((snapshot) => snapshot.standing);
  const waiting = useSnapshot(({ deciding }) => items.some(({ id }) => deciding.has(id)));
  const list = useRef<HTMLOListElement>(null);
  useLeadInView(list, isFocused ? lead.id : null);
  const choices = choicesFor(lead, standing);
  const shared = sharedWords(items);
  const names = listed([...new Set(items.map(({ by }) => nameOf(review, by)))]);
  const title = cardWords.alternatives(items.length);
  return (
    <CardFrame
      lead={lead}
      shape="alternatives"
      focused={isFocused}
      waiting={waiting}
      content={items.map(contentOf).join()}
      label={`${messages.notes.whose(messages.kind.suggestion, names)}, ${title}`}
      place={place}
    >
      <header className={style.head}>
        <Split size={17} aria-hidden="true" className={group.icon} />
        <b>{title}</b>
        {shared !== null && (
          <span className={classes(style.small, group.shared)}>
            {cardWords.insteadOf(shortened(shared, 40))}
          </span>
        )}
        <span className={style.space} />
        {isFocused && <CardMenu item={lead} choices={choices} />}
      </header>
      <ol className={group.alternatives} ref={list}>
        {items.map((item) => (
          <Alternative
            key={item.id}
            item={item}
            items={items}
            short={shared !== null}
            isLead={isFocused && item.id === lead.id}
            open={isFocused}
            waiting={waiting}
          />
        ))}
      </ol>
      {isFocused && <Foot items={items} lead={lead} waiting={waiting} />}
    </CardFrame>
  );
}

function Alternative({
  item,
  items,
  short,
  isLead,
  open,
  waiting,
}: {
  item: SuggestionNote;
  items: readonly SuggestionNote[];
  /** The struck words stand at the head of the card. */
  short: boolean;
  isLead: boolean;
  open: boolean;
  waiting: boolean;
}): ReactElement {
  const session = useSession();
  const people = useSnapshot(({ review }) => review.people);
  const standing = useSnapshot((snapshot) => snapshot.standing);
  const closeAndGoOn = useCloseAndGoOn();
  const person = people.get(item.by);
  const name = person?.name ?? messages.news.someone;
  const { accept, withdraw } = choicesFor(item, standing);
  const changed = changedBy(item);
  const sentence = sentenceOf(changed);
  return (
    <li data-lead={isLead || undefined}>
      <button
        type="button"
        className={group.change}
        data-member={item.id}
        aria-current={isLead || undefined}
        aria-label={messages.notes.lineSuggestion(name, sentence)}
      >
        <span className={group.who}>
          <Avatar name={name} color={person?.color ?? 0} size="small" />
          <b>{name}</b>
          <time dateTime={item.at} title={fullTime(item.at)}>
            {timeWords(item.at, new Date())}
          </time>
        </span>
        <span className={classes(group.words, !open && style.clamped)}>
          {short ? (
            <ins className={style.ins}>{changed.inserted.replaceAll('\n', ' ¶ ')}</ins>
          ) : (
            <ChangeWords changed={changed} />
          )}
        </span>
      </button>
      {item.note.reason && (
        <p className={classes(style.small, !open && style.clamped)}>{item.note.reason}</p>
      )}
      {!open && item.replies.length > 0 && (
        <p className={style.small}>{messages.card.replies(item.replies.length)}</p>
      )}
      {open && <Thread on={item.id} replies={item.replies} people={people} />}
      {open && (accept || withdraw) && (
        <div className={group.choice}>
          {accept && (
            <Button
              look={isLead ? 'primary' : 'plain'}
              {...(isLead ? { shortcut: 'A' } : {})}
              aria-label={`${cardWords.acceptThis}: ${sentence}`}
              isDisabled={waiting}
              onPress={() => closeAndGoOn(items, () => session.accept([item.id]))}
            >
              <Check size={16} aria-hidden="true" />
              {cardWords.acceptThis}
            </Button>
          )}
          {accept && (
            <IconButton
              small
              tone="no"
              label={`${cardWords.stetThis}: ${sentence}`}
              isDisabled={waiting}
              onPress={() => closeAndGoOn([item], () => session.stet([item.id]))}
            >
              <X size={16} aria-hidden="true" />
            </IconButton>
          )}
          {withdraw && (
            <Button
              isDisabled={waiting}
              onPress={() => closeAndGoOn([item], () => session.stet([item.id]))}
            >
              <Undo2 size={16} aria-hidden="true" />
              {messages.card.withdraw}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}

function Foot({
  items,
  lead,
  waiting,
}: {
  items: readonly SuggestionNote[];
  lead: SuggestionNote;
  waiting: boolean;
}): ReactElement | null {
  const session = useSession();
  const standing = useSnapshot((snapshot) => snapshot.standing);
  const closeAndGoOn = useCloseAndGoOn();
  const choices = choicesFor(lead, standing);
  if (!choices.reply && !choices.stet) return null;
  const keep = (): void => closeAndGoOn(items, () => session.stet(items.map(({ id }) => id)));
  return (
    <footer className={style.foot}>
      {choices.reply && <CardReply item={lead} />}
      {choices.stet && (
        <div className={style.actions}>
          <Button shortcut="X" isDisabled={waiting} onPress={keep}>
            <X size={16} aria-hidden="true" />
            {cardWords.keep}
          </Button>
        </div>
      )}
    </footer>
  );
}
