/** Find in text: a bar over the article with the number of places, the ways to the next and the previous, and a row for replacing them. */
import { ChevronDown, ChevronUp, Replace, X } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import { keptWords } from '#core/sync/stet.ts';
import type { TextEditor } from '#web/editor/text-editor.ts';
import type { Range } from '#web/panels/carry-range.ts';
import style from '#web/panels/find-bar.module.css';
import { carried, indexAt, isIn, replaceable, type Cursor } from '#web/panels/find-cursor.ts';
import { light, makeRoom, putOut, show } from '#web/panels/find-light.ts';
import { hullOf, placesIn } from '#web/panels/find-places.ts';
import { loosely } from '#web/panels/find-text.ts';
import { useSay } from '#web/panels/live-regions.tsx';
import { ReplaceRow } from '#web/panels/replace-row.tsx';
import { replaceWords } from '#web/panels/replace-words.ts';
import { wordsOf } from '#web/panels/selected-words.ts';
import { useSession, useSnapshot } from '#web/panels/use-session.ts';
import type { SessionSnapshot } from '#web/session/snapshot.ts';
import { IconButton } from '#web/ui/button.tsx';
import control from '#web/ui/control.module.css';
import { reviewMessages } from '#web/ui/review-messages.ts';

const { find } = reviewMessages;

/** What was last looked for on this page; the bar begins with it when it is opened again. */
export interface Sought {
  words: string;
  replacement: string;
}

/** How the bar is asked for: with the row for replacing or without; `at` differs from one time to the next. */
export interface Asked {
  replacing: boolean;
  at: number;
}

/** Words that somebody has kept as they are: no suggestion touches them. */
const keptOf = ({ mode, review }: SessionSnapshot): readonly Range[] =>
  mode === 'edit' ? [] : keptWords(review);

const sameRanges = (a: readonly Range[], b: readonly Range[]): boolean =>
  a.length === b.length && a.every(({ from, to }, i) => b[i]?.from === from && b[i]?.to === to);

const useKept = (): readonly Range[] => useSnapshot(keptOf, sameRanges);

/** Selected words are what one looks for, unless they are a whole passage. */
const longest = 80;

