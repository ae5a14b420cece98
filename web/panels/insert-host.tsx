/** Answers what is asked for from the text, the menus and the palette: the dialogs that put in pictures and tables. */
import { lazy, Suspense, useEffect, useState, type ReactElement } from 'react';
import { onInsertAsk, type InsertAsk } from '#web/editor/picture-asks.ts';
import { usePage } from '#web/panels/page-state.tsx';
import { afterOverlay } from '#web/ui/after-overlay.ts';

const InsertDialog = lazy(async () => ({
  default: (await import('#web/panels/insert-dialog.tsx')).InsertDialog,
}));

export function InsertHost(): ReactElement | null {
  const { focusText } = usePage();
  const [ask, setAsk] = useState<InsertAsk | null>(null);
  useEffect(() => onInsertAsk(setAsk), []);
  if (!ask) return null;
  return (
    <Suspense fallback={null}>
      <InsertDialog
        ask={ask}
        onClose={() => {
          setAsk(null);
          afterOverlay(focusText);
        }}
      />
    </Suspense>
  );
}
