/** The history of an article: who did what when, two versions compared, a name for one, and the way back. */
import { ArrowLeft } from 'lucide-react';
import { useCallback, useId, useState, type ReactElement } from 'react';
import { Link, useLocation, useSearchParams } from 'wouter';
import type { ComparedText } from '#core/sync/compare.ts';
import type { ComparisonAnswer, HistoryAnswer, Version } from '#core/sync/history.ts';
import { Comparison } from '#web/pages/history/comparison.tsx';
import { NameDialog, RestoreDialog } from '#web/pages/history/dialogs.tsx';
import { choicesOf, entriesOf, shortName, type Choice } from '#web/pages/history/entries.ts';
import { HistoryList } from '#web/pages/history/history-list.tsx';
import frame from '#web/pages/page-bar.module.css';
import style from '#web/pages/history/history.module.css';
import {
  nameVersion,
  renameVersion,
  restoreVersion,
  useComparison,
  useHistory,
} from '#web/pages/history/requests.ts';
import { useChanges, useIsWide } from '#web/pages/history/use-changes.ts';
import { MessagePage } from '#web/pages/message-page.tsx';
import { ThemeToggle } from '#web/panels/theme-toggle.tsx';
import { Button } from '#web/ui/button.tsx';
import control from '#web/ui/control.module.css';
import { historyWords } from '#web/ui/history-words.ts';
import { messages } from '#web/ui/messages.ts';
import { Segmented } from '#web/ui/segmented.tsx';
import { Toast } from '#web/ui/toast.tsx';

interface Range {
  from: number;
  to: number;
}

/** `9..12` of the address; null when it is something else. */
export function rangeOf(written: string | undefined): Range | null {
  const [, from, to] = /^(\d{1,9})\.\.(\d{1,9})$/.exec(written ?? '') ?? [];
  if (from === undefined || to === undefined) return null;
  const [a, b] = [Number(from), Number(to)];
  return { from: Math.min(a, b), to: Math.max(a, b) };
}

export function HistoryPage({
  articleId,
  range,
}: {
  articleId: string;
  range?: string | undefined;
}): ReactElement {
  const history = useHistory(articleId);
  const { page } = messages;
  if (history.isPending)
    return (
      <p className={frame.loading} role="status">
        {historyWords.loading}
      </p>
    );
  const newest = history.data?.pages[0];
  if (history.isError || !newest)
    return (
      <MessagePage title={page.refusedTitle} text={history.error?.message ?? page.notFound}>
        <Link href="/" className={control.button ?? ''}>
          {page.toLibrary}
        </Link>
      </MessagePage>
    );
  const pages = history.data?.pages ?? [];
  const older = history.hasNextPage ? () => void history.fetchNextPage() : undefined;
  return <Loaded articleId={articleId} pages={pages} newest={newest} range={range} older={older} />;
}