export function FindBar({
  editor,
  asked,
  sought,
  onClose,
}: {
  editor: TextEditor;
  asked: Asked;
  sought: Sought;
  /** Gets the place that was found last, which the page selects. */
  onClose: (found: Range | null) => void;
}): ReactElement {
  const session = useSession();
  const say = useSay();
  const doc = useSnapshot(({ review }) => review.doc);
  const view = useSnapshot((snapshot) => snapshot.view);
  const [words, setWords] = useState(() => {
    const selected = wordsOf(session.state.doc, session.state.selection).trim();
    const isPhrase = selected !== '' && selected.length <= longest && !selected.includes('\n');
    return isPhrase ? selected : sought.words;
  });
  const [replacement, setReplacement] = useState(sought.replacement);
  const [how, setHow] = useState(loosely);
  const [replacing, setReplacing] = useState(asked.replacing);
  const [before, setCursor] = useState<Cursor>(() => ({
    doc: session.state.doc,
    from: session.state.selection.from,
    made: [],
  }));
  const cursor = carried(before, doc);
  // What is carried over one change cannot be carried over two at once as exactly.
  if (cursor !== before) setCursor(cursor);
  const found = useMemo(
    () => placesIn(doc, view, words, replacing ? how : loosely),
    [doc, view, words, how, replacing],
  );
  const index = indexAt(found, cursor);
  const all = replaceable(found, replacement, cursor);
  const kept = useKept();
  const open = all.filter((place) => !isIn(place, kept));

  const field = useRef<HTMLInputElement | null>(null);
  /** Counts the own moves: only they bring a place into view, never a change of the text elsewhere. */
  const [moves, setMoves] = useState(0);
  const latest = useRef({ found, index, words });
  latest.current = { found, index, words };
  useEffect(() => {
    setReplacing((was) => was || asked.replacing);
    if (!asked.replacing || latest.current.words === '') field.current?.select();
  }, [asked]);
  useEffect(() => {
    // The text is drawn in the frame after it changed.
    const frame = requestAnimationFrame(() => light(editor, found, index));
    return () => cancelAnimationFrame(frame);
  }, [editor, found, index]);
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      const now = latest.current;
      show(editor, now.found[now.index]);
    });
    return () => cancelAnimationFrame(frame);
  }, [editor, moves, words, view]);
  useEffect(() => putOut, []);
  const bar = useRef<HTMLDivElement | null>(null);
  useEffect(() => (bar.current ? makeRoom(bar.current) : undefined), []);
  useEffect(() => {
    sought.words = words;
    sought.replacement = replacement;
  }, [sought, words, replacement]);

  const goTo = (place: number): void => {
    const next = found[(place + found.length) % Math.max(1, found.length)];
    if (!next) return;
    setCursor({ ...cursor, from: hullOf(next).from });
    setMoves(moves + 1);
  };
  const close = (): void => onClose(found[index] ? hullOf(found[index]) : null);

  /** Replaces in the text as it is at this moment, and goes on behind what was put there. */
  const replace = (which: 'one' | 'all'): void => {
    const now = carried(cursor, session.state.doc);
    const places = placesIn(now.doc, view, words, how);
    const stets = keptOf(session.getSnapshot());
    const left = replaceable(places, replacement, now).filter((place) => !isIn(place, stets));
    const present = places[indexAt(places, now)];
    // At words that are kept the session says by whom.
    const isOpen = present !== undefined && (left.includes(present) || isIn(present, stets));
    const next = left.find((place) => hullOf(place).from >= now.from) ?? left[0];
    const chosen = which === 'all' ? left : isOpen ? [present] : [];
    setMoves(moves + 1);
    if (chosen.length === 0) {
      if (next) setCursor({ ...now, from: hullOf(next).from });
      return;
    }
    const put = session.replace(
      chosen.map(({ parts }) => parts),
      replacement,
    );
    const after = carried(now, session.state.doc);
    const made = [...after.made, ...put];
    const behind = put.at(-1)?.to ?? after.from;
    const still = replaceable(placesIn(after.doc, view, words, how), replacement, {
      ...after,
      made,
    }).filter((place) => !isIn(place, keptOf(session.getSnapshot())));
    const onward = still.find((place) => hullOf(place).from >= behind) ?? still[0];
    setCursor({ ...after, made, from: onward ? hullOf(onward).from : (put[0]?.from ?? behind) });
    if (put.length === 1) say(replaceWords.done(still.length));
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const onField = event.target instanceof HTMLInputElement;
    const isMod = event.ctrlKey || event.metaKey;
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (isMod && !event.altKey && event.key.toLowerCase() === 'z' && !onField) {
      // In the fields the keys take back what was typed there.
      event.preventDefault();
      if (event.shiftKey) session.redo();
      else session.undo();
    } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey)
      // A letter on a button of the bar is no command for the cards behind it.
      event.stopPropagation();
  };
  return (
    <div
      ref={bar}
      role="search"
      className={style.bar}
      aria-label={find.label}
      data-replacing={replacing || undefined}
      onKeyDown={onKeyDown}
    >
      <input
        ref={field}
        type="text"
        className={control.input}
        aria-label={find.label}
        placeholder={find.label}
        value={words}
        maxLength={1000}
        onChange={(event) => {
          setWords(event.target.value);
          setCursor({ ...cursor, made: [] });
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
          event.preventDefault();
          goTo(index + (event.shiftKey ? -1 : 1));
        }}
      />
      <div className={style.tools}>
        <span role="status" className={style.count}>
          {words.trim() === '' ? '' : find.count(index + 1, found.length)}
        </span>
        <IconButton
          label={find.previous}
          onPress={() => goTo(index - 1)}
          isDisabled={found.length === 0}
        >
          <ChevronUp size={18} aria-hidden="true" />
        </IconButton>
        <IconButton
          label={find.next}
          onPress={() => goTo(index + 1)}
          isDisabled={found.length === 0}
        >
          <ChevronDown size={18} aria-hidden="true" />
        </IconButton>
        <IconButton
          label={replaceWords.open}
          hint={replaceWords.palette}
          shortcut="Control+H"
          aria-expanded={replacing}
          onPress={() => setReplacing(!replacing)}
        >
          <Replace size={17} aria-hidden="true" />
        </IconButton>
        <IconButton label={find.close} onPress={close}>
          <X size={18} aria-hidden="true" />
        </IconButton>
      </div>
      {replacing && (
        <ReplaceRow
          searched={words}
          replacement={replacement}
          onReplacement={(next) => {
            setReplacement(next);
            setCursor({ ...cursor, made: [] });
          }}
          how={how}
          onHow={setHow}
          count={open.length}
          kept={all.length - open.length}
          asked={asked.replacing ? asked.at : 0}
          onOne={() => replace('one')}
          onAll={() => replace('all')}
        />
      )}
    </div>
  );
}
