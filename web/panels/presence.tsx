/** Who else is here: at most four discs, then a number. */
import type { ReactElement } from 'react';
import type { Person } from '#core/annotate/annotation.ts';
import style from '#web/panels/header.module.css';
import { useSnapshot } from '#web/panels/use-session.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { messages } from '#web/ui/messages.ts';

const most = 4;

/** The people behind the peers, each once, without oneself. */
function peopleHere(peers: readonly { person: Person }[], me: string): Person[] {
  const here = new Map<string, Person>();
  for (const { person } of peers) if (person.id !== me) here.set(person.id, person);
  return [...here.values()];
}

const samePeople = (a: readonly Person[], b: readonly Person[]): boolean =>
  a.length === b.length && a.every((person, i) => person.id === b[i]?.id);

export function Presence(): ReactElement | null {
  const people = useSnapshot(({ peers, me }) => peopleHere(peers, me.id), samePeople);
  if (people.length === 0) return null;
  const shown = people.slice(0, most);
  return (
    <div
      className={style.presence}
      role="img"
      aria-label={messages.people.here(people.map((person) => person.name))}
    >
      {shown.map((person) => (
        <Avatar key={person.id} name={person.name} color={person.color} size="large" />
      ))}
      {people.length > most && <span className={style.moreFaces}>+{people.length - most}</span>}
    </div>
  );
}
