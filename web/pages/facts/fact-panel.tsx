/** One fact beside the list: its sentence, its rounds and sources with the forms to add to them, and what was said of it. */
import { CornerDownLeft, X } from 'lucide-react';
import { useEffect, useRef, type ReactElement } from 'react';
import { Link } from 'wouter';
import type { FactLine } from '#core/facts/fact-list.ts';
import { wordsInSentence } from '#core/facts/sentence.ts';
import style from '#web/pages/facts/facts.module.css';
import { deskWords as words } from '#web/pages/facts/words.ts';
import { FactChip } from '#web/panels/fact-chip.tsx';
import { FactFile } from '#web/panels/fact-file.tsx';
import { openVerdict } from '#web/panels/focus-card.ts';
import { nameOf } from '#web/panels/sentence.ts';
import { Thread } from '#web/panels/thread.tsx';
import { useSnapshot } from '#web/panels/use-session.ts';
import { IconButton } from '#web/ui/button.tsx';
import control from '#web/ui/control.module.css';
import { messages } from '#web/ui/messages.ts';

const writes = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select') !== null;

export function FactPanel({
  id,
  line,
  path,
  onClose,
}: {
  id: string;
  /** Undefined when there is no such fact any more. */
  line: FactLine | undefined;
  path: string;
  onClose: () => void;
}): ReactElement {
  const review = useSnapshot((snapshot) => snapshot.review);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
      if (event.key === 'Escape') onClose();
      else if (event.key.toLowerCase() === 'v' && !writes(event.target)) {
        event.preventDefault();
        openVerdict(id);
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [id, onClose]);
  const replies = review.occurrences.get(id)?.replies ?? [];
  return (
    <aside
      ref={panel}
      className={style.panel}
      data-card={id}
      tabIndex={-1}
      aria-label={words.panel}
    >
      <div className={style.panelTop}>
        <h2 className="hidden-text">{words.panel}</h2>
        {line && <FactChip state={line.state} />}
        {line?.claim && <span className={style.quiet}>{messages.claimTypes[line.claim.type]}</span>}
        <span className={style.space} />
        <IconButton label={words.close} shortcut="Esc" onPress={onClose}>
          <X size={18} aria-hidden="true" />
        </IconButton>
      </div>
      {!line && <p>{words.removed}</p>}
      {line && (
        <>
          <Sentence line={line} />
          {line.claim?.check && <p className={style.check}>{line.claim.check}</p>}
          <p className={style.quiet}>{words.markedBy(nameOf(review, line.markedBy))}</p>
          <Link
            href={`${path}?annotation=${encodeURIComponent(id)}`}
            className={control.button ?? ''}
          >
            <CornerDownLeft size={16} aria-hidden="true" />
            {line.place === '' ? words.gone : words.goToText(line.place)}
          </Link>
          <File id={id} line={line} />
          {replies.length > 0 && (
            <section aria-label={words.thread}>
              <Thread on={id} replies={replies} people={review.people} />
            </section>
          )}
        </>
      )}
    </aside>
  );
}

function File({ id, line }: { id: string; line: FactLine }): ReactElement {
  const file = useSnapshot(({ facts }) =>
    line.claim ? facts.claims.get(line.claim.id) : undefined,
  );
  return <FactFile occurrenceId={id} file={file} state={line.state} />;
}

/** The fact in its sentence, or its last words where they are gone. */
function Sentence({ line }: { line: FactLine }): ReactElement {
  const review = useSnapshot((snapshot) => snapshot.review);
  const anchor = review.anchors.byId.get(line.id);
  const held = anchor?.state === 'attached';
  const parts = held
    ? wordsInSentence(review.doc, anchor.from, anchor.to)
    : { before: '', words: line.words, after: '' };
  return (
    <blockquote className={style.sentence} lang={review.article.language} dir="auto">
      {parts.before}
      <mark>{parts.words}</mark>
      {parts.after}
    </blockquote>
  );
}
