/** Two revisions compared: which ones, in which reading, side by side or in one column, and what can be done with either. */
import { useCallback, useId, useState, type ReactElement } from 'react';
import type { ComparedText } from '#core/sync/compare.ts';
import type { ComparisonAnswer, HistoryAnswer, Version } from '#core/sync/history.ts';
import { Comparison } from '#web/pages/history/comparison.tsx';
import { NameDialog, RestoreDialog } from '#web/pages/history/dialogs.tsx';
import { shortName, type Choice } from '#web/pages/history/entries.ts';
import style from '#web/pages/history/history.module.css';
import { nameVersion, renameVersion, restoreVersion } from '#web/pages/history/requests.ts';
import { useChanges } from '#web/pages/history/use-changes.ts';
import { Button } from '#web/ui/button.tsx';
import control from '#web/ui/control.module.css';
import { historyWords } from '#web/ui/history-words.ts';
import { Segmented } from '#web/ui/segmented.tsx';
import { Toast } from '#web/ui/toast.tsx';
import { useFits } from '#web/pages/use-fits.ts';

/** The revisions that are compared. */
export interface Range {
  from: number;
  to: number;
}

function Chooser({
  label,
  value,
  choices,
  onChange,
}: {
  label: string;
  value: number;
  choices: readonly Choice[];
  onChange: (rev: number) => void;
}): ReactElement {
  const id = useId();
  return (
    <span className={style.chooser}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className={control.input}
        value={value}
        onChange={(event) => onChange(Number(event.target.value))}
      >
        {choices.map(({ rev, label: words }) => (
          <option key={rev} value={rev}>
            {words}
          </option>
        ))}
      </select>
    </span>
  );
}

/** What is asked just now: a name for a revision, another one for a version, or whether to go back. */
interface Question {
  kind: 'name' | 'restore';
  rev: number;
  version?: Version;
}

export function Compared({
  articleId,
  answer,
  problem,
  newest,
  chosen,
  choices,
  text,
  split,
  go,
}: {
  articleId: string;
  answer: ComparisonAnswer | undefined;
  problem: string | undefined;
  newest: HistoryAnswer;
  chosen: Range;
  choices: readonly Choice[];
  text: ComparedText;
  split: boolean;
  go: (next: Partial<Range & { text: ComparedText; split: boolean }>) => void;
}): ReactElement {
  const words = historyWords.compare;
  const [dialog, setDialog] = useState<Question | null>(null);
  const [done, setDone] = useState('');
  const total = answer?.blocks.filter(({ change }) => change !== 'kept').length ?? 0;
  const { at, move } = useChanges(total, `${answer?.from}..${answer?.to} ${text}`);
  const wide = useFits('(min-width: 48rem)');
  const dismiss = useCallback(() => setDone(''), []);
  const close = (): void => setDialog(null);
  const { may, head, people } = newest;
  const renamable = newest.versions.filter(
    ({ id, rev }) => may.rename.includes(id) && (rev === chosen.from || rev === chosen.to),
  );
  const canRestore = (rev: number): boolean => may.restore && rev < head;
  const name = async (value: string): Promise<void> => {
    if (!dialog) return;
    if (dialog.version) await renameVersion(articleId, dialog.version, value);
    else await nameVersion(articleId, dialog.rev, value);
    setDone(historyWords.name.done(dialog.rev, value));
  };
  const restore = async (): Promise<void> => {
    if (!dialog) return;
    const made = await restoreVersion(articleId, dialog.rev);
    setDone(
      made.changed ? historyWords.restore.done(dialog.rev, made.rev) : historyWords.restore.same,
    );
    if (made.changed) go({ from: head, to: made.rev });
  };
  return (
    <>
      <div className={style.tools}>
        <div className={style.choosers}>
          <Chooser
            label={words.from}
            value={chosen.from}
            choices={choices}
            onChange={(from) => go({ from, to: chosen.to })}
          />
          <Chooser
            label={words.to}
            value={chosen.to}
            choices={choices}
            onChange={(to) => go({ from: chosen.from, to })}
          />
        </div>
        <div className={style.toggles}>
          <Segmented
            label={words.text}
            value={text}
            segments={[
              { value: 'original', label: words.original },
              { value: 'accepted', label: words.accepted },
            ]}
            onChange={(value) => go({ text: value })}
          />
          {wide && (
            <Segmented
              label={words.look}
              value={split ? 'split' : 'unified'}
              segments={[
                { value: 'split', label: words.split },
                { value: 'unified', label: words.unified },
              ]}
              onChange={(value) => go({ split: value === 'split' })}
            />
          )}
        </div>
        <div className={style.acts}>
          <Button onPress={() => move(1)} isDisabled={total === 0} shortcut="F8">
            {words.next}
          </Button>
          <span className={style.space} />
          {may.name && (
            <Button onPress={() => setDialog({ kind: 'name', rev: chosen.to })}>
              {historyWords.name.act(chosen.to)}
            </Button>
          )}
          {renamable.map((version) => (
            <Button
              key={version.id}
              onPress={() => setDialog({ kind: 'name', rev: version.rev, version })}
            >
              {historyWords.name.react(version.name)}
            </Button>
          ))}
          {canRestore(chosen.from) && (
            <Button onPress={() => setDialog({ kind: 'restore', rev: chosen.from })}>
              {historyWords.restore.act(chosen.from)}
            </Button>
          )}
          {canRestore(chosen.to) && chosen.to !== chosen.from && (
            <Button onPress={() => setDialog({ kind: 'restore', rev: chosen.to })}>
              {historyWords.restore.act(chosen.to)}
            </Button>
          )}
        </div>
      </div>
      <p className={style.summary} role="status">
        {answer && total > 0
          ? [
              `${words.summary(total, answer.inserted, answer.deleted)}${
                answer.by.length > 0
                  ? ` ${words.people(answer.by.map((id) => shortName(people, id)))}`
                  : ''
              }`,
              ...(at === null ? [] : [words.at(at + 1, total)]),
            ].join('. ')
          : ''}
      </p>
      <div role="alert">{problem !== undefined && <p className={control.error}>{problem}</p>}</div>
      {answer && total === 0 && (
        <div className={style.empty}>
          <p>{text === 'original' ? words.noneFiled : words.none}</p>
          {text === 'original' && (
            <Button onPress={() => go({ text: 'accepted' })}>{words.showEdited}</Button>
          )}
        </div>
      )}
      {answer && (
        <Comparison answer={answer} split={split && wide} key={`${answer.from}-${answer.to}`} />
      )}
      {dialog?.kind === 'name' && (
        <NameDialog rev={dialog.rev} was={dialog.version?.name} onClose={close} onAct={name} />
      )}
      {dialog?.kind === 'restore' && (
        <RestoreDialog rev={dialog.rev} onClose={close} onAct={restore} />
      )}
      <div role="status">
        {done !== '' && (
          <Toast
            text={done}
            undoLabel={historyWords.undo}
            dismissLabel={historyWords.dismiss}
            onDismiss={dismiss}
          />
        )}
      </div>
    </>
  );
}
