/** One annotation in the margin. At rest it is words beside a stripe; in focus it is raised, with its thread and what can be done. */
import { memo, Suspense, useState, type ReactElement, type RefCallback } from 'react';
import type { FactState } from '#core/facts/fact-state.ts';
import { factStatesOf } from '#web/session/fact-states.ts';
import type { SessionSnapshot } from '#web/session/snapshot.ts';
import { looksSame, type Annotation } from '#web/panels/annotations.ts';
import { AudienceChip } from '#web/panels/audience-chip.tsx';
import { CardFrame } from '#web/panels/card-frame.tsx';
import { CardMenu } from '#web/panels/card-menu-later.tsx';
import { CardFooter } from '#web/panels/card-footer.tsx';
import { QuickDecide } from '#web/panels/card-quick.tsx';
import style from '#web/panels/card.module.css';
import { ChangeWords } from '#web/panels/change-words.tsx';
import { choicesFor } from '#web/panels/choose.ts';
import { FactChip } from '#web/panels/fact-chip.tsx';
import { FactFile } from '#web/panels/fact-file-later.ts';
import { factWords } from '#web/panels/fact-words.ts';
import { EditableText } from '#web/panels/editable-text.tsx';
import { changedBy, nameOf, sentenceOf, shortened } from '#web/panels/sentence.ts';
import { Thread } from '#web/panels/thread.tsx';
import { useDrafts } from '#web/panels/use-kept-form.ts';
import { useSession, useSnapshot } from '#web/panels/use-session.ts';
import { formKey } from '#web/session/unfinished.ts';
import { articlePath } from '#web/ui/article-path.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { classes } from '#web/ui/class-names.ts';
import { messages } from '#web/ui/messages.ts';
import { fullTime, timeWords } from '#web/ui/time.ts';

/** What of a suggestion must have been seen before a key decides it. */
export const contentOf = (item: Extract<Annotation, { kind: 'suggestion' }>): string =>
  JSON.stringify([changedBy(item).deleted, changedBy(item).inserted]);

interface CardProps {
  item: Annotation;
  focused: boolean;
  /** Called with the element; absent for cards that stand in the flow. */
  place?: RefCallback<HTMLElement>;
}

export const Card = memo(
  function Card({ item, focused, place }: CardProps): ReactElement {
    const people = useSnapshot(({ review }) => review.people);
    const standing = useSnapshot((snapshot) => snapshot.standing);
    const waiting = useSnapshot((snapshot) => snapshot.deciding.has(item.id));
    const drafts = useDrafts();
    const [editing, setEditing] = useState(() => drafts.has(formKey('edit', item.id)));
    const person = people.get(item.by);
    const name = person?.name ?? messages.news.someone;
    const choices = choicesFor(item, standing);
    const kindName = messages.kind[item.kind];
    return (
      <CardFrame
        lead={item}
        focused={focused}
        waiting={waiting}
        content={item.kind === 'suggestion' ? contentOf(item) : ''}
        label={messages.notes.whose(kindName, name)}
        place={place}
      >
        <header className={style.head}>
          <Avatar name={name} color={person?.color ?? 0} />
          <b>{name}</b>
          <time dateTime={item.at} title={fullTime(item.at)}>
            {timeWords(item.at, new Date())}
          </time>
          <span className={style.space} />
          <AudienceChip audience={item.audience} />
          {item.kind === 'fact' && <FactStateChip id={item.id} />}
          {!focused && choices.accept && item.kind === 'suggestion' && (
            <QuickDecide items={[item]} what={sentenceOf(changedBy(item))} waiting={waiting} />
          )}
          {focused && <CardMenu item={item} choices={choices} onEdit={() => setEditing(true)} />}
        </header>
        <CardBody
          item={item}
          focused={focused}
          editing={editing}
          onDone={() => setEditing(false)}
        />
        {!focused && item.replies.length > 0 && (
          <p className={style.small}>{messages.card.replies(item.replies.length)}</p>
        )}
        {focused && <Thread on={item.id} replies={item.replies} people={people} />}
        {(focused || item.state === 'settled') && (
          <CardFooter item={item} choices={choices} focused={focused} waiting={waiting} />
        )}
      </CardFrame>
    );
  },
  (before, after) =>
    before.focused === after.focused &&
    before.place === after.place &&
    looksSame(before.item, after.item),
);

