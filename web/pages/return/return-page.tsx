/** A copy that was sent out and edited elsewhere comes back: it is looked at beside the article as it stands, and what is
 *  chosen is written. */
import { useEffect, useId, useRef, useState, type ReactElement } from 'react';
import { Link } from 'wouter';
import type {
  ReturnChoice,
  ReturnDone,
  ReturnItem,
  ReturnPreview,
} from '#core/formats/return/return-plan.ts';
import { problemOf } from '#web/pages/api.ts';
import { FieldError } from '#web/pages/form.tsx';
import { ChooseFiles, DropZone } from '#web/pages/drop-zone.tsx';
import { PageBar } from '#web/pages/page-bar.tsx';
import { bringBack, previewReturn, takeOver } from '#web/pages/return/return-api.ts';
import { ReturnRow } from '#web/pages/return/return-item.tsx';
import style from '#web/pages/return/return.module.css';
import { SinceSentList } from '#web/pages/return/since-sent.tsx';
import { returnWords as words } from '#web/pages/return/words.ts';
import { articlePath } from '#web/ui/article-path.ts';
import { classes } from '#web/ui/class-names.ts';
import control from '#web/ui/control.module.css';
import { messages } from '#web/ui/messages.ts';

type Section = 'conflict' | 'unplaced' | 'suggestion' | 'decision' | 'comment' | 'emptied' | 'told';
const sections: readonly Section[] = [
  'conflict',
  'unplaced',
  'suggestion',
  'decision',
  'comment',
  'emptied',
  'told',
];
const leads: Partial<Record<Section, string>> = words.leads;

function sectionOf({ kind, state }: ReturnItem): Section | 'known' {
  if (state === 'known') return 'known';
  if (state === 'conflict' || state === 'unplaced') return state;
  if (state === 'told') return kind === 'suggestion' ? 'emptied' : 'told';
  return kind === 'suggestion' || kind === 'decision' ? kind : 'comment';
}

interface Looked {
  file: File;
  preview: ReturnPreview;
}

export function ReturnPage({ articleId }: { articleId: string }): ReactElement {
  const [looked, setLooked] = useState<Looked | null>(null);
  const [reading, setReading] = useState('');
  const [problem, setProblem] = useState('');
  const [finished, setFinished] = useState<ReturnDone | null>(null);
  const asked = useRef(0);
  const read = async (file: File): Promise<void> => {
    asked.current += 1;
    const turn = asked.current;
    setReading(file.name);
    setProblem('');
    setFinished(null);
    try {
      const preview = await previewReturn(file, articleId);
      if (turn === asked.current) setLooked({ file, preview });
    } catch (error) {
      if (turn === asked.current) setProblem(problemOf(error));
    }
    if (turn === asked.current) setReading('');
  };
  const first = useRef(read);
  useEffect(() => {
    const file = takeOver(articleId);
    if (file) void first.current(file);
  }, [articleId]);
  const article = articlePath(articleId);
  const { headline = '', language = '' } = looked?.preview.article ?? {};
  return (
    <div className={style.page}>
      <title>{`${words.title} · ${messages.app.name}`}</title>
      <PageBar
        back={article}
        backLabel={words.back}
        title={words.title}
        {...(headline === '' ? {} : { article: { headline, language } })}
      />
      <main className={style.main}>
        <div className={style.column}>
          <p role="status" className="hidden-text">
            {reading === '' ? '' : words.reading(reading)}
          </p>
          {finished ? (
            <Finished done={finished} items={looked?.preview.items ?? []} article={article} />
          ) : (
            <>
              <FileField
                name={looked?.preview.name ?? ''}
                reading={reading}
                onFile={(file) => void read(file)}
              />
              <div role="alert">{problem !== '' && <FieldError text={problem} />}</div>
              {looked && (
                <Found
                  key={looked.preview.since.head}
                  looked={looked}
                  articleId={articleId}
                  onDone={setFinished}
                />
              )}
            </>
          )}
        </div>
      </main>
    </div>
  );
}

function FileField({
  name,
  reading,
  onFile,
}: {
  name: string;
  reading: string;
  onFile: (file: File) => void;
}): ReactElement {
  const take = ([file]: readonly File[]): void => {
    if (file) onFile(file);
  };
  const isChosen = name !== '';
  return (
    <DropZone
      chosen={isChosen}
      title={reading === '' ? (isChosen ? name : words.drop) : words.reading(reading)}
      lead={isChosen ? null : words.lead}
      onFiles={take}
    >
      <ChooseFiles
        name={words.choose}
        label={isChosen ? words.another : words.choose}
        accept=".docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        strong={!isChosen}
        disabled={reading !== ''}
        onFiles={take}
      />
    </DropZone>
  );
}

