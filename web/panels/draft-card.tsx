/** A new annotation being written, in the margin beside the words it is about. It says who will read it before it is posted. */
import { useEffect, useId, useRef, useState, type ReactElement, type RefCallback } from 'react';
import { claimTypes, type ClaimType } from '#core/annotate/annotation.ts';
import style from '#web/panels/card.module.css';
import { carryRange } from '#web/panels/carry-range.ts';
import { GrowingField } from '#web/panels/composer.tsx';
import { focusCard } from '#web/panels/focus-card.ts';
import { guessFactType } from '#core/facts/fact-type.ts';
import { usePage, type Draft } from '#web/panels/page-state.tsx';
import { audiencesFor } from '#web/panels/readers.ts';
import { shortened } from '#web/panels/sentence.ts';
import { useKeptForm } from '#web/panels/use-kept-form.ts';
import { useSession, useSnapshot } from '#web/panels/use-session.ts';
import { formKey } from '#web/session/unfinished.ts';
import { Button } from '#web/ui/button.tsx';
import { classes } from '#web/ui/class-names.ts';
import control from '#web/ui/control.module.css';
import { KindIcon } from '#web/ui/kind-icon.tsx';
import { messages } from '#web/ui/messages.ts';

const { compose, bubble } = messages;
const titles = { comment: bubble.comment, fact: bubble.fact, suggestion: bubble.suggest };

interface DraftCardProps {
  draft: Draft;
  place: RefCallback<HTMLElement>;
}

/** Left by Esc and begun again on the same words, it still holds what was written. */
export function DraftCard(props: DraftCardProps): ReactElement {
  const key = formKey(props.draft.kind, props.draft.quote);
  return <Composer key={key} kept={key} {...props} />;
}

function Composer({ draft, place, kept }: DraftCardProps & { kept: string }): ReactElement {
  const session = useSession();
  const { setDraft, setFilter, filter, focusText } = usePage();
  const me = useSnapshot((snapshot) => snapshot.me);
  const role = useSnapshot((snapshot) => snapshot.standing.role);
  const guessed = guessFactType(draft.quote);
  const { form, change, forget } = useKeptForm(kept, {
    text: draft.kind === 'suggestion' ? draft.quote : '',
    reason: '',
    type: guessed as string,
    audience: 'all',
  });
  const { text, reason } = form;
  const type: ClaimType = claimTypes.find((each) => each === form.type) ?? guessed;
  const audiences = audiencesFor({ id: me.id, role });
  const audience = form.audience === 'desk' && audiences.includes('desk') ? 'desk' : 'all';
  const [problem, setProblem] = useState('');
  const about = useId();
  const problemId = useId();
  useDraftRange(draft);
  useLitWords(draft.words);

  const close = (): void => {
    setDraft(null);
    focusText();
  };
  const done = (id: string): void => {
    // An empty id: the session has said why it could not be done.
    if (id === '') return;
    forget();
    setDraft(null);
    if (filter !== 'all' && filter !== draft.kind) setFilter('all');
    session.focus(id);
    requestAnimationFrame(() => focusCard(id, 'card'));
  };
  const post = (): void => {
    const words = text.trim();
    const { range } = draft;
    if (range.to <= range.from) setProblem(compose.lost);
    else if (draft.kind === 'comment') {
      if (words === '') setProblem(compose.commentMissing);
      else done(session.comment(range, words, audience));
    } else if (draft.kind === 'fact')
      done(session.markFact(range, { type, check: words, audience }));
    else if (text === draft.quote) setProblem(compose.unchanged);
    else {
      const id = session.suggest(range, text, reason.trim());
      if (id === null) setProblem(compose.notPossible);
      else done(id);
    }
  };

  return (
    <section
      ref={place}
      data-card="draft"
      data-kind={draft.kind}
      data-focused
      className={classes(style.card, style.placed)}
      aria-label={titles[draft.kind]}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
    >
      <header className={style.head}>
        <KindIcon kind={draft.kind} />
        <b>{titles[draft.kind]}</b>
      </header>
      <blockquote id={about} className={style.quote}>
        {shortened(draft.quote, 140)}
      </blockquote>
      <div className={style.foot}>
        {draft.kind === 'fact' && (
          <label className={control.field}>
            <span className={control.label}>{compose.factType}</span>
            <select
              className={control.input}
              value={type}
              onChange={(event) => change({ type: event.target.value })}
            >
              {claimTypes.map((each) => (
                <option key={each} value={each}>
                  {messages.claimTypes[each]}
                </option>
              ))}
            </select>
          </label>
        )}
        <div className={style.reply}>
          <GrowingField
            value={text}
            onChange={(value) => {
              change({ text: value });
              setProblem('');
            }}
            onPost={post}
            onLeave={close}
            label={fieldLabel(draft.kind)}
            placeholder={fieldLabel(draft.kind)}
            describedBy={problem === '' ? about : problemId}
            invalid={problem !== ''}
            autoFocus
            maxLength={draft.kind === 'fact' ? 400 : 20_000}
          />
        </div>
        {draft.kind === 'suggestion' && (
          <input
            className={control.input}
            value={reason}
            maxLength={400}
            aria-label={compose.reason}
            placeholder={compose.reason}
            onChange={(event) => change({ reason: event.target.value })}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.nativeEvent.isComposing) post();
            }}
          />
        )}
        {problem !== '' && (
          <p id={problemId} role="alert" className={control.error}>
            {problem}
          </p>
        )}
        {draft.kind !== 'suggestion' && (
          <div className={style.readers}>
            <span id={`${about}-readers`}>{compose.readers}</span>
            {audiences.length === 1 ? (
              <b>{compose.everyone}</b>
            ) : (
              <select
                aria-labelledby={`${about}-readers`}
                value={audience}
                onChange={(event) => change({ audience: event.target.value })}
              >
                <option value="all">{compose.everyone}</option>
                <option value="desk">{compose.desk}</option>
              </select>
            )}
          </div>
        )}
        <div className={style.actions}>
          <Button look="primary" onPress={post}>
            {postLabel(draft.kind)}
          </Button>
          <Button onPress={close}>{compose.cancel}</Button>
        </div>
      </div>
    </section>
  );
}

function fieldLabel(kind: Draft['kind']): string {
  if (kind === 'comment') return compose.comment;
  return kind === 'fact' ? compose.check : compose.replacement;
}

function postLabel(kind: Draft['kind']): string {
  if (kind === 'comment') return compose.post;
  return kind === 'fact' ? compose.mark : compose.suggest;
}

/** Keeps the draft on its words while others type. */
function useDraftRange(draft: Draft): void {
  const { setDraft } = usePage();
  const doc = useSnapshot(({ review }) => review.doc);
  const lastDoc = useRef(doc);
  useEffect(() => {
    if (lastDoc.current === doc) return;
    const range = carryRange(lastDoc.current, doc, draft.range);
    lastDoc.current = doc;
    if (range.from !== draft.range.from || range.to !== draft.range.to)
      setDraft({ ...draft, range });
  }, [doc, draft, setDraft]);
}

/** Shows which words a composer speaks of although the selection has left them. */
function useLitWords(words: globalThis.Range | null): void {
  useEffect(() => {
    if (!words || !('highlights' in CSS)) return undefined;
    CSS.highlights.set('galley-draft', new Highlight(words));
    return () => {
      CSS.highlights.delete('galley-draft');
    };
  }, [words]);
}
