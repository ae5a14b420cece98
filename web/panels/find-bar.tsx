/** Find in text: a bar over the article with the number of places and the ways to the next and the previous. */
import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import style from '#web/panels/find-bar.module.css';
import { findInArticle } from '#web/panels/find-text.ts';
import { useSnapshot } from '#web/panels/use-session.ts';
import { IconButton } from '#web/ui/button.tsx';
import control from '#web/ui/control.module.css';
import { reviewMessages } from '#web/ui/review-messages.ts';

const { find } = reviewMessages;

/** Lights the places, the present one more. A browser without highlights of its own still goes to them. */
function light(all: readonly Range[], at: number): void {
  if (!('highlights' in CSS)) return;
  const now = all[at];
  CSS.highlights.set('galley-find', new Highlight(...all));
  if (now) {
    const present = new Highlight(now);
    present.priority = 1;
    CSS.highlights.set('galley-found', present);
  } else CSS.highlights.delete('galley-found');
}

function show(range: Range | undefined): void {
  const scroller = document.querySelector('#article');
  if (!range || !scroller) return;
  const box = range.getBoundingClientRect();
  const view = scroller.getBoundingClientRect();
  if (box.top > view.top + 80 && box.bottom < view.bottom - 120) return;
  scroller.scrollBy({ top: box.top - view.top - view.height * 0.35 });
}

/** `onClose` gets the place that was found last, which the page selects. */
export function FindBar({ onClose }: { onClose: (found: Range | null) => void }): ReactElement {
  const doc = useSnapshot(({ review }) => review.doc);
  const view = useSnapshot((snapshot) => snapshot.view);
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const [found, setFound] = useState<readonly Range[]>([]);
  const field = useRef<HTMLInputElement | null>(null);
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    // The text is drawn in the frame after it changed.
    const frame = requestAnimationFrame(() => {
      const root = document.querySelector('.ProseMirror');
      setFound(root ? findInArticle(root, words) : []);
    });
    return () => cancelAnimationFrame(frame);
  }, [words, doc, view]);
  const index = found.length === 0 ? -1 : Math.min(at, found.length - 1);
  useEffect(() => light(found, index), [found, index]);
  useEffect(() => show(found[index]), [found, index]);
  useEffect(
    () => () => {
      if (!('highlights' in CSS)) return;
      CSS.highlights.delete('galley-find');
      CSS.highlights.delete('galley-found');
    },
    [],
  );
  const step = (by: 1 | -1): void => {
    if (found.length > 0) setAt((index + by + found.length) % found.length);
  };
  const close = (): void => onClose(found[index] ?? null);
  return (
    <search className={style.bar} aria-label={find.label}>
      <input
        ref={field}
        type="text"
        className={control.input}
        aria-label={find.label}
        placeholder={find.label}
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            event.preventDefault();
            step(event.shiftKey ? -1 : 1);
          }
          if (event.key === 'Escape') {
            event.preventDefault();
            event.stopPropagation();
            close();
          }
        }}
      />
      <span role="status" className={style.count}>
        {words.trim() === '' ? '' : find.count(index + 1, found.length)}
      </span>
      <IconButton label={find.previous} onPress={() => step(-1)} isDisabled={found.length === 0}>
        <ChevronUp size={18} aria-hidden="true" />
      </IconButton>
      <IconButton label={find.next} onPress={() => step(1)} isDisabled={found.length === 0}>
        <ChevronDown size={18} aria-hidden="true" />
      </IconButton>
      <IconButton label={find.close} onPress={close}>
        <X size={18} aria-hidden="true" />
      </IconButton>
    </search>
  );
}
