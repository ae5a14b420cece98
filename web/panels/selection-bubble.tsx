/** Three buttons above a selection. They never take the focus, so the selection stays what it is. */
import { useEffect, useLayoutEffect, useRef, useState, type ReactElement } from 'react';
import { may } from '#core/sync/policy.ts';
import type { EditorGeometry } from '#web/editor/geometry.ts';
import { usePage, type Draft } from '#web/panels/page-state.tsx';
import style from '#web/panels/selection-bubble.module.css';
import { rightFor } from '#web/panels/use-annotate.ts';
import { useSnapshot } from '#web/panels/use-session.ts';
import { KindIcon } from '#web/ui/kind-icon.tsx';
import { messages } from '#web/ui/messages.ts';

const kinds: readonly { kind: Draft['kind']; label: string }[] = [
  { kind: 'comment', label: messages.bubble.comment },
  { kind: 'fact', label: messages.bubble.fact },
  { kind: 'suggestion', label: messages.bubble.suggest },
];

const hasSelection = (): boolean => {
  const selection = window.getSelection();
  const node = selection?.anchorNode;
  const element = node instanceof Element ? node : node?.parentElement;
  return selection?.isCollapsed === false && !!element?.closest('.ProseMirror');
};

/** True while something is selected in the article by the browser's own account: a selection kept for a composer does not count. */
function useLiveSelection(): boolean {
  const [live, setLive] = useState(hasSelection);
  useEffect(() => {
    const look = (): void => setLive(hasSelection());
    document.addEventListener('selectionchange', look);
    return () => document.removeEventListener('selectionchange', look);
  }, []);
  return live;
}

export function SelectionBubble({
  geometry,
  annotate,
}: {
  geometry: EditorGeometry;
  annotate: (kind: Draft['kind']) => boolean;
}): ReactElement | null {
  const bubble = useRef<HTMLDivElement | null>(null);
  const { draft } = usePage();
  const selection = useSnapshot((snapshot) => snapshot.selection);
  const standing = useSnapshot((snapshot) => snapshot.standing);
  const marked = useSnapshot((snapshot) => snapshot.view === 'marked');
  const live = useLiveSelection();
  const [dismissed, setDismissed] = useState<unknown>(null);
  const offered = kinds.filter(({ kind }) => may(standing, rightFor[kind]));
  const shown =
    live &&
    marked &&
    draft === null &&
    !selection.empty &&
    dismissed !== selection &&
    offered.length > 0;

  useLayoutEffect(() => {
    if (!shown) return undefined;
    const put = (): void => {
      const element = bubble.current;
      const area = element?.parentElement;
      const column = area?.querySelector('.ProseMirror')?.getBoundingClientRect();
      if (!element || !area || !column) return;
      const box = geometry.selection();
      element.hidden = box === null;
      if (!box) return;
      const origin = area.getBoundingClientRect();
      const { offsetWidth: width, offsetHeight: height } = element;
      const edge = 8;
      const middle = (box.left + box.right) / 2 - width / 2;
      const left = Math.min(Math.max(middle, column.left - edge), column.right - width + edge);
      // On touch screens the system's own menu stands above a selection.
      const below = window.matchMedia('(pointer: coarse)').matches;
      const top = below ? box.bottom + edge : box.top - height - edge;
      const x = Math.round(left - origin.left);
      const y = Math.round(top - origin.top);
      // Boxes are physical, so its corner is too, whatever the direction of the page.
      element.style.left = '0';
      element.style.transform = `translate(${x}px, ${y}px)`;
    };
    put();
    window.addEventListener('resize', put);
    const stop = geometry.subscribe(put);
    return () => {
      stop();
      window.removeEventListener('resize', put);
    };
  }, [shown, geometry]);

  useEffect(() => {
    if (!shown) return undefined;
    const leave = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') setDismissed(selection);
    };
    window.addEventListener('keydown', leave);
    return () => window.removeEventListener('keydown', leave);
  }, [shown, selection]);

  if (!shown) return null;
  return (
    <div
      ref={bubble}
      role="toolbar"
      aria-label={messages.bubble.label}
      className={style.bubble}
      data-bubble=""
      onPointerDown={(event) => event.preventDefault()}
      onMouseDown={(event) => event.preventDefault()}
    >
      {offered.map(({ kind, label }) => (
        <button
          key={kind}
          type="button"
          onClick={() => {
            annotate(kind);
            setDismissed(selection);
          }}
        >
          <KindIcon kind={kind} />
          {label}
        </button>
      ))}
    </div>
  );
}
