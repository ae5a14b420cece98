/** The list of sittings and named versions; choosing one compares it. */
import { Bookmark } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Person } from '#core/annotate/annotation.ts';
import { deedWords, type Entry } from '#web/pages/history/entries.ts';
import style from '#web/pages/history/history.module.css';
import { Avatar } from '#web/ui/avatar.tsx';
import control from '#web/ui/control.module.css';
import { historyWords } from '#web/ui/history-words.ts';
import { Parts } from '#web/ui/parts.tsx';
import { fullTime, timeWords } from '#web/ui/time.ts';

interface Range {
  from: number;
  to: number;
}

function Time({ iso }: { iso: string }): ReactElement {
  return (
    <time dateTime={iso} title={fullTime(iso)}>
      {timeWords(iso, new Date())}
    </time>
  );
}

function Named({ name }: { name: string }): ReactElement {
  return (
    <span className={style.named}>
      <Bookmark size={13} aria-hidden="true" />
      {name}
    </span>
  );
}

function Line({ entry, people }: { entry: Entry; people: readonly Person[] }): ReactElement {
  const rev = <span className={style.rev}>{historyWords.version(entry.rev)}</span>;
  const personOf = (id: string): { name: string; color: number } =>
    people.find((person) => person.id === id) ?? { name: historyWords.somebody, color: 0 };
  if (entry.kind === 'version') {
    const { name, by, at } = entry.version;
    return (
      <>
        <span className={style.top}>
          {rev}
          <Time iso={at} />
        </span>
        <Named name={name} />
        <span className={style.quiet}>{historyWords.by(personOf(by).name)}</span>
      </>
    );
  }
  const { sitting, names } = entry;
  const person = personOf(sitting.by);
  return (
    <>
      <span className={style.top}>
        {rev}
        <Time iso={sitting.end} />
      </span>
      <span className={style.who}>
        <Avatar name={person.name} color={person.color} />
        {person.name}
      </span>
      {names.map(({ id, name }) => (
        <Named key={id} name={name} />
      ))}
      <span className={style.quiet}>
        <Parts text={deedWords(sitting)} />
      </span>
    </>
  );
}

export function HistoryList({
  entries,
  people,
  filedAt,
  chosen,
  head,
  onChoose,
  older,
}: {
  entries: readonly Entry[];
  people: readonly Person[];
  filedAt: string;
  chosen: Range | null;
  head: number;
  onChoose: (range: Range) => void;
  /** Fetches the next page; absent when all is here. */
  older: (() => void) | undefined;
}): ReactElement {
  // A sitting is what it changed; a version, and the text as it came in, what has changed since.
  const rangeOf = (entry: Entry): Range =>
    entry.kind === 'sitting'
      ? { from: entry.sitting.first - 1, to: entry.rev }
      : { from: entry.rev, to: head };
  const filed = { from: 0, to: head };
  const isChosen = (range: Range): boolean => chosen?.from === range.from && chosen.to === range.to;
  // A sitting and a version can stand for the same two; one line is the current one.
  const current = entries.find((entry) => isChosen(rangeOf(entry)));
  return (
    <nav className={style.list} aria-label={historyWords.list}>
      <ol>
        {entries.map((entry) => {
          const range = rangeOf(entry);
          return (
            <li key={entry.key}>
              <button
                type="button"
                className={style.entry}
                aria-current={entry === current ? 'true' : undefined}
                onClick={() => onChoose(range)}
              >
                <Line entry={entry} people={people} />
              </button>
            </li>
          );
        })}
        {older === undefined && (
          <li>
            <button
              type="button"
              className={style.entry}
              aria-current={!current && isChosen(filed) ? 'true' : undefined}
              onClick={() => onChoose(filed)}
            >
              <span className={style.top}>
                <span className={style.rev}>{historyWords.version(0)}</span>
                <Time iso={filedAt} />
              </span>
              <Named name={historyWords.filed} />
              <span className={style.quiet}>{historyWords.filedHint}</span>
            </button>
          </li>
        )}
      </ol>
      {older && (
        <button type="button" className={control.button} onClick={older}>
          {historyWords.older}
        </button>
      )}
    </nav>
  );
}
