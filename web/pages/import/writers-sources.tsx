/** The choice that the notes of a file are the writer's sources, with what becomes of each note and a switch for it. */
import { useId, type ReactElement } from 'react';
import type { SourceNotes } from '#core/formats/import/about.ts';
import type { ImportChoices } from '#core/formats/import/choices.ts';
import type { CitedNote, CitedSource } from '#core/formats/import/cited-notes.ts';
import style from '#web/pages/import/import.module.css';
import own from '#web/pages/import/writers-sources.module.css';
import control from '#web/ui/control.module.css';
import { importWords } from '#web/ui/import-messages.ts';

const words = importWords.writersSources;

const short = (text: string): string => (text.length > 90 ? `${text.slice(0, 89)}…` : text);

function Source({ source }: { source: CitedSource }): ReactElement {
  const { title, address, archive, locator, kind, same } = source;
  const about = [
    same ? words.same : words.kinds[kind],
    locator,
    address === title ? '' : address,
    archive === '' ? '' : words.kept,
  ].filter((part) => part !== '');
  return (
    <li>
      <span dir="auto">{short(title)}</span>
      <span className={own.about} dir="auto">
        {about.join(' · ')}
      </span>
    </li>
  );
}

function Note({
  note,
  isLeft,
  onSwitch,
}: {
  note: CitedNote;
  /** It was switched off; the server has perhaps not yet answered. */
  isLeft: boolean;
  onSwitch: (becomes: boolean) => void;
}): ReactElement {
  const id = useId();
  const { kind, number, stays, inText, wasResolved, cites, text } = note;
  const isFixed = stays === 'no-words' || stays === 'no-text';
  const becomes = !isFixed && !isLeft;
  const told = [
    isFixed ? words.stays[stays] : '',
    becomes && inText ? words.inText[inText] : '',
    becomes && wasResolved ? words.wasResolved : '',
  ].filter((sentence) => sentence !== '');
  return (
    <li className={own.note}>
      <div className={own.claim}>
        <input
          id={id}
          type="checkbox"
          checked={becomes}
          disabled={isFixed}
          onChange={(event) => onSwitch(event.target.checked)}
        />
        <div>
          <span className={own.about}>
            {kind === 'comment' ? words.comment : words.footnote(number)}
          </span>
          <label htmlFor={id} dir="auto">
            {note.words === '' ? short(text) : words.makeFact(short(note.words))}
          </label>
        </div>
      </div>
      {becomes && (
        <ul className={own.cites}>
          {cites.map((source, i) => (
            // oxlint-disable-next-line react/no-array-index-key -- sources of one note have no other name
            <Source key={i} source={source} />
          ))}
        </ul>
      )}
      {told.length > 0 && <p className={own.about}>{told.join(' ')}</p>}
    </li>
  );
}

export function WritersSources({
  found,
  choices,
  onChange,
}: {
  found: SourceNotes;
  choices: ImportChoices;
  onChange: (choices: ImportChoices) => void;
}): ReactElement | null {
  const id = useId();
  const { sources } = choices;
  const { comments, footnotes, notes } = found;
  if (comments + footnotes === 0) return null;
  const change = (part: Partial<NonNullable<ImportChoices['sources']>>): void =>
    onChange({ ...choices, sources: { footnotes: 'stay', except: [], ...sources, ...part } });
  const turn = (key: string, becomes: boolean): void => {
    const others = (sources?.except ?? []).filter((one) => one !== key);
    change({ except: becomes ? others : [...others, key] });
  };
  const toggle = (on: boolean): void => {
    const { sources: _off, ...others } = choices;
    onChange(on ? { ...others, sources: { footnotes: 'stay', except: [] } } : others);
  };
  return (
    <div className={own.choice}>
      <label className={own.claim}>
        <input
          type="checkbox"
          checked={sources !== undefined}
          aria-describedby={`${id}-lead`}
          onChange={(event) => toggle(event.target.checked)}
        />
        <span>{words.label}</span>
      </label>
      <p id={`${id}-lead`} className={style.quiet}>
        {words.lead(comments, footnotes)}
      </p>
      {sources && footnotes > 0 && (
        <div className={control.field}>
          <label htmlFor={id} className={control.label}>
            {words.footnotes}
          </label>
          <select
            id={id}
            className={control.input}
            value={sources.footnotes}
            onChange={(event) =>
              change({ footnotes: event.target.value === 'leave' ? 'leave' : 'stay' })
            }
          >
            <option value="stay">{words.stay}</option>
            <option value="leave">{words.leave}</option>
          </select>
        </div>
      )}
      {sources && notes.length > 0 && (
        <>
          <p className={style.quiet} role="status">
            {words.becoming(notes.filter(({ becomes }) => becomes).length, notes.length)}
          </p>
          <div className={own.notes} role="group" aria-label={words.all} tabIndex={0}>
            <ul>
              {notes.map((note) => (
                <Note
                  key={note.key}
                  note={note}
                  isLeft={sources.except.includes(note.key)}
                  onSwitch={(becomes) => turn(note.key, becomes)}
                />
              ))}
            </ul>
          </div>
        </>
      )}
    </div>
  );
}
