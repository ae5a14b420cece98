/** The import page: several files or a pasted text, each looked at before it is saved. */
import { ArrowLeft, ClipboardPaste } from 'lucide-react';
import { useId, useState, type ReactElement } from 'react';
import { Link, useLocation } from 'wouter';
import { articleFormats, type ArticleFormat } from '#core/formats/article-formats.ts';
import type { Me } from '#core/sync/answers.ts';
import { ChooseFiles, DropZone } from '#web/pages/drop-zone.tsx';
import { ImportCard } from '#web/pages/import/import-card.tsx';
import style from '#web/pages/import/import.module.css';
import { useImports, type ImportItem, type ImportSource } from '#web/pages/import/use-imports.ts';
import page from '#web/pages/library.module.css';
import { AccountMenu } from '#web/panels/account-menu.tsx';
import { ThemeToggle } from '#web/panels/theme-toggle.tsx';
import { articlePath } from '#web/ui/article-path.ts';
import { classes } from '#web/ui/class-names.ts';
import control from '#web/ui/control.module.css';
import { importWords as words } from '#web/ui/import-messages.ts';
import { messages } from '#web/ui/messages.ts';

function PasteForm({
  onRead,
  onClose,
}: {
  onRead: (source: ImportSource) => void;
  onClose: () => void;
}): ReactElement {
  const id = useId();
  const [text, setText] = useState('');
  const [format, setFormat] = useState<ArticleFormat>('txt');
  return (
    <form
      className={style.paste}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') onRead({ text, format });
      }}
    >
      <div className={control.field}>
        <label htmlFor={id} className={control.label}>
          {words.pasteLabel}
        </label>
        <textarea
          id={id}
          className={control.input}
          rows={8}
          autoFocus
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <div className={style.line}>
        <label htmlFor={`${id}-format`}>{words.pasteFormat}</label>
        <select
          id={`${id}-format`}
          className={classes(control.input, style.short)}
          value={format}
          onChange={(event) =>
            setFormat(articleFormats.find((one) => one === event.target.value) ?? 'txt')
          }
        >
          {articleFormats.map((one) => (
            <option key={one} value={one}>
              {words.formats[one]}
            </option>
          ))}
        </select>
        <span className={page.space} />
        <button type="button" className={control.button} onClick={onClose}>
          {words.cancel}
        </button>
        <button
          type="submit"
          className={classes(control.button, control.ink)}
          disabled={text.trim() === ''}
        >
          {words.pasteRead}
        </button>
      </div>
    </form>
  );
}

export function ImportPage({ me, onSignOut }: { me: Me; onSignOut: () => void }): ReactElement {
  const [, navigate] = useLocation();
  const imports = useImports();
  const { items } = imports;
  const [pasting, setPasting] = useState(false);
  const ready = items.filter((one) => one.state === 'ready');
  const done = items.filter((one) => one.state !== 'waiting' && one.state !== 'reading').length;
  const failed = items.filter((one) => one.state === 'failed').length;
  const [bar, setBar] = useState<{ done: number; all: number } | null>(null);

  /** Saves one; when it was the last to decide about, the way goes on to the article or the library. */
  const save = async (item: ImportItem): Promise<void> => {
    const id = await imports.save(item);
    const others = items.filter((one) => one.key !== item.key);
    if (id === null) return;
    if (others.length === 0) navigate(articlePath(id));
    else if (others.every((one) => one.state === 'saved')) navigate('/');
  };
  const saveAll = async (): Promise<void> => {
    let isAll = items.every((one) => one.state === 'ready' || one.state === 'saved');
    for (const [i, item] of ready.entries()) {
      setBar({ done: i, all: ready.length });
      if ((await imports.save(item)) === null) isAll = false;
    }
    setBar(null);
    if (isAll) navigate('/');
  };

  const reading = done < items.length ? { done, all: items.length } : null;
  const going = bar ?? reading;
  const told = bar
    ? words.savingAll(bar.done, bar.all)
    : items.length === 0
      ? ''
      : reading
        ? words.progress(done, items.length)
        : failed === 0
          ? words.allRead(items.length)
          : `${words.progress(items.length - failed, items.length)}. ${words.notRead(failed)}`;

  return (
    <div className={page.page}>
      <title>{`${words.title} · ${messages.app.name}`}</title>
      <header className={page.bar}>
        <Link href="/" className={classes(control.button, style.back)}>
          <ArrowLeft size={16} aria-hidden="true" />
          {words.back}
        </Link>
        <span className={page.space} />
        <ThemeToggle />
        <AccountMenu
          person={me.person}
          roleLabel={messages.roles[me.person.role]}
          onSignOut={onSignOut}
        />
      </header>
      <main className={page.main}>
        <div className={page.top}>
          <h1>{words.title}</h1>
          {ready.length > 1 && (
            <button
              type="button"
              className={classes(control.button, control.ink, control.tall)}
              disabled={bar !== null}
              onClick={() => void saveAll()}
            >
              {words.importAll(ready.length)}
            </button>
          )}
        </div>
        <DropZone title={words.drop} lead={words.lead} onFiles={imports.add}>
          <div className={style.line}>
            <ChooseFiles
              name={words.choose}
              label={words.choose}
              accept=".zip,.docx,.txt,.md,.markdown,.html,.htm,.json,application/vnd.openxmlformats-officedocument.wordprocessingml.document,text/plain,text/markdown,text/html,application/json"
              multiple
              strong={items.length === 0}
              onFiles={imports.add}
            />
            <button
              type="button"
              className={classes(control.button, control.tall)}
              aria-expanded={pasting}
              onClick={() => setPasting(!pasting)}
            >
              <ClipboardPaste size={16} aria-hidden="true" />
              {words.paste}
            </button>
          </div>
          {pasting && (
            <PasteForm
              onClose={() => setPasting(false)}
              onRead={(source) => {
                imports.add([source]);
                setPasting(false);
              }}
            />
          )}
        </DropZone>
        <p role="status" className={style.progress}>
          {told}
        </p>
        {going && (
          <progress className={style.bar} max={going.all} value={going.done} aria-label={told} />
        )}
        {items.map((item) => (
          <ImportCard
            key={item.key}
            item={item}
            imports={imports}
            onSave={(one) => void save(one)}
          />
        ))}
      </main>
    </div>
  );
}
