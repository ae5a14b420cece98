/** What is known of a fact, inside its focused card: the verdict and earlier rounds, its sources, and the forms to add to them. */
import { ExternalLink, Plus, Scale, X } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { allowedHref } from '#core/article/href.ts';
import type { Check, Citation, ClaimFile, Source } from '#core/facts/claim-file.ts';
import type { FactState } from '#core/facts/fact-state.ts';
import { stanceWords, verdictWords } from '#core/facts/fact-words.ts';
import { certaintyWords } from '#core/facts/verdict.ts';
import { may } from '#core/sync/policy.ts';
import type { Review } from '#core/sync/review.ts';
import style from '#web/panels/fact.module.css';
import { factWords as words, staleWords } from '#web/panels/fact-words.ts';
import { CiteForm, VerdictForm } from '#web/panels/fact-forms.tsx';
import { focusCard } from '#web/panels/focus-card.ts';
import { nameOf } from '#web/panels/sentence.ts';
import { useDrafts } from '#web/panels/use-kept-form.ts';
import { useSession, useSnapshot } from '#web/panels/use-session.ts';
import { formKey } from '#web/session/unfinished.ts';
import { Button, IconButton } from '#web/ui/button.tsx';
import { fullTime, timeWords } from '#web/ui/time.ts';

const samePeople = (a: Review, b: Review): boolean => a.people === b.people;

export function FactFile({
  occurrenceId,
  file,
  state,
  opens = false,
}: {
  occurrenceId: string;
  file: ClaimFile | undefined;
  state: FactState;
  /** The verdict was asked for before this was here. */
  opens?: boolean;
}): ReactElement {
  const session = useSession();
  const standing = useSnapshot((snapshot) => snapshot.standing);
  const sources = useSnapshot((snapshot) => snapshot.facts.sources);
  const mayCheck = may(standing, 'check') && !standing.writer;
  const mayRule = mayCheck && state.stale !== 'detached';
  const drafts = useDrafts();
  const mayCite = may(standing, 'markFact');
  // A form left half filled in is open again.
  const [form, setForm] = useState<'cite' | 'verdict' | null>(() => {
    const isLeft = (kind: 'cite' | 'verdict'): boolean => drafts.has(formKey(kind, occurrenceId));
    if (mayRule && (opens || isLeft('verdict'))) return 'verdict';
    return mayCite && isLeft('cite') ? 'cite' : null;
  });
  const [problem, setProblem] = useState('');
  const citations = file?.citations ?? [];
  const uncite = async (citationId: string): Promise<void> =>
    setProblem((await session.changeFact(occurrenceId, { do: 'uncite', citationId })) ?? '');
  const close = (): void => {
    setForm(null);
    // The form was tall; without it the card may stand out of sight.
    requestAnimationFrame(() => {
      focusCard(occurrenceId, 'card');
      document
        .querySelector(`[data-card="${CSS.escape(occurrenceId)}"]`)
        ?.scrollIntoView({ block: 'nearest' });
    });
  };
  return (
    <div className={style.file}>
      {state.stale && <p className={style.stale}>{staleWords[state.stale]}</p>}
      <Rounds file={file} occurrenceId={occurrenceId} />
      <section className={style.form} aria-label={words.sources}>
        <h3 className={style.heading}>{words.sources}</h3>
        {citations.length === 0 && <p className={style.small}>{words.noSources}</p>}
        <ul className={style.sources}>
          {citations.map((citation) => (
            <CitationLine
              key={citation.id}
              citation={citation}
              source={sources.get(citation.sourceId)}
              onRemove={
                mayCite && !isUsed(file, citation.id) ? () => void uncite(citation.id) : null
              }
            />
          ))}
        </ul>
      </section>
      {problem !== '' && <p role="alert">{problem}</p>}
      {form === 'cite' && <CiteForm occurrenceId={occurrenceId} onDone={close} />}
      {form === 'verdict' && (
        <VerdictForm
          occurrenceId={occurrenceId}
          citations={citations}
          last={state.check}
          onDone={close}
        />
      )}
      {form === null && (mayCite || mayCheck) && (
        <div className={style.actions}>
          {mayRule && (
            <Button
              shortcut="V"
              look="primary"
              data-opens-verdict
              onPress={() => setForm('verdict')}
            >
              <Scale size={16} aria-hidden="true" />
              {state.check ? words.again : words.verdictLine}
            </Button>
          )}
          {mayCite && (
            <Button onPress={() => setForm('cite')}>
              <Plus size={16} aria-hidden="true" />
              {words.addSource}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

const isUsed = (file: ClaimFile | undefined, citationId: string): boolean =>
  file?.checks.some((check) => check.citationIds.includes(citationId)) ?? false;

function Rounds({
  file,
  occurrenceId,
}: {
  file: ClaimFile | undefined;
  occurrenceId: string;
}): ReactElement | null {
  const rounds = (file?.checks ?? []).filter((check) => check.occurrenceId === occurrenceId);
  const last = rounds.at(-1);
  if (!last) return null;
  const earlier = rounds.slice(0, -1).toReversed();
  return (
    <>
      <Round check={last} />
      {earlier.length > 0 && (
        <details>
          <summary className={style.small}>{words.rounds(earlier.length)}</summary>
          {earlier.map((check) => (
            <Round key={check.id} check={check} />
          ))}
        </details>
      )}
    </>
  );
}

function Round({ check }: { check: Check }): ReactElement {
  const review = useSnapshot((snapshot) => snapshot.review, samePeople);
  return (
    <div className={style.verdict}>
      <p>
        <b>{words.by(verdictWords[check.verdict], nameOf(review, check.by))}</b>{' '}
        <time className={style.small} dateTime={check.at} title={fullTime(check.at)}>
          {timeWords(check.at, new Date())}
        </time>
      </p>
      {check.certainty && <p className={style.small}>{certaintyWords[check.certainty]}</p>}
      {check.rationale && <p>{check.rationale}</p>}
    </div>
  );
}

function CitationLine({
  citation,
  source,
  onRemove,
}: {
  citation: Citation;
  source: Source | undefined;
  onRemove: (() => void) | null;
}): ReactElement {
  const title = source?.title ?? '';
  const about = [source?.publisher, source?.dated, citation.locator].filter(Boolean).join(', ');
  return (
    <li className={style.source}>
      <div>
        <b>{stanceWords[citation.stance]}</b>{' '}
        {source && allowedHref(source.address) ? (
          <a href={source.address} target="_blank" rel="noopener noreferrer">
            {title} <ExternalLink size={12} aria-hidden="true" />
          </a>
        ) : (
          title
        )}
        {about && <span className={style.small}> · {about}</span>}
        {citation.quote && <q>{citation.quote}</q>}
      </div>
      {onRemove && (
        <IconButton small label={words.uncite(title)} onPress={onRemove}>
          <X size={14} aria-hidden="true" />
        </IconButton>
      )}
    </li>
  );
}
