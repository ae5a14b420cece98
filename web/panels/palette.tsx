/** The palette: commands, annotations and articles by a few letters of their name. */
import { useMemo, useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useLocation } from 'wouter';
import { annotationsOf, filtered } from '#web/panels/annotations.ts';
import { askInsert, mayInsert } from '#web/editor/picture-asks.ts';
import { wholeCommands, wholeCommandsAt } from '#web/editor/table-commands.ts';
import { listWords } from '#web/panels/list-words.ts';
import { usePage } from '#web/panels/page-state.tsx';
import { matching, type Entry } from '#web/panels/palette-match.ts';
import style from '#web/panels/palette.module.css';
import { replaceWords } from '#web/panels/replace-words.ts';
import { lineOf } from '#web/panels/sentence.ts';
import { styleWords } from '#web/panels/style-words.ts';
import { useSession, useSnapshot } from '#web/panels/use-session.ts';
import { articlePath } from '#web/ui/article-path.ts';
import control from '#web/ui/control.module.css';
import { KindIcon } from '#web/ui/kind-icon.tsx';
import { messages } from '#web/ui/messages.ts';
import { reviewMessages } from '#web/ui/review-messages.ts';
import { safetyWords } from '#web/ui/safety-words.ts';
import { chooseTheme, useIsDark } from '#web/ui/theme.ts';
import { wholeWords } from '#web/ui/whole-words.ts';

const { palette } = reviewMessages;

export function Palette({
  articles,
  onWords,
  onClose,
}: {
  /** Where else one may go. */
  articles: readonly { id: string; headline: string }[];
  /** Hears what is typed. */
  onWords: (words: string) => void;
  onClose: () => void;
}): ReactElement {
  const session = useSession();
  const page = usePage();
  const [, navigate] = useLocation();
  const review = useSnapshot((snapshot) => snapshot.review);
  const current = useSnapshot((snapshot) => snapshot.mode);
  const dark = useIsDark();
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement | null>(null);
  const entries = useMemo<Entry[]>(() => {
    const path = articlePath(review.article.id);
    const command = (name: string, act: () => void, keys?: string): Entry => ({
      id: `command ${name}`,
      group: palette.commands,
      name,
      act,
      ...(keys === undefined ? {} : { keys }),
    });
    const { mode, exportMenu, theme, filter, help } = messages;
    return [
      command(palette.find, () => page.find(false), 'Ctrl F'),
      command(replaceWords.palette, () => page.find(true), 'Ctrl H'),
      command(mode.read, () => session.setMode('read'), 'Ctrl Alt 1'),
      command(mode.suggest, () => session.setMode('suggest'), 'Ctrl Alt 2'),
      command(mode.edit, () => session.setMode('edit'), 'Ctrl Alt 3'),
      ...(mayInsert(current)
        ? [
            command(styleWords.picture, () => askInsert({ what: 'picture', files: [] })),
            command(styleWords.table, () => askInsert({ what: 'table' })),
            ...wholeCommandsAt(session.state).map((name) =>
              command(wholeWords[name], () => {
                session.run(wholeCommands[name]);
                page.focusText();
              }),
            ),
          ]
        : []),
      command(exportMenu.original, () => session.setView('original')),
      command(exportMenu.marked, () => session.setView('marked')),
      command(exportMenu.accepted, () => session.setView('accepted')),
      command(filter.all, () => page.setFilter('all'), '1'),
      command(filter.suggestions, () => page.setFilter('suggestion'), '2'),
      command(filter.facts, () => page.setFilter('fact'), '3'),
      command(filter.comments, () => page.setFilter('comment'), '4'),
      command(filter.settled, () => page.setFilter('settled')),
      command(page.listing ? listWords.close : listWords.open, () =>
        page.setListing(!page.listing),
      ),
      command(exportMenu.open, () => page.openDialog('send-out')),
      command(exportMenu.bringBack, () => navigate(`${path}/return`)),
      command(exportMenu.history, () => navigate(`${path}/history`)),
      command(safetyWords.open, () => page.openDialog('nothing-lost')),
      command(dark ? theme.toLight : theme.toDark, () => chooseTheme(dark ? 'light' : 'dark')),
      command(help.title, () => page.openDialog('help'), '?'),
      command(messages.page.back, () => navigate('/')),
      ...filtered(annotationsOf(review), 'all').map((item) => ({
        id: item.id,
        group: palette.annotations,
        kind: item.kind,
        name: lineOf(item, review),
        act: () => {
          page.setFilter('all');
          page.following.current = 'card';
          session.focus(item.id);
        },
      })),
      ...articles
        .filter((article) => article.id !== review.article.id)
        .map((article) => ({
          id: `article ${article.id}`,
          group: palette.articles,
          name: article.headline || messages.library.untitled,
          act: () => navigate(articlePath(article.id)),
        })),
    ];
  }, [review, articles, current, dark, session, page, navigate]);
  const found = useMemo(() => matching(entries, words), [entries, words]);
  const index = Math.min(at, found.length - 1);
  const choose = (entry: Entry | undefined): void => {
    if (!entry) return;
    onClose();
    // The dialog gives the keyboard back first.
    setTimeout(entry.act, 0);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Enter') choose(found[index]);
    else if (step !== undefined && found.length > 0) {
      const next = (index + step + found.length) % found.length;
      setAt(next);
      list.current?.querySelector(`#palette-${next}`)?.scrollIntoView({ block: 'nearest' });
    } else return;
    event.preventDefault();
  };
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      className={style.back ?? ''}
    >
      <Modal className={style.box ?? ''}>
        <AriaDialog aria-label={palette.label} className={style.dialog ?? ''}>
          <input
            autoFocus
            type="text"
            role="combobox"
            aria-expanded="true"
            aria-controls="palette-list"
            aria-activedescendant={index >= 0 ? `palette-${index}` : undefined}
            aria-label={palette.label}
            placeholder={palette.placeholder}
            className={control.input}
            value={words}
            onChange={(event) => {
              setWords(event.target.value);
              onWords(event.target.value);
              setAt(0);
            }}
            onKeyDown={onKeyDown}
          />
          <div id="palette-list" role="listbox" aria-label={palette.label} ref={list} tabIndex={-1}>
            {found.map((entry, i) => (
              <button
                key={entry.id}
                id={`palette-${i}`}
                type="button"
                role="option"
                tabIndex={-1}
                aria-selected={i === index}
                onClick={() => choose(entry)}
                onPointerMove={() => setAt(i)}
              >
                {entry.kind && <KindIcon kind={entry.kind} />}
                <span>{entry.name}</span>
                <small>
                  {entry.keys
                    ? entry.keys.split(' ').map((key) => <kbd key={key}>{key}</kbd>)
                    : entry.group}
                </small>
              </button>
            ))}
          </div>
          <p role="status" className={found.length > 0 ? 'hidden-text' : style.none}>
            {found.length > 0 ? palette.found(found.length) : palette.nothing}
          </p>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
