/** The two forms of a fact: citing a source, and giving a verdict. What the server refuses is said in its own words. */
import { useState, type FormEvent, type ReactElement } from 'react';
import { sourceKinds, stances, type Check, type Citation } from '#core/facts/claim-file.ts';
import { stanceWords, verdictWords } from '#core/facts/fact-words.ts';
import { certainties, certaintyWords, verdicts, type Verdict } from '#core/facts/verdict.ts';
import type { AskedClaimChange } from '#core/sync/protocol.ts';
import style from '#web/panels/fact.module.css';
import { factWords as words, sourceKindWords } from '#web/panels/fact-words.ts';
import { useKeptForm } from '#web/panels/use-kept-form.ts';
import { useSession, useSnapshot } from '#web/panels/use-session.ts';
import { formKey } from '#web/session/unfinished.ts';
import { Button } from '#web/ui/button.tsx';
import control from '#web/ui/control.module.css';

function Choice<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: T;
  options: readonly (readonly [T, string])[];
  onChange: (value: T) => void;
}): ReactElement {
  return (
    <label className={control.field}>
      <span className={control.label}>{label}</span>
      <select
        className={control.input}
        value={value}
        onChange={(event) =>
          onChange(options.find(([each]) => each === event.target.value)?.[0] ?? value)
        }
      >
        {options.map(([each, word]) => (
          <option key={each} value={each}>
            {word}
          </option>
        ))}
      </select>
    </label>
  );
}

