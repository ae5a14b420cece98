/** Passing the article on: to which stage, to whom, by when, and what is asked. */
import { useState, type FormEvent, type ReactElement } from 'react';
import { workingStages, type WorkingStage } from '#core/sync/desk.ts';
import { post, problemOf } from '#web/pages/api.ts';
import { FieldError } from '#web/pages/form.tsx';
import style from '#web/pages/form.module.css';
import { useKeptForm } from '#web/panels/use-kept-form.ts';
import { useSnapshot } from '#web/panels/use-session.ts';
import { formKey } from '#web/session/unfinished.ts';
import { Button } from '#web/ui/button.tsx';
import control from '#web/ui/control.module.css';
import { deskWords as words, stageWords } from '#web/panels/desk-messages.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import overlay from '#web/ui/overlay.module.css';

/** Where an article usually goes next. */
const usual: Partial<Record<string, WorkingStage>> = {
  draft: 'desk',
  desk: 'checking',
  checking: 'desk',
  'with-writer': 'desk',
  legal: 'desk',
};

export function HandOverDialog({
  articleId,
  onClose,
  onDone,
}: {
  articleId: string;
  onClose: () => void;
  onDone: (sentence: string) => void;
}): ReactElement {
  const people = useSnapshot(({ review }) => review.people);
  const me = useSnapshot((snapshot) => snapshot.me);
  const now = useSnapshot((snapshot) => snapshot.standing.stage);
  const { form, change, forget } = useKeptForm(formKey('hand-over'), {
    stage: (usual[now] ?? 'desk') as string,
    to: '',
    due: '',
    note: '',
  });
  const { due, note } = form;
  const known = workingStages.find((one) => one === form.stage && one !== now);
  const stage: WorkingStage = known ?? usual[now] ?? 'desk';
  const to = people.has(form.to) ? form.to : '';
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const send = async (): Promise<void> => {
    setBusy(true);
    try {
      await post(`/api/articles/${encodeURIComponent(articleId)}/hand-over`, {
        stage,
        to: to === '' ? null : to,
        dueAt: due === '' ? null : new Date(due).toISOString(),
        note: note.trim(),
      });
      forget();
      onDone(words.done(stageWords[stage]));
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  return (
    <Dialog open title={words.title} onClose={onClose}>
      <form
        className={style.form}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void send();
        }}
      >
        <p className={control.hint}>{words.lead}</p>
        <label className={control.field}>
          <span className={control.label}>{words.stage}</span>
          <select
            className={control.input}
            value={stage}
            onChange={(event) => change({ stage: event.target.value })}
          >
            {workingStages
              .filter((one) => one !== now)
              .map((one) => (
                <option key={one} value={one}>
                  {stageWords[one]}
                </option>
              ))}
          </select>
        </label>
        <label className={control.field}>
          <span className={control.label}>{words.to}</span>
          <select
            className={control.input}
            value={to}
            onChange={(event) => change({ to: event.target.value })}
          >
            <option value="">{words.nobody}</option>
            {[...people.values()]
              // Readers cannot take an article on, and people of imported files are nobody's accounts.
              .filter((person) => person.id !== me.id && person.role !== 'viewer')
              .map((person) => (
                <option key={person.id} value={person.id}>
                  {person.name}
                </option>
              ))}
          </select>
        </label>
        <label className={control.field}>
          <span className={control.label}>{words.due}</span>
          <input
            className={control.input}
            type="datetime-local"
            value={due}
            onChange={(event) => change({ due: event.target.value })}
          />
        </label>
        <label className={control.field}>
          <span className={control.label}>{words.note}</span>
          <textarea
            className={control.input}
            rows={3}
            maxLength={4000}
            value={note}
            onChange={(event) => change({ note: event.target.value })}
          />
        </label>
        <div role="alert">{problem !== '' && <FieldError text={problem} />}</div>
        <div className={overlay.dialogActions}>
          <Button onPress={onClose}>{words.cancel}</Button>
          <Button type="submit" look="ink" isDisabled={busy}>
            {busy ? words.busy : words.submit}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
