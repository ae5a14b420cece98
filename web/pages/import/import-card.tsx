/** One file on the import page: its name, how it will read, what to decide, and what to do with it. */
import { useId, type ReactElement } from 'react';
import { Link, useLocation } from 'wouter';
import type { PreviewAnswer } from '#core/formats/import/about.ts';
import { FieldError } from '#web/pages/form.tsx';
import { Decisions } from '#web/pages/import/decisions.tsx';
import style from '#web/pages/import/import.module.css';
import { Reading } from '#web/pages/import/reading.tsx';
import type { ImportItem, Imports } from '#web/pages/import/use-imports.ts';
import { handOver } from '#web/pages/return/return-api.ts';
import { returnWords } from '#web/pages/return/words.ts';
import { articlePath } from '#web/ui/article-path.ts';
import { classes } from '#web/ui/class-names.ts';
import control from '#web/ui/control.module.css';
import { importWords as words } from '#web/ui/import-messages.ts';

function counts(preview: PreviewAnswer): string {
  return (Object.entries(preview.counts) as [keyof PreviewAnswer['counts'], number][])
    .filter(([name, count]) => count > 0 || name === 'words')
    .map(([name, count]) => words.counts[name](count))
    .join(' · ');
}

/** The file was sent out from here: it can go back to where it came from instead of becoming an article of its own. */
function BringBack({ offer: { to, file } }: { offer: NonNullable<ImportItem['offer']> }) {
  const [, navigate] = useLocation();
  return (
    <div className={style.offer}>
      <p>{returnWords.offerLead(to.rev)}</p>
      <button
        type="button"
        className={classes(control.button, control.primary)}
        onClick={() => {
          handOver(to.articleId, file);
          navigate(`${articlePath(to.articleId)}/return`);
        }}
      >
        <span dir="auto">{returnWords.offer(to.headline || words.untitled)}</span>
      </button>
    </div>
  );
}

export function ImportCard({
  item,
  imports,
  onSave,
}: {
  item: ImportItem;
  imports: Imports;
  onSave: (item: ImportItem) => void;
}): ReactElement {
  const id = useId();
  const { preview, state } = item;
  const isOpen = preview !== null && (state === 'ready' || state === 'saving');
  return (
    <section className={style.card} aria-labelledby={id}>
      <header className={style.cardHead}>
        <div className={style.name}>
          <h2 id={id} dir="auto">
            {item.name}
          </h2>
          <p className={style.quiet}>
            {state === 'waiting' || state === 'reading'
              ? words.reading(item.name)
              : state === 'failed'
                ? words.failed
                : state === 'saved'
                  ? words.saved
                  : preview
                    ? `${words.formats[preview.format]} · ${counts(preview)}`
                    : ''}
          </p>
        </div>
        <div className={style.actions}>
          {isOpen && (
            <>
              <button
                type="button"
                className={control.button}
                disabled={state === 'saving'}
                onClick={() => imports.drop(item)}
              >
                {words.skip}
              </button>
              <button
                type="button"
                className={classes(control.button, control.ink)}
                disabled={state === 'saving'}
                onClick={() => onSave(item)}
              >
                {state === 'saving' ? words.saving : words.importOne}
              </button>
            </>
          )}
          {state === 'saved' && (
            <Link href={articlePath(item.articleId)} className={control.button ?? ''}>
              {words.openArticle}
            </Link>
          )}
          {state === 'failed' && (
            <button type="button" className={control.button} onClick={() => imports.drop(item)}>
              {words.remove}
            </button>
          )}
        </div>
      </header>
      {isOpen && item.offer && <BringBack offer={item.offer} />}
      <div role="alert">{item.problem !== '' && <FieldError text={item.problem} />}</div>
      {isOpen && (
        <div className={style.columns}>
          <div>
            <h3>{words.reads}</h3>
            <Reading preview={preview} />
          </div>
          <Decisions
            preview={preview}
            choices={item.choices}
            onChange={(choices) => imports.choose(item, { choices })}
            onAudience={(audience) => imports.choose(item, { audience })}
            onAs={(as) => imports.choose(item, { as })}
          />
        </div>
      )}
    </section>
  );
}
