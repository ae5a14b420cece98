/** Many suggestions at once: all of them, those of one person, or those in the selection; with their number before anything is done. */
import { useState, type ReactElement } from 'react';
import { competitors, winners } from '#core/suggest/compete.ts';
import { annotationsOf, type Annotation } from '#web/panels/annotations.ts';
import style from '#web/panels/decide-several.module.css';
import { changedBy, nameOf, sentenceOf } from '#web/panels/sentence.ts';
import { severalWords as words } from '#web/panels/several-words.ts';
import { useSession, useSnapshot } from '#web/panels/use-session.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';

type Pending = Extract<Annotation, { kind: 'suggestion' }>;

interface Group {
  key: string;
  name: string;
  ids: string[];
}

/** The groups that can be decided together; those without suggestions are left out. */
function groupsOf(
  pending: readonly Pending[],
  selection: { from: number; to: number; empty: boolean },
  nameOf: (id: string) => string,
): Group[] {
  const ids = (test: (item: Pending) => boolean): string[] =>
    pending.filter(test).map((item) => item.id);
  const authors = [...new Set(pending.map((item) => item.by))];
  const inside = (item: Pending): boolean =>
    !selection.empty &&
    item.place !== null &&
    item.place.from < selection.to &&
    item.place.to > selection.from;
  const groups = [
    { key: 'selection', name: words.inSelection, ids: ids(inside) },
    ...(authors.length > 1
      ? authors.map((by) => ({
          key: by,
          name: words.by(nameOf(by)),
          ids: ids((item) => item.by === by),
        }))
      : []),
    { key: 'all', name: words.all, ids: ids(() => true) },
  ];
  return groups.filter((group) => group.ids.length > 0);
}

const byTime = (a: Pending, b: Pending): number =>
  a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1;

export function DecideSeveral({ onClose }: { onClose: () => void }): ReactElement {
  const session = useSession();
  const review = useSnapshot((snapshot) => snapshot.review);
  // As it was when the dialog was opened: a dialog has no selection.
  const [selection] = useState(() => session.getSnapshot().selection);
  const [asked, setAsked] = useState<{ group: Group; verdict: 'accept' | 'stet' } | null>(null);
  const pending = annotationsOf(review).filter(
    (item): item is Pending => item.kind === 'suggestion' && item.state === 'open',
  );
  const groups = groupsOf(pending, selection, (id) => review.people.get(id)?.name ?? '');
  if (asked) {
    const { group, verdict } = asked;
    // Of suggestions for the same words the oldest is accepted; the others are refused with it, whoever made them.
    const oldest = pending.filter(({ id }) => group.ids.includes(id)).toSorted(byTime);
    const { won, lost } = winners(
      review.doc,
      oldest.map(({ id }) => id),
      verdict === 'accept' ? 'accept' : 'reject',
    );
    const ids = [...won];
    const rivals = competitors(review.doc);
    const losers = pending.filter(({ id }) => lost.has(id));
    const instead = (item: Pending): string => {
      const winner = oldest.find(({ id }) => won.has(id) && rivals.get(item.id)?.has(id));
      return winner ? words.instead(nameOf(review, winner.by), changedBy(winner).inserted) : '';
    };
    const decide = (): void => {
      if (verdict === 'accept') session.accept(ids);
      else session.stet(ids);
      onClose();
    };
    return (
      <Dialog open role="alertdialog" title={words.sure(verdict, ids.length)} onClose={onClose}>
        {losers.length > 0 && (
          <>
            <p>{words.giveWay(losers.length)}</p>
            <ul className={style.losers}>
              {losers.map((item) => (
                <li key={item.id}>
                  <div>{`${nameOf(review, item.by)}: ${sentenceOf(changedBy(item))}`}</div>
                  <span>{instead(item)}</span>
                </li>
              ))}
            </ul>
          </>
        )}
        <p>{words.undoable}</p>
        <div className={style.actions}>
          <Button autoFocus onPress={() => setAsked(null)}>
            {words.back}
          </Button>
          <Button look="primary" onPress={decide}>
            {words.act(verdict, ids.length)}
          </Button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog open title={words.title} onClose={onClose}>
      <ul className={style.groups}>
        {groups.map((group) => (
          <li key={group.key}>
            <span>
              {group.name} <b>{group.ids.length}</b>
            </span>
            <Button
              aria-label={`${words.act('accept', group.ids.length)}, ${group.name}`}
              onPress={() => setAsked({ group, verdict: 'accept' })}
            >
              {words.accept}
            </Button>
            <Button
              aria-label={`${words.act('stet', group.ids.length)}, ${group.name}`}
              onPress={() => setAsked({ group, verdict: 'stet' })}
            >
              {words.stet}
            </Button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