function Loaded({
  articleId,
  pages,
  newest,
  range,
  older,
}: {
  articleId: string;
  pages: readonly HistoryAnswer[];
  newest: HistoryAnswer;
  range: string | undefined;
  older: (() => void) | undefined;
}): ReactElement {
  const [, navigate] = useLocation();
  const [search] = useSearchParams();
  const { head, people, versions, headline, language, filedAt } = newest;
  const oldest = pages.at(-1)?.before ?? 1;
  const sittings = pages.flatMap((page) => page.sittings);
  const entries = entriesOf(sittings, versions, oldest);
  const last = sittings[0];
  const first = last ? { from: last.first - 1, to: last.last } : { from: 0, to: head };
  const asked = rangeOf(range) ?? first;
  const chosen = { from: Math.min(asked.from, head), to: Math.min(asked.to, head) };
  const text: ComparedText = search.get('text') === 'accepted' ? 'accepted' : 'original';
  const split = search.get('look') === 'split';
  const go = (next: Partial<Range & { text: ComparedText; split: boolean }>): void => {
    const to = { ...chosen, text, split, ...next };
    const [low, high] = [Math.min(to.from, to.to), Math.max(to.from, to.to)];
    const query = new URLSearchParams({
      ...(to.text === 'accepted' ? { text: to.text } : {}),
      ...(to.split ? { look: 'split' } : {}),
    }).toString();
    const address = `/a/${encodeURIComponent(articleId)}/history/${low}..${high}`;
    navigate(query === '' ? address : `${address}?${query}`, { replace: true });
  };
  const comparison = useComparison(articleId, { ...chosen, text });
  const choices = choicesOf(entries, versions, people, {
    head,
    now: new Date(),
    chosen: [chosen.from, chosen.to],
  });
  return (
    <div className={style.page}>
      <title>{`${historyWords.title} · ${headline} · ${messages.app.name}`}</title>
      <header className={frame.bar}>
        <Link
          href={`/a/${encodeURIComponent(articleId)}`}
          className={control.icon ?? ''}
          aria-label={historyWords.back}
        >
          <ArrowLeft size={18} aria-hidden="true" className={frame.mirrored} />
        </Link>
        <h1>
          {historyWords.title}
          <span lang={language} dir="auto">
            {headline || messages.library.untitled}
          </span>
        </h1>
        <ThemeToggle />
      </header>
      <HistoryList
        entries={entries}
        people={people}
        filedAt={filedAt}
        chosen={chosen}
        head={head}
        onChoose={go}
        older={older}
      />
      <main className={style.main} aria-label={historyWords.compare.region}>
        <Compared
          articleId={articleId}
          answer={comparison.data}
          problem={comparison.error?.message}
          newest={newest}
          chosen={chosen}
          choices={choices}
          text={text}
          split={split}
          go={go}
        />
      </main>
    </div>
  );
}

function Chooser({
  label,
  value,
  choices,
  onChange,
}: {
  label: string;
  value: number;
  choices: readonly Choice[];
  onChange: (rev: number) => void;
}): ReactElement {
  const id = useId();
  return (
    <span className={style.chooser}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className={control.input}
        value={value}
        onChange={(event) => onChange(Number(event.target.value))}
      >
        {choices.map(({ rev, label: words }) => (
          <option key={rev} value={rev}>
            {words}
          </option>
        ))}
      </select>
    </span>
  );
}

/** What is asked just now: a name for a revision, another one for a version, or whether to go back. */
interface Question {
  kind: 'name' | 'restore';
  rev: number;
  version?: Version;
}

