/** A zip of several articles on its way: how far it is, what is in it, what was held back, and the file at the end. */
import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, Download } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { ParcelAnswer } from '#core/formats/many/answers.ts';
import { isPacked, type HeldArticle, type PackedArticle } from '#core/formats/many/manifest.ts';
import { get } from '#web/pages/api.ts';
import { FieldError } from '#web/pages/form.tsx';
import page from '#web/pages/library.module.css';
import style from '#web/pages/many/many.module.css';
import { manyWords as words, sizeWords } from '#web/pages/many/words.ts';
import { sendOutWords } from '#web/pages/send-out/words.ts';
import { ThemeToggle } from '#web/panels/theme-toggle.tsx';
import { annotationPath, articlePath } from '#web/ui/article-path.ts';
import { classes } from '#web/ui/class-names.ts';
import control from '#web/ui/control.module.css';
import { messages } from '#web/ui/messages.ts';

const addressOf = (id: string): string => `/api/send-outs/${encodeURIComponent(id)}`;

export function ManyPage({ id }: { id: string }): ReactElement {
  const parcel = useQuery({
    queryKey: ['send-outs', id],
    queryFn: async () => (await get(addressOf(id))) as ParcelAnswer,
    // It is asked again for as long as there is something to come.
    refetchInterval: ({ state }) => (state.data?.state === 'building' ? 700 : false),
    staleTime: 0,
  });
  return (
    <div className={page.page}>
      <title>{`${words.pageTitle} · ${messages.app.name}`}</title>
      <header className={page.bar}>
        <Link href="/" className={classes(control.button, style.back)}>
          <ArrowLeft size={16} aria-hidden="true" />
          {words.back}
        </Link>
        <span className={page.space} />
        <ThemeToggle />
      </header>
      <main className={page.main}>
        <div className={page.top}>
          <h1>{words.pageTitle}</h1>
        </div>
        {parcel.isError && <FieldError text={parcel.error.message} />}
        {parcel.data && <Told parcel={parcel.data} />}
      </main>
    </div>
  );
}

function Told({ parcel }: { parcel: ParcelAnswer }): ReactElement {
  const { id, state, total, outcomes, file, preset, view, format } = parcel;
  const packed = outcomes.filter(isPacked);
  const held = outcomes.filter((one): one is HeldArticle => !isPacked(one));
  const told =
    state === 'ready'
      ? words.ready(held.length)
      : state === 'failed'
        ? words.failed
        : words.building(outcomes.length, total);
  return (
    <>
      <p className={style.kind}>
        {sendOutWords.preset[preset]} · {sendOutWords.views[view].toLowerCase()} ·{' '}
        {sendOutWords.formats[format]}
      </p>
      <p role="status" className={style.told} data-failed={state === 'failed' || undefined}>
        {told}
      </p>
      {state === 'building' && (
        <progress
          className={style.progress}
          max={total}
          value={outcomes.length}
          aria-label={words.building(outcomes.length, total)}
        />
      )}
      {file && (
        <p className={style.file}>
          <a
            href={`${addressOf(id)}/file`}
            download={file.name}
            className={classes(control.button, control.ink, control.tall)}
          >
            <Download size={16} aria-hidden="true" />
            {words.download(sizeWords(file.bytes))}
          </a>
          <small>{words.kept}</small>
        </p>
      )}
      {held.length > 0 && <Held held={held} />}
      {packed.length > 0 && <Packed packed={packed} />}
    </>
  );
}

function Packed({ packed }: { packed: readonly PackedArticle[] }): ReactElement {
  return (
    <section className={style.list} aria-labelledby="packed">
      <h2 id="packed">{words.inside}</h2>
      <ul>
        {packed.map((one) => (
          <li key={one.articleId}>
            <Link href={articlePath(one.articleId)} dir="auto">
              {one.headline || messages.library.untitled}
            </Link>
            <small title={one.warnings.slice(0, 12).join('\n')}>{words.holds(one)}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** How many reasons of one article are told here; the article's own dialog has them all. */
const few = 5;

function Held({ held }: { held: readonly HeldArticle[] }): ReactElement {
  return (
    <section className={style.list} data-held="" aria-labelledby="held">
      <h2 id="held">{words.held}</h2>
      <ul>
        {held.map(({ articleId, headline, message, reasons }) => (
          <li key={articleId}>
            {headline === '' ? (
              message
            ) : (
              <Link href={articlePath(articleId)} dir="auto">
                {headline}
              </Link>
            )}
            {headline !== '' && <small>{message}</small>}
            {reasons.length > 0 && (
              <ul>
                {reasons.slice(0, few).map(({ code, on, sentence }) => (
                  <li key={`${code} ${on}`}>
                    {on === null ? (
                      sentence
                    ) : (
                      <Link href={annotationPath(articleId, on)}>{sentence}</Link>
                    )}
                  </li>
                ))}
                {reasons.length > few && <li>{words.more(reasons.length - few)}</li>}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
