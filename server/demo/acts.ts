/** The notes of the demo as what people did, one after the other. */
import type { DemoContent, DemoHandOver, DemoNote } from '#server/demo/content.ts';

type Of<Kind extends DemoNote['kind']> = DemoNote & { kind: Kind };

/** What was done to a note of an article. */
type NoteDeed =
  | { do: 'open'; note: DemoNote }
  | { do: 'reply'; note: DemoNote; reply: DemoNote['replies'][number] }
  | { do: 'decide'; note: Of<'suggestion'>; verdict: 'accept' | 'reject' }
  | { do: 'resolve'; note: Of<'comment'> }
  | { do: 'cite'; note: Of<'fact'>; cite: Of<'fact'>['cites'][number] }
  | { do: 'check'; note: Of<'fact'>; verdict: NonNullable<Of<'fact'>['verdict']> };

type Deed = NoteDeed | { do: 'hand-over'; over: DemoHandOver };
export type Act = Deed & { file: string; by: DemoNote['by']; ago: number };

function deedsOf(note: DemoNote): (NoteDeed & { by: DemoNote['by']; ago: number })[] {
  const { by, ago } = note;
  const replies = note.replies.map((reply) => ({
    do: 'reply' as const,
    note,
    reply,
    by: reply.by,
    ago: reply.ago,
  }));
  const opened = [{ do: 'open' as const, note, by, ago }, ...replies];
  switch (note.kind) {
    case 'suggestion':
      return note.decided ? [...opened, { do: 'decide', note, ...note.decided }] : opened;
    case 'comment':
      return note.resolved ? [...opened, { do: 'resolve', note, ...note.resolved }] : opened;
    case 'fact': {
      const cited = note.cites.map((cite) => ({
        do: 'cite' as const,
        note,
        cite,
        by: cite.by,
        ago: cite.ago,
      }));
      const { verdict } = note;
      const checked = verdict
        ? [{ do: 'check' as const, note, verdict, by: verdict.by, ago: verdict.ago }]
        : [];
      return [...opened, ...cited, ...checked];
    }
  }
}

/** Everything that was done, oldest first. */
export function actsOf({ notes, handOvers }: DemoContent): Act[] {
  const acts = [...notes].flatMap(([file, list]): Act[] =>
    list.flatMap((note) => deedsOf(note).map((deed) => ({ ...deed, file }))),
  );
  const handed = handOvers.map((over): Act => ({
    do: 'hand-over',
    over,
    file: over.file,
    by: over.by,
    ago: over.ago,
  }));
  return [...acts, ...handed].toSorted((one, other) => other.ago - one.ago);
}
