/** One thing that was done to a file that came back: who did it, what it is, and what is to become of it here. */
import { useId, type ReactElement } from 'react';
import type { Passage, ReturnChoice, ReturnItem } from '#core/formats/return/return-plan.ts';
import style from '#web/pages/return/return.module.css';
import { returnWords as words } from '#web/pages/return/words.ts';
import { classes } from '#web/ui/class-names.ts';
import control from '#web/ui/control.module.css';
import { fullTime, timeWords } from '#web/ui/time.ts';

function Who({ item }: { item: ReturnItem }): ReactElement {
  const { author, at, tracked } = item;
  return (
    <p className={style.who}>
      {tracked && <strong dir="auto">{author === '' ? words.somebody : author}</strong>}
      {!tracked && <span className={style.tag}>{words.untracked}</span>}
      {at !== '' && (
        <time dateTime={at} title={fullTime(at)}>
          {timeWords(at, new Date())}
        </time>
      )}
    </p>
  );
}

function Changed({ item }: { item: ReturnItem }): ReactElement {
  const { deleted, inserted, sent, look } = item;
  return (
    <p className={style.text} dir="auto">
      {sent && <span className={style.context}>{sent.before}</span>}
      {look && <span className={style.quiet}>{words.look} </span>}
      {deleted !== '' && <del>{deleted}</del>}
      {inserted !== '' && (look ? <em>{inserted}</em> : <ins>{inserted}</ins>)}
      {sent && <span className={style.context}>{sent.after}</span>}
    </p>
  );
}

function Told({ item }: { item: ReturnItem }): ReactElement {
  const { kind, deleted, inserted, verdict } = item;
  if (kind === 'suggestion') return <Changed item={item} />;
  if (kind === 'decision')
    return (
      <>
        <p className={style.verdict} data-verdict={verdict ?? ''}>
          {verdict && words.verdicts[verdict]}
        </p>
        <Changed item={item} />
      </>
    );
  const lead =
    kind === 'resolve'
      ? words.resolve
      : kind === 'reopen'
        ? words.reopen
        : kind === 'deleted'
          ? words.gone
          : '';
  return (
    <p className={style.said} dir="auto">
      {lead !== '' && <span className={style.quiet}>{lead} </span>}
      {kind === 'edited' ? (
        <>
          <del>{deleted}</del> <ins>{inserted}</ins>
        </>
      ) : (
        inserted || deleted
      )}
    </p>
  );
}

const sides = ['sent', 'returned', 'now'] as const;

function Side({ passage, label }: { passage: Passage; label: string }): ReactElement {
  return (
    <div className={style.side}>
      <h3>{label}</h3>
      <p className={style.text} dir="auto">
        <span className={style.context}>{passage.before}</span>
        {passage.words === '' ? (
          <span className={style.quiet}>[{words.empty}]</span>
        ) : (
          <mark>{passage.words}</mark>
        )}
        <span className={style.context}>{passage.after}</span>
      </p>
    </div>
  );
}

/** A place that was changed in both, three times; `choice` is what is chosen. */
export function ReturnRow({
  item,
  choice,
  onChoose,
}: {
  item: ReturnItem;
  choice: ReturnChoice;
  onChoose: (choice: ReturnChoice) => void;
}): ReactElement {
  const id = useId();
  const names = words.choice(item);
  const isThree = item.state === 'conflict' && item.sent && item.returned && item.now;
  const what = item.inserted || item.deleted;
  return (
    <li className={classes(style.item, isThree && style.conflict)} data-choice={choice}>
      <div className={style.what}>
        <Who item={item} />
        {isThree ? (
          <div className={style.three}>
            {sides.map((side) => {
              const passage = item[side];
              return passage && <Side key={side} passage={passage} label={words.three[side]} />;
            })}
          </div>
        ) : (
          <Told item={item} />
        )}
      </div>
      {item.choices.length > 1 &&
        (isThree ? (
          <fieldset className={style.choices}>
            <legend className="hidden-text">{words.choiceOf(what)}</legend>
            {item.choices.map((one) => (
              <label key={one} className={style.choice}>
                <input
                  type="radio"
                  name={id}
                  checked={one === choice}
                  onChange={() => onChoose(one)}
                />
                {names[one]}
              </label>
            ))}
          </fieldset>
        ) : (
          <select
            className={classes(control.input, style.select)}
            aria-label={words.choiceOf(what)}
            value={choice}
            onChange={(event) =>
              onChoose(item.choices.find((one) => one === event.target.value) ?? choice)
            }
          >
            {item.choices.map((one) => (
              <option key={one} value={one}>
                {names[one]}
              </option>
            ))}
          </select>
        ))}
    </li>
  );
}