function Field({
  label,
  value,
  most,
  onChange,
}: {
  label: string;
  value: string;
  most: number;
  onChange: (value: string) => void;
}): ReactElement {
  return (
    <input
      className={control.input}
      aria-label={label}
      placeholder={label}
      maxLength={most}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

/** Sends a change and keeps the sentence when it is refused. */
function useChange(
  occurrenceId: string,
  onDone: () => void,
): {
  problem: string;
  busy: boolean;
  send(change: AskedClaimChange): Promise<void>;
  say(words: string): void;
} {
  const session = useSession();
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const send = async (change: AskedClaimChange): Promise<void> => {
    setBusy(true);
    const refused = await session.changeFact(occurrenceId, change);
    setBusy(false);
    if (refused === null) onDone();
    else setProblem(refused);
  };
  return { problem, busy, send, say: setProblem };
}

function Foot({
  post,
  problem,
  busy,
  onCancel,
}: {
  post: string;
  problem: string;
  busy: boolean;
  onCancel: () => void;
}): ReactElement {
  return (
    <>
      {problem !== '' && (
        <p role="alert" className={control.error}>
          {problem}
        </p>
      )}
      <div className={style.actions}>
        <Button type="submit" look="primary" isDisabled={busy}>
          {post}
        </Button>
        <Button onPress={onCancel}>{words.cancel}</Button>
      </div>
    </>
  );
}

const fresh = '';
const unsaid = 'unsaid';

export function CiteForm({
  occurrenceId,
  onDone,
}: {
  occurrenceId: string;
  onDone: () => void;
}): ReactElement {
  const sources = useSnapshot((snapshot) => snapshot.facts.sources);
  const { form, change, forget } = useKeptForm(formKey('cite', occurrenceId), {
    sourceId: fresh,
    kind: sourceKinds[0] as string,
    title: '',
    publisher: '',
    address: '',
    dated: '',
    locator: '',
    stance: stances[0] as string,
    quote: '',
  });
  const done = (): void => {
    forget();
    onDone();
  };
  const { problem, busy, send, say } = useChange(occurrenceId, done);
  const { title, publisher, address, dated, locator, quote } = form;
  // A source that is gone meanwhile is a new one.
  const sourceId = sources.has(form.sourceId) ? form.sourceId : fresh;
  const kind = sourceKinds.find((each) => each === form.kind) ?? sourceKinds[0];
  const stance = stances.find((each) => each === form.stance) ?? stances[0];
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (sourceId === fresh && title.trim() === '') say(words.titleMissing);
    else
      void send({
        do: 'cite',
        source: sourceId === fresh ? { kind, title, publisher, address, dated } : { id: sourceId },
        locator,
        stance,
        quote,
      });
  };
  return (
    <form className={style.form} onSubmit={submit} aria-label={words.addSource}>
      {sources.size > 0 && (
        <Choice
          label={words.known}
          value={sourceId}
          options={[
            [fresh, words.newSource] as const,
            ...[...sources.values()].map((one) => [one.id, one.title] as const),
          ]}
          onChange={(id) => change({ sourceId: id })}
        />
      )}
      {sourceId === fresh && (
        <>
          <Field
            label={words.title}
            value={title}
            most={300}
            onChange={(value) => change({ title: value })}
          />
          <Field
            label={words.address}
            value={address}
            most={2000}
            onChange={(value) => change({ address: value })}
          />
          <div className={style.pair}>
            <Field
              label={words.publisher}
              value={publisher}
              most={200}
              onChange={(value) => change({ publisher: value })}
            />
            <Field
              label={words.dated}
              value={dated}
              most={80}
              onChange={(value) => change({ dated: value })}
            />
          </div>
          <Choice
            label={words.kind}
            value={kind}
            options={sourceKinds.map((each) => [each, sourceKindWords[each]] as const)}
            onChange={(value) => change({ kind: value })}
          />
        </>
      )}
      <div className={style.pair}>
        <Choice
          label={words.stance}
          value={stance}
          options={stances.map((each) => [each, stanceWords[each]] as const)}
          onChange={(value) => change({ stance: value })}
        />
        <label className={control.field}>
          <span className={control.label}>{words.locator}</span>
          <input
            className={control.input}
            maxLength={120}
            value={locator}
            onChange={(event) => change({ locator: event.target.value })}
          />
        </label>
      </div>
      <textarea
        className={control.input}
        rows={2}
        maxLength={4000}
        aria-label={words.quote}
        placeholder={words.quote}
        value={quote}
        onChange={(event) => change({ quote: event.target.value })}
      />
      <Foot post={words.cite} problem={problem} busy={busy} onCancel={done} />
    </form>
  );
}

export function VerdictForm({
  occurrenceId,
  citations,
  last,
  onDone,
}: {
  occurrenceId: string;
  citations: readonly Citation[];
  last: Check | null;
  onDone: () => void;
}): ReactElement {
  const sources = useSnapshot((snapshot) => snapshot.facts.sources);
  const { form, change, forget } = useKeptForm(formKey('verdict', occurrenceId), {
    verdict: (last?.verdict ?? 'needs-context') as string,
    certainty: (last?.certainty ?? unsaid) as string,
    rationale: '',
    rests: citations.map(({ id }) => id).join(' '),
  });
  const done = (): void => {
    forget();
    onDone();
  };
  const { problem, busy, send } = useChange(occurrenceId, done);
  const { rationale } = form;
  const verdict: Verdict = verdicts.find((each) => each === form.verdict) ?? 'needs-context';
  const certainty: Check['certainty'] = certainties.find((each) => each === form.certainty) ?? null;
  const rests: ReadonlySet<string> = new Set(form.rests.split(' '));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const citationIds = citations.map(({ id }) => id).filter((id) => rests.has(id));
    void send({ do: 'check', verdict, certainty, rationale: rationale.trim(), citationIds });
  };
  const toggle = (id: string): void => {
    const next = new Set(rests);
    if (!next.delete(id)) next.add(id);
    change({ rests: [...next].join(' ') });
  };
  return (
    <form className={style.form} onSubmit={submit} aria-label={words.verdictForm}>
      <Choice
        label={words.verdict}
        value={verdict}
        options={verdicts.map((code) => [code, verdictWords[code]] as const)}
        onChange={(code) => change({ verdict: code })}
      />
      <Choice
        label={words.certainty}
        value={certainty ?? unsaid}
        options={[
          [unsaid, words.unsaid] as const,
          ...certainties.map((code) => [code, certaintyWords[code]] as const),
        ]}
        onChange={(code) => change({ certainty: code })}
      />
      <textarea
        className={control.input}
        rows={2}
        maxLength={4000}
        aria-label={words.rationale}
        placeholder={words.rationale}
        value={rationale}
        onChange={(event) => change({ rationale: event.target.value })}
      />
      {citations.length > 0 && (
        <fieldset className={style.rests}>
          <legend>{words.restsOn}</legend>
          {citations.map(({ id, sourceId, locator }) => (
            <label key={id}>
              <input type="checkbox" checked={rests.has(id)} onChange={() => toggle(id)} />
              <span>{[sources.get(sourceId)?.title, locator].filter(Boolean).join(', ')}</span>
            </label>
          ))}
        </fieldset>
      )}
      <Foot post={words.give} problem={problem} busy={busy} onCancel={done} />
    </form>
  );
}
