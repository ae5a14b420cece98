/** "Nothing lost": every note of the article in the books, what is on this device only, and the last comparison with the server. */
import { useEffect, useState, type ReactElement } from 'react';
import { accountsOf, deletionsOf, missingFrom } from '#web/panels/accounts.ts';
import style from '#web/panels/nothing-lost.module.css';
import { shortened } from '#web/panels/sentence.ts';
import { useDrafts } from '#web/panels/use-kept-form.ts';
import { useSession, useSnapshot } from '#web/panels/use-session.ts';
import type { Unfinished } from '#web/session/unfinished.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { messages } from '#web/ui/messages.ts';
import overlay from '#web/ui/overlay.module.css';
import { nothingLostWords as words } from '#web/ui/nothing-lost-words.ts';
import { safetyWords } from '#web/ui/safety-words.ts';
import { fullTime, timeWords } from '#web/ui/time.ts';

const kinds = ['comment', 'fact', 'suggestion'] as const;
const rows = ['in', 'open', 'detached', 'settled', 'deleted'] as const;

function Books(): ReactElement {
  const review = useSnapshot((snapshot) => snapshot.review);
  const accounts = accountsOf(review);
  const missing = kinds.reduce((sum, kind) => sum + missingFrom(accounts[kind]), 0);
  return (
    <>
      <table className={style.books}>
        <thead>
          <tr>
            <th scope="col">
              <span className="hidden-text">{words.where}</span>
            </th>
            {kinds.map((kind) => (
              <th key={kind} scope="col">
                {words.kinds[kind]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row} data-row={row}>
              <th scope="row">{words.rows[row]}</th>
              {kinds.map((kind) => (
                <td key={kind}>{accounts[kind][row]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className={missing === 0 ? style.good : style.bad}>
        {missing === 0 ? words.adds : words.differs(missing)}
      </p>
    </>
  );
}

function Deleted(): ReactElement {
  const review = useSnapshot((snapshot) => snapshot.review);
  const deletions = deletionsOf(review);
  return (
    <section>
      <h3>{words.deletedHeading}</h3>
      {deletions.length === 0 ? (
        <p>{words.nothingDeleted}</p>
      ) : (
        <ul>
          {deletions.map(({ id, kind, by, at, text }) => (
            <li key={id}>
              <q>{shortened(text, 90)}</q>{' '}
              <small title={fullTime(at)}>
                {words.deletedBy(
                  words[kind],
                  review.people.get(by)?.name ?? messages.news.someone,
                  timeWords(at, new Date()),
                )}
              </small>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function OnDevice(): ReactElement {
  const session = useSession();
  const unsent = useSnapshot(({ connection }) => connection.unsent);
  const unplaced = useSnapshot((snapshot) => snapshot.unplaced);
  const trouble = useSnapshot((snapshot) => snapshot.trouble);
  const [kept, setKept] = useState(unsent);
  useEffect(() => {
    let gone = false;
    void session.keptHere().then((count) => {
      if (!gone) setKept(count);
    });
    return () => {
      gone = true;
    };
  }, [session, unsent]);
  const all = Math.max(kept, unsent);
  const pieces = unplaced.filter(({ text }) => text.trim() !== '').length;
  return (
    <section>
      <h3>{words.deviceHeading}</h3>
      <ul>
        <li>{all === 0 ? words.allSent : words.unsent(all)}</li>
        {all > unsent && <li>{words.elsewhere(all - unsent)}</li>}
        {pieces > 0 && <li>{words.unplaced(pieces)}</li>}
        <HalfWritten />
        {trouble !== null && (
          <li>
            {safetyWords[trouble]} {safetyWords.onlyHere}
          </li>
        )}
      </ul>
    </section>
  );
}

/** Every word of it, since this may be the only place where it still is. */
function HalfWritten(): ReactElement | null {
  const drafts = useDrafts();
  const anchors = useSnapshot((snapshot) => snapshot.review.anchors.byId);
  const [unfinished, setUnfinished] = useState(() => drafts.unfinished);
  if (unfinished.length === 0) return null;
  const on = ({ what, place }: Unfinished): string => {
    const isNote = what === 'reply' || what === 'edit' || what === 'cite' || what === 'verdict';
    const about = isNote ? anchors.get(place.split(' ')[0] ?? '')?.exact : place;
    return about ? words.on(shortened(about, 60)) : '';
  };
  return (
    <li>
      {words.halfWritten(unfinished.length)}
      <ul className={style.half}>
        {unfinished.map((one) => (
          <li key={one.key}>
            <small>
              {words.unfinished[one.what]}
              {on(one)}
            </small>
            <blockquote>{one.text}</blockquote>
            <Button
              look="link"
              onPress={() => {
                drafts.delete(one.key);
                setUnfinished(drafts.unfinished);
              }}
            >
              {words.putAway}
            </Button>
          </li>
        ))}
      </ul>
    </li>
  );
}

function Compared(): ReactElement {
  const session = useSession();
  const audit = useSnapshot((snapshot) => snapshot.audit);
  const [cannot, setCannot] = useState(false);
  const when = audit === null ? '' : timeWords(new Date(audit.at).toISOString(), new Date());
  const said =
    audit === null ? words.never : (audit.agrees ? words.agrees : words.differed)(when, audit.rev);
  return (
    <section>
      <h3>{words.auditHeading}</h3>
      <p role="status">{cannot ? words.cannotCompare : said}</p>
      <Button onPress={() => void session.audit().then((agrees) => setCannot(agrees === null))}>
        {words.compare}
      </Button>
    </section>
  );
}

export function NothingLost({ onClose }: { onClose: () => void }): ReactElement {
  return (
    <Dialog title={words.title} open onClose={onClose} wide>
      <div className={style.page}>
        <p>{words.lead}</p>
        <Books />
        <Deleted />
        <OnDevice />
        <Compared />
        <div className={overlay.dialogActions}>
          <Button onPress={onClose}>{words.close}</Button>
        </div>
      </div>
    </Dialog>
  );
}