function Compared({
  articleId,
  answer,
  problem,
  newest,
  chosen,
  choices,
  text,
  split,
  go,
}: {
  articleId: string;
  answer: ComparisonAnswer | undefined;
  problem: string | undefined;
  newest: HistoryAnswer;
  chosen: Range;
  choices: readonly Choice[];
  text: ComparedText;
  split: boolean;
  go: (next: Partial<Range & { text: ComparedText; split: boolean }>) => void;
}): ReactElement {
  const words = historyWords.compare;
  const [dialog, setDialog] = useState<Question | null>(null);
  const [done, setDone] = useState('');
  const total = answer?.blocks.filter(({ change }) => change !== 'kept').length ?? 0;
  const { at, move } = useChanges(total, `${answer?.from}..${answer?.to} ${text}`);
  const wide = useIsWide();
  const dismiss = useCallback(() => setDone(''), []);
  const close = (): void => setDialog(null);
  const { may, head, people } = newest;
  const renamable = newest.versions.filter(
    ({ id, rev }) => may.rename.includes(id) && (rev === chosen.from || rev === chosen.to),
  );
  const canRestore = (rev: number): boolean => may.restore && rev < head;
  const name = async (value: string): Promise<void> => {
    if (!dialog) return;
    if (dialog.version) await renameVersion(articleId, dialog.version, value);
    else await nameVersion(articleId, dialog.rev, value);
    setDone(historyWords.name.done(dialog.rev, value));
  };
  const restore = async (): Promise<void> => {
    if (!dialog) return;
    const made = await restoreVersion(articleId, dialog.rev);
    setDone(
      made.changed ? historyWords.restore.done(dialog.rev, made.rev) : historyWords.restore.same,
    );
    if (made.changed) go({ from: head, to: made.rev });
  };
  return (
    <>
      <div className={style.tools}>
        <div className={style.choosers}>
          <Chooser
            label={words.from}
            value={chosen.from}
            choices={choices}
            onChange={(from) => go({ from, to: chosen.to })}
          />
          <Chooser
            label={words.to}
            value={chosen.to}
            choices={choices}
            onChange={(to) => go({ from: chosen.from, to })}
          />
        </div>
        <div className={style.toggles}>
          <Segmented
            label={words.text}
            value={text}
            segments={[
              { value: 'original', label: words.original },
              { value: 'accepted', label: words.accepted },
            ]}
            onChange={(value) => go({ text: value })}
          />
          {wide && (
            <Segmented
              label={words.look}
              value={split ? 'split' : 'unified'}
              segments={[
                { value: 'split', label: words.split },
                { value: 'unified', label: words.unified },
              ]}
              onChange={(value) => go({ split: value === 'split' })}
            />
          )}
        </div>
        <div className={style.acts}>
          <Button onPress={() => move(1)} isDisabled={total === 0} shortcut="F8">
            {words.next}
          </Button>
          <span className={style.space} />
          {may.name && (
            <Button onPress={() => setDialog({ kind: 'name', rev: chosen.to })}>
              {historyWords.name.act(chosen.to)}
            </Button>
          )}
          {renamable.map((version) => (
            <Button
              key={version.id}
              onPress={() => setDialog({ kind: 'name', rev: version.rev, version })}
            >
              {historyWords.name.react(version.name)}
            </Button>
          ))}
          {canRestore(chosen.from) && (
            <Button onPress={() => setDialog({ kind: 'restore', rev: chosen.from })}>
              {historyWords.restore.act(chosen.from)}
            </Button>
          )}
          {canRestore(chosen.to) && chosen.to !== chosen.from && (
            <Button onPress={() => setDialog({ kind: 'restore', rev: chosen.to })}>
              {historyWords.restore.act(chosen.to)}
            </Button>
          )}
        </div>
      </div>
      <p className={style.summary} role="status">
        {answer && total > 0
          ? [
              `${words.summary(total, answer.inserted, answer.deleted)}${
                answer.by.length > 0
                  ? ` ${words.people(answer.by.map((id) => shortName(people, id)))}`
                  : ''
              }`,
              ...(at === null ? [] : [words.at(at + 1, total)]),
            ].join('. ')
          : ''}
      </p>
      <div role="alert">{problem !== undefined && <p className={control.error}>{problem}</p>}</div>
      {answer && total === 0 && (
        <div className={style.empty}>
          <p>{text === 'original' ? words.noneFiled : words.none}</p>
          {text === 'original' && (
            <Button onPress={() => go({ text: 'accepted' })}>{words.showEdited}</Button>
          )}
        </div>
      )}
      {answer && (
        <Comparison answer={answer} split={split && wide} key={`${answer.from}-${answer.to}`} />
      )}
      {dialog?.kind === 'name' && (
        <NameDialog rev={dialog.rev} was={dialog.version?.name} onClose={close} onAct={name} />
      )}
      {dialog?.kind === 'restore' && (
        <RestoreDialog rev={dialog.rev} onClose={close} onAct={restore} />
      )}
      <div role="status">
        {done !== '' && (
          <Toast
            text={done}
            undoLabel={historyWords.undo}
            dismissLabel={historyWords.dismiss}
            onDismiss={dismiss}
          />
        )}
      </div>
    </>
  );
}
