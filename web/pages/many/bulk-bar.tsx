/** What can be done with the selected articles of the library. */
import { PackageOpen } from 'lucide-react';
import { lazy, Suspense, useState, type ReactElement } from 'react';
import style from '#web/pages/many/many.module.css';
import type { Selection } from '#web/pages/many/use-selection.ts';
import { manyWords as words } from '#web/pages/many/words.ts';
import type { Role } from '#core/annotate/audience.ts';
import { classes } from '#web/ui/class-names.ts';
import control from '#web/ui/control.module.css';
import { messages } from '#web/ui/messages.ts';

const ManyDialog = lazy(async () => ({
  default: (await import('#web/pages/many/many-dialog.tsx')).ManyDialog,
}));

export function BulkBar({
  selection,
  role,
}: {
  selection: Selection;
  role: Role;
}): ReactElement | null {
  const [sending, setSending] = useState(false);
  const { ids, setAll } = selection;
  if (ids.length === 0) return null;
  return (
    <section className={style.bulk} aria-label={words.bar}>
      <span role="status">{words.selected(ids.length)}</span>
      <button
        type="button"
        className={classes(control.button, control.ink)}
        onClick={() => setSending(true)}
      >
        <PackageOpen size={16} aria-hidden="true" />
        {messages.exportMenu.open}
      </button>
      <button type="button" className={control.button} onClick={() => setAll(false)}>
        {words.clear}
      </button>
      {sending && (
        <Suspense fallback={null}>
          <ManyDialog articleIds={ids} role={role} onClose={() => setSending(false)} />
        </Suspense>
      )}
    </section>
  );
}
