/** The left rail: what is open by kind, which is also the filter, and the sections of the article with their counts. */
import { Archive, Keyboard, MapPinOff } from 'lucide-react';
import { lazy, Suspense, useState, type ReactElement, type ReactNode } from 'react';
import { Link } from 'wouter';
import {
  annotationsOf,
  countsOf,
  filtered,
  sectionsOf,
  shownAnnotations,
  type Filter,
  type Section,
} from '#web/panels/annotations.ts';
import { may } from '#core/sync/policy.ts';
import { lengthsOf } from '#web/panels/length.ts';
import { usePage } from '#web/panels/page-state.tsx';
import { RailSilent } from '#web/panels/rail-silent.tsx';
import style from '#web/panels/rail.module.css';
import { severalWords } from '#web/panels/several-words.ts';
import { sameNumbers, useSnapshot } from '#web/panels/use-session.ts';
import { factsInWords } from '#core/facts/fact-state.ts';
import { factStatesOf } from '#web/session/fact-states.ts';
import { articlePath } from '#web/ui/article-path.ts';
import { KindIcon } from '#web/ui/kind-icon.tsx';
import { messages } from '#web/ui/messages.ts';
import { Parts } from '#web/ui/parts.tsx';
import { reviewMessages } from '#web/ui/review-messages.ts';

function FilterButton({
  filter,
  icon,
  label,
  count,
}: {
  filter: Filter;
  icon: ReactNode;
  label: string;
  count: number;
}): ReactElement {
  const page = usePage();
  return (
    <li>
      <button
        type="button"
        className={style.filter}
        aria-pressed={page.filter === filter}
        onClick={() => page.setFilter(filter)}
      >
        {icon}
        <span>{label}</span>
        <span className={style.count}>{count}</span>
      </button>
    </li>
  );
}

/** Brings the nth heading with words of the drawn article to the top. */
function showSection(index: number, hasOpening: boolean): void {
  const article = document.querySelector('.ProseMirror');
  const headings = [...(article?.querySelectorAll('[data-style^="heading"]') ?? [])].filter(
    (heading) => heading.textContent.trim() !== '',
  );
  const target = hasOpening && index === 0 ? article : headings[index - (hasOpening ? 1 : 0)];
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  target?.scrollIntoView({ behavior: calm ? 'auto' : 'smooth', block: 'start' });
}

/** "1 confirmed · 2 open": where the facts stand, in words. */
function FactsLine(): ReactElement | null {
  const line = useSnapshot(({ review, facts }) => {
    const states = [...factStatesOf(review, facts).values()];
    return states.length === 0 ? '' : factsInWords(states);
  });
  const articleId = useSnapshot(({ review }) => review.article.id);
  if (line === '') return null;
  return (
    <section aria-labelledby="rail-facts">
      <h2 id="rail-facts">{messages.filter.facts}</h2>
      <p className={style.line}>
        <Link href={`${articlePath(articleId)}/facts`}>
          <Parts text={line} />
        </Link>
      </p>
    </section>
  );
}

/** How long the article is as edited, and against what was filed. */
function LengthLine(): ReactElement {
  const line = useSnapshot(({ review }) => {
    const { asFiled, asEdited } = lengthsOf(review.doc);
    return reviewMessages.lengthNow(asEdited, asFiled);
  });
  return (
    <section aria-labelledby="rail-length">
      <h2 id="rail-length">{reviewMessages.length}</h2>
      <p className={style.line}>{line}</p>
    </section>
  );
}

/** `onGo` is called when something was chosen: a drawer closes then. */
const DecideSeveral = lazy(async () => ({
  default: (await import('#web/panels/decide-several.tsx')).DecideSeveral,
}));

/** The way to deciding many suggestions at once, for those who decide, where there are several. */
function Several({ count }: { count: number }): ReactElement | null {
  const decides = useSnapshot((snapshot) => may(snapshot.standing, 'decide'));
  const [open, setOpen] = useState(false);
  if (!decides || (count < 2 && !open)) return null;
  return (
    <>
      <button type="button" className={style.several} onClick={() => setOpen(true)}>
        {severalWords.open}
      </button>
      {open && (
        <Suspense fallback={null}>
          <DecideSeveral onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

/** Where a section starts moves with every key, and is not seen. */
const sameSections = (a: readonly Section[], b: readonly Section[]): boolean =>
  a.length === b.length &&
  a.every((section, i) => section.title === b[i]?.title && section.count === b[i].count) &&
  a[0]?.pos === b[0]?.pos;

export function Rail({ onGo }: { onGo?: () => void }): ReactElement {
  const page = usePage();
  const counts = useSnapshot(({ review }) => countsOf(shownAnnotations(review)), sameNumbers);
  const { filter, sections: words, stepper } = messages;
  const sections = useSnapshot(
    ({ review }) => sectionsOf(review.doc, filtered(annotationsOf(review), 'all'), words.opening),
    sameSections,
  );
  const hasOpening = sections[0]?.pos === 0 && sections[0].title === words.opening;
  return (
    <div className={style.rail} data-rail="" role="region" aria-label={filter.region}>
      <section aria-labelledby="rail-open">
        <h2 id="rail-open">{filter.heading}</h2>
        <ul>
          <FilterButton
            filter="all"
            icon={<span className={style.all} aria-hidden="true" />}
            label={filter.all}
            count={counts.all}
          />
          <FilterButton
            filter="suggestion"
            icon={<KindIcon kind="suggestion" />}
            label={filter.suggestions}
            count={counts.suggestion}
          />
          <FilterButton
            filter="fact"
            icon={<KindIcon kind="fact" />}
            label={filter.facts}
            count={counts.fact}
          />
          <FilterButton
            filter="comment"
            icon={<KindIcon kind="comment" />}
            label={filter.comments}
            count={counts.comment}
          />
        </ul>
        <Several count={counts.suggestion} />
        <RailSilent onGo={onGo} />
        <ul className={style.aside}>
          {(counts.detached > 0 || page.filter === 'detached') && (
            <FilterButton
              filter="detached"
              icon={<MapPinOff size={16} aria-hidden="true" />}
              label={filter.detached}
              count={counts.detached}
            />
          )}
          {(counts.settled > 0 || page.filter === 'settled') && (
            <FilterButton
              filter="settled"
              icon={<Archive size={16} aria-hidden="true" />}
              label={filter.settled}
              count={counts.settled}
            />
          )}
        </ul>
      </section>
      <FactsLine />
      <LengthLine />
      {sections.length > 1 && (
        <nav aria-labelledby="rail-sections">
          <h2 id="rail-sections">{words.heading}</h2>
          <ol>
            {sections.map((section, index) => (
              <li key={`${index} ${section.title}`} className={style.section}>
                <button
                  type="button"
                  onClick={() => {
                    onGo?.();
                    page.setListing(false);
                    showSection(index, hasOpening);
                  }}
                >
                  {section.title}
                </button>
                {section.count > 0 && <span className={style.count}>{section.count}</span>}
              </li>
            ))}
          </ol>
        </nav>
      )}
      <p className={style.keys}>
        <Keyboard size={16} aria-hidden="true" />
        <kbd>J</kbd>
        <kbd>K</kbd>
        {stepper.hint}
      </p>
    </div>
  );
}