function Found({
  looked,
  articleId,
  onDone,
}: {
  looked: Looked;
  articleId: string;
  onDone: (done: ReturnDone) => void;
}): ReactElement {
  const { file, preview } = looked;
  const { items, since, hidden } = preview;
  const id = useId();
  const [choices, setChoices] = useState<Record<string, ReturnChoice>>({});
  const [audience, setAudience] = useState(preview.audience);
  const [acting, setActing] = useState(false);
  const [problem, setProblem] = useState('');
  const choiceOf = (item: ReturnItem): ReturnChoice => choices[item.key] ?? item.choice;
  const count = items.filter((item) => choiceOf(item) !== 'leave').length;
  const known = items.filter((item) => sectionOf(item) === 'known');
  const opens = items.some(
    (item) =>
      (item.kind === 'comment' && choiceOf(item) === 'bring') ||
      (item.kind === 'suggestion' && choiceOf(item) === 'note'),
  );
  const act = async (): Promise<void> => {
    setActing(true);
    setProblem('');
    try {
      onDone(await bringBack(file, articleId, { choices, audience }));
    } catch (error) {
      setProblem(problemOf(error));
    }
    setActing(false);
  };
  return (
    <>
      <p className={style.summary}>
        {words.sent(since.rev, since.head)} {hidden > 0 && words.hidden(hidden)}
      </p>
      {items.length === known.length && <p className={style.nothing}>{words.nothing}</p>}
      <SinceSentList since={since} />
      {sections.map((section) => {
        const here = items.filter((item) => sectionOf(item) === section);
        if (here.length === 0) return null;
        return (
          <section key={section} className={style.section} aria-labelledby={`${id}-${section}`}>
            <h2 id={`${id}-${section}`}>
              {words.sections[section]} <span className={style.count}>{here.length}</span>
            </h2>
            {leads[section] !== undefined && <p className={style.quiet}>{leads[section]}</p>}
            <ul className={style.items}>
              {here.map((item) => (
                <ReturnRow
                  key={item.key}
                  item={item}
                  choice={choiceOf(item)}
                  onChoose={(choice) => setChoices({ ...choices, [item.key]: choice })}
                />
              ))}
            </ul>
          </section>
        );
      })}
      {known.length > 0 && (
        <details className={style.section}>
          <summary>
            <h2>{words.sections.known(known.length)}</h2>
          </summary>
          <ul className={style.items}>
            {known.map((item) => (
              <ReturnRow key={item.key} item={item} choice="leave" onChoose={() => undefined} />
            ))}
          </ul>
        </details>
      )}
      <footer className={style.foot}>
        <div role="alert">{problem !== '' && <FieldError text={problem} />}</div>
        {opens && preview.mayChoose && (
          <label className={style.audience}>
            {words.whoSees}
            <select
              className={classes(control.input, style.select)}
              value={audience}
              onChange={(event) => setAudience(event.target.value === 'all' ? 'all' : 'desk')}
            >
              <option value="desk">{words.forDesk}</option>
              <option value="all">{words.forAll}</option>
            </select>
          </label>
        )}
        <button
          type="button"
          className={classes(control.button, control.primary, control.tall)}
          disabled={acting || count === 0}
          onClick={() => void act()}
        >
          {acting ? words.acting : words.act(count)}
        </button>
      </footer>
    </>
  );
}

function Finished({
  done,
  items,
  article,
}: {
  done: ReturnDone;
  items: readonly ReturnItem[];
  article: string;
}): ReactElement {
  const whatOf = (key: string): string => {
    const item = items.find((one) => one.key === key);
    return item ? item.inserted || item.deleted : key;
  };
  return (
    <section className={style.finished}>
      <h2 role="status">{words.done(done.written)}</h2>
      {done.refused.length > 0 && (
        <>
          <p>{words.refused}</p>
          <ul className={style.refused}>
            {done.refused.map(({ key, why }) => (
              <li key={key}>
                <span className={style.text} dir="auto">
                  “{whatOf(key)}”
                </span>{' '}
                {why}
              </li>
            ))}
          </ul>
        </>
      )}
      <Link href={article} className={classes(control.button, control.ink, control.tall)}>
        {words.open}
      </Link>
    </section>
  );
}
