/** All annotations of the article as a list, instead of the text: for those who work through them without looking for marks. */
import { X } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import { GridList } from 'react-aria-components/GridList';
import { factStatesOf } from '#web/session/fact-states.ts';
import { annotationsOf, isList } from '#web/panels/annotations.ts';
import { factWords } from '#web/panels/fact-words.ts';
import { focusCard } from '#web/panels/focus-card.ts';
import { ListFilters } from '#web/panels/list-filters.tsx';
import { ListItem } from '#web/panels/list-item.tsx';
import { rowsOf } from '#web/panels/list-rows.ts';
import style from '#web/panels/list-view.module.css';
import { listWords as words } from '#web/panels/list-words.ts';
import { usePage } from '#web/panels/page-state.tsx';
import { useCards } from '#web/panels/use-cards.ts';
import { useSession, useSnapshot } from '#web/panels/use-session.ts';
import { Button, IconButton } from '#web/ui/button.tsx';
import { messages } from '#web/ui/messages.ts';

/** More rows than this are drawn when they are asked for. */
const portion = 300;

const rowAt = (id: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-list] [data-key="${CSS.escape(id)}"]`);

/** The row that has the keyboard. */
const present = (): string | undefined =>
  document.activeElement?.closest<HTMLElement>('[data-list] [data-key]')?.dataset['key'];

export function ListView(): ReactElement {
  const session = useSession();
  const page = usePage();
  const { filter } = page;
  const review = useSnapshot((snapshot) => snapshot.review);
  const facts = useSnapshot((snapshot) => snapshot.facts);
  const focused = useSnapshot((snapshot) => snapshot.focused);
  const [most, setMost] = useState(portion);
  const cards = useCards();
  const list = annotationsOf(review);
  const states = factStatesOf(review, facts);
  const factWord = (id: string): string => {
    const state = states.get(id);
    if (!state) return '';
    return state.stale && state.word !== 'Closed' ? factWords.recheck : state.word;
  };
  const { rows, total } = rowsOf(list, review, filter, factWord, most, cards);

  // The keyboard comes to the annotation that is in focus, also when the bar goes on to another one; else to the first.
  const first = useRef(rows[0]?.id);
  first.current = rows[0]?.id;
  useEffect(() => {
    // Rows are drawn a moment after the list.
    const frame = requestAnimationFrame(() => {
      const row = (focused === null ? null : rowAt(focused)) ?? rowAt(first.current ?? '');
      (row ?? document.querySelector<HTMLElement>('[data-list]'))?.focus();
    });
    return () => cancelAnimationFrame(frame);
  }, [focused]);

  const open = (id: string): void => {
    const item = list.find((each) => each.id === id);
    if (!item) return;
    page.setListing(false);
    // The text is behind the list until the next drawing.
    setTimeout(() => {
      if (item.state !== 'open') page.setFilter(item.state);
      else if (isList(filter)) page.setFilter('all');
      if (session.getSnapshot().focused === id) focusCard(id, 'card');
      else {
        page.following.current = 'card';
        session.focus(id);
      }
    }, 0);
  };
  const close = (): void => {
    const id = present();
    page.setListing(false);
    setTimeout(() => page.focusText(id), 0);
  };
  const step = (by: 1 | -1): void => {
    const at = rows.findIndex(({ id }) => id === present());
    const next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : (at + by + rows.length) % rows.length;
    const row = rows[next];
    if (row) rowAt(row.id)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const by = { F8: event.shiftKey ? -1 : 1, j: 1, k: -1 }[event.key] as 1 | -1 | undefined;
    if (event.key === 'Escape') close();
    else if (plain && by !== undefined) step(by);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <main
      className={style.view}
      id="annotation-list"
      data-list=""
      tabIndex={-1}
      aria-labelledby="annotation-list-title"
      onKeyDown={onKeyDown}
    >
      <div className={style.column}>
        <header className={style.head}>
          <h1 id="annotation-list-title">{words.title}</h1>
          <span role="status" className={style.count}>
            {words.count(total)}
          </span>
          <span className={style.keys}>{words.keys}</span>
          <IconButton label={words.close} shortcut="Escape" onPress={close}>
            <X size={18} aria-hidden="true" />
          </IconButton>
        </header>
        <ListFilters list={list} />
        <GridList
          aria-label={words.grid}
          className={style.rows ?? ''}
          items={rows}
          disallowTypeAhead
          onAction={(key) => open(String(key))}
          renderEmptyState={() => (
            <p className={style.empty}>
              {filter === 'settled' ? messages.filter.nothingSettled : messages.filter.nothing}
            </p>
          )}
        >
          {(row) => <ListItem row={row} fact={states.get(row.id)} />}
        </GridList>
        {total > rows.length && (
          <Button onPress={() => setMost(most + portion)}>
            {words.more(Math.min(portion, total - rows.length))}
          </Button>
        )}
      </div>
    </main>
  );
}