function CardBody({
  item,
  focused,
  editing,
  onDone,
}: {
  item: Annotation;
  focused: boolean;
  editing: boolean;
  onDone: () => void;
}): ReactElement {
  const session = useSession();
  const review = useSnapshot((snapshot) => snapshot.review, sameRev);
  const quote = item.state !== 'open' && item.kind !== 'suggestion' && item.quote !== '' && (
    <blockquote className={style.quote}>{shortened(item.quote, 140)}</blockquote>
  );
  const anchor = useSnapshot(({ review }) => review.anchors.byId.get(item.id));
  const lost =
    item.state === 'detached' ? (
      <p className={style.small}>
        {messages.card.detached}
        {anchor?.elsewhere !== undefined && (
          <>
            {' '}
            <a href={articlePath(anchor.elsewhere)}>{messages.card.elsewhere}</a>
          </>
        )}
      </p>
    ) : (
      item.state === 'open' &&
      anchor?.regained && <p className={style.small}>{messages.card.regained[anchor.regained]}</p>
    );
  const clamped = !focused;
  switch (item.kind) {
    case 'suggestion':
      return (
        <>
          <p className={classes(style.change, clamped && style.clamped)}>
            <ChangeWords changed={changedBy(item)} />
          </p>
          {item.note.reason && (
            <p className={classes(style.small, clamped && style.clamped)}>{item.note.reason}</p>
          )}
          {item.state === 'settled' && <p className={style.small}>{settledWords(item, review)}</p>}
        </>
      );
    case 'comment':
      return (
        <>
          {quote}
          <EditableText
            kept={formKey('edit', item.id)}
            text={item.note.text}
            editing={editing}
            label={messages.card.edit}
            clamped={clamped}
            onSave={(text) => session.editText(item.id, item.id, text)}
            onDone={onDone}
          />
          {item.note.editedAt && <p className={style.small}>{messages.card.edited}</p>}
          {lost}
          {item.state === 'settled' && item.note.statusBy && (
            <p className={style.small}>
              {messages.card.resolvedBy(nameOf(review, item.note.statusBy))}
            </p>
          )}
        </>
      );
    case 'fact':
      return (
        <>
          {quote}
          <p className={classes(style.words, clamped && style.clamped)}>
            {item.claim?.check || shortened(item.quote, 200)}
          </p>
          {focused && item.claim && (
            <p className={style.small}>{messages.claimTypes[item.claim.type]}</p>
          )}
          {focused ? (
            <FocusedFact id={item.id} claimId={item.note.claimId} />
          ) : (
            <Verdict id={item.id} />
          )}
          {lost}
        </>
      );
  }
}

const noState: FactState = { word: 'Open', check: null, stale: null };
const stateOf = ({ review, facts }: SessionSnapshot, id: string): FactState =>
  factStatesOf(review, facts).get(id) ?? noState;
const sameState = (a: FactState, b: FactState): boolean =>
  a.word === b.word && a.check === b.check && a.stale === b.stale;

function FactStateChip({ id }: { id: string }): ReactElement {
  return <FactChip state={useSnapshot((snapshot) => stateOf(snapshot, id), sameState)} />;
}

/** The reason of the last verdict, at rest. */
function Verdict({ id }: { id: string }): ReactElement | null {
  const state = useSnapshot((snapshot) => stateOf(snapshot, id), sameState);
  if (!state.check?.rationale) return null;
  return <p className={classes(style.small, style.clamped)}>{state.check.rationale}</p>;
}

function FocusedFact({ id, claimId }: { id: string; claimId: string }): ReactElement {
  const state = useSnapshot((snapshot) => stateOf(snapshot, id), sameState);
  const file = useSnapshot(({ facts }) => facts.claims.get(claimId));
  // The key of the verdict may be pressed before the file is here.
  const [opens, setOpens] = useState(false);
  const standIn = (
    <button type="button" hidden data-opens-verdict onClick={() => setOpens(true)}>
      {factWords.verdictLine}
    </button>
  );
  return (
    <Suspense fallback={standIn}>
      <FactFile occurrenceId={id} file={file} state={state} opens={opens} />
    </Suspense>
  );
}

const sameRev = (a: { people: unknown }, b: { people: unknown }): boolean => a.people === b.people;

function settledWords(
  item: Extract<Annotation, { kind: 'suggestion' }>,
  review: Parameters<typeof nameOf>[0],
): string {
  const { decidedBy, status } = item.note;
  if (decidedBy === undefined) return messages.card.takenBack;
  const name = nameOf(review, decidedBy);
  return status === 'accepted' ? messages.card.acceptedBy(name) : messages.card.stetBy(name);
}
