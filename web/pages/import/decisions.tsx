/** What an editor can decide about an import: guesses, words that were taken out, the language. */
import { useId, type ReactElement } from 'react';
import type { BlockRole, ImportChoices } from '#core/formats/import/choices.ts';
import type { PreviewAnswer } from '#core/formats/import/about.ts';
import type { PreviewFlag, PreviewGuess } from '#core/formats/import/preview.ts';
import style from '#web/pages/import/import.module.css';
import { Keeping } from '#web/pages/import/keeping.tsx';
import { NotesOfFile } from '#web/pages/import/notes-of-file.tsx';
import { WritersSources } from '#web/pages/import/writers-sources.tsx';
import control from '#web/ui/control.module.css';
import { importWords as words } from '#web/ui/import-messages.ts';
import { locale } from '#web/ui/messages.ts';

type Change = (choices: ImportChoices) => void;

const languages =
  'en de fr es it pt nl sv da no fi pl cs hu ro el tr ru uk ar fa he ur hi bn th vi id ja ko zh'.split(
    ' ',
  );

function languageName(tag: string): string {
  if (tag === 'und') return words.unknownLanguage;
  try {
    return new Intl.DisplayNames([locale], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

const roles = Object.entries(words.roles).filter(([role]) => role !== 'footnote') as [
  BlockRole,
  string,
][];

function short(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** The role a guess stands for; '' for one that is no role of its own (a list item). */
function roleOfGuess(what: string): BlockRole | '' {
  if (what === 'heading') return 'heading1';
  return roles.find(([role]) => role === what)?.[0] ?? '';
}

function GuessRow({
  guess,
  choices,
  onChange,
}: {
  guess: PreviewGuess & { block: number };
  choices: ImportChoices;
  onChange: Change;
}): ReactElement {
  const id = useId();
  const own = roleOfGuess(guess.what);
  const key = String(guess.block);
  const value = choices.blocks?.[key] ?? own;
  const choose = (role: string): void => {
    const { [key]: _old, ...others } = choices.blocks ?? {};
    const chosen = roles.find(([one]) => one === role)?.[0];
    onChange({
      ...choices,
      blocks: chosen === undefined || chosen === own ? others : { ...others, [key]: chosen },
    });
  };
  return (
    <li className={style.decision}>
      <label htmlFor={id} className={style.quote} dir="auto">
        {short(guess.text)}
      </label>
      <div className={style.line}>
        <select
          id={id}
          className={control.input}
          aria-label={words.roleOf(short(guess.text))}
          value={value}
          onChange={(event) => choose(event.target.value)}
        >
          {own === '' && <option value="">{words.item}</option>}
          {roles.map(([role, name]) => (
            <option key={role} value={role}>
              {name}
            </option>
          ))}
        </select>
        <span className={style.sure}>{words.sure(guess.confidence)}</span>
      </div>
    </li>
  );
}

function flagWords({ flag }: PreviewFlag): string {
  switch (flag.kind) {
    case 'no-break-spaces':
    case 'repeated-spaces':
    case 'control-characters':
      return words.flag[flag.kind](flag.count);
    case 'footnote-ibid':
    case 'footnote-truncated':
      return words.flag[flag.kind](flag.note);
    default:
      return words.flag[flag.kind];
  }
}

function FlagRow({
  one,
  choices,
  onChange,
}: {
  one: PreviewFlag;
  choices: ImportChoices;
  onChange: Change;
}): ReactElement {
  const restore = choices.restore ?? [];
  const text = 'text' in one.flag ? one.flag.text : '';
  const toggle = (back: boolean): void =>
    onChange({
      ...choices,
      restore: back ? [...restore, one.index] : restore.filter((index) => index !== one.index),
    });
  return (
    <li className={style.decision}>
      <span>{flagWords(one)}</span>
      {text !== '' && (
        <span className={style.quote} dir="auto">
          {short(text)}
        </span>
      )}
      {one.taken && (
        <label className={style.toggle}>
          <input
            type="checkbox"
            checked={restore.includes(one.index)}
            onChange={(event) => toggle(event.target.checked)}
          />
          {words.putBack}
        </label>
      )}
    </li>
  );
}

export function Decisions({
  preview,
  choices,
  onChange,
  onAudience,
  onAs,
}: {
  preview: PreviewAnswer;
  choices: ImportChoices;
  onChange: Change;
  onAudience: (audience: 'all' | 'desk') => void;
  onAs: (as: 'whole' | 'new') => void;
}): ReactElement {
  const id = useId();
  const guesses = preview.guesses.filter(
    (guess): guess is PreviewGuess & { block: number } =>
      guess.block !== null && guess.what !== 'note',
  );
  const tags = [...new Set([preview.language, ...languages])];
  return (
    <div className={style.decisions}>
      {preview.keeping && <Keeping keeping={preview.keeping} onAs={onAs} />}
      {/* What comes back as it was is not changed on its way. */}
      {!preview.keeping?.kept && (
        <div className={control.field}>
          <label htmlFor={id} className={control.label}>
            {words.language}
          </label>
          <select
            id={id}
            className={control.input}
            value={preview.language}
            onChange={(event) => onChange({ ...choices, language: event.target.value })}
          >
            {tags.map((tag) => (
              <option key={tag} value={tag}>
                {languageName(tag)}
              </option>
            ))}
          </select>
        </div>
      )}
      <NotesOfFile about={preview.about} onAudience={onAudience} />
      <WritersSources found={preview.sourceNotes} choices={choices} onChange={onChange} />
      <h3>{words.guesses}</h3>
      {guesses.length === 0 ? (
        <p className={style.quiet}>{words.noGuesses}</p>
      ) : (
        <ul>
          {guesses.map((guess) => (
            <GuessRow
              key={`${guess.what} ${guess.block}`}
              guess={guess}
              choices={choices}
              onChange={onChange}
            />
          ))}
        </ul>
      )}
      {preview.flags.length > 0 && (
        <>
          <h3>{words.flags}</h3>
          <ul>
            {preview.flags.map((one) => (
              <FlagRow key={one.index} one={one} choices={choices} onChange={onChange} />
            ))}
          </ul>
        </>
      )}
      {preview.warnings.length > 0 && (
        <details>
          <summary>
            {words.warnings}: {words.allWarnings(preview.warnings.length)}
          </summary>
          <ul>
            {preview.warnings.map((text) => (
              <li key={text} className={style.decision}>
                {text}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
