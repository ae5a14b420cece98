/** The history of an article: who did what when, two versions compared, a name for one, and the way back. */
import type { ReactElement } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import type { ComparedText } from '#core/sync/compare.ts';
import type { HistoryAnswer } from '#core/sync/history.ts';
import { Compared, type Range } from '#web/pages/history/compared.tsx';
import { choicesOf, entriesOf } from '#web/pages/history/entries.ts';
import { HistoryList } from '#web/pages/history/history-list.tsx';
import { PageBar } from '#web/pages/page-bar.tsx';
import style from '#web/pages/history/history.module.css';
import { useComparison, useHistory } from '#web/pages/history/requests.ts';
import { LoadingPage, MessagePage } from '#web/pages/message-page.tsx';
import { ToLibrary } from '#web/pages/way-on.tsx';
import { articlePath } from '#web/ui/article-path.ts';
import { historyWords } from '#web/ui/history-words.ts';
import { messages } from '#web/ui/messages.ts';

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
  if (history.isPending) return <LoadingPage text={historyWords.loading} />;
  const newest = history.data?.pages[0];
  if (history.isError || !newest)
    return (
      <MessagePage title={page.refusedTitle} text={history.error?.message ?? page.notFound}>
        <ToLibrary />
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
    const address = `${articlePath(articleId)}/history/${low}..${high}`;
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
      <PageBar
        back={articlePath(articleId)}
        backLabel={historyWords.back}
        title={historyWords.title}
        article={{ headline, language }}
      />
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
