/** Whether what was written is safe, in words with an icon; never by colour alone. */
import { CloudCheck, CloudOff, CloudUpload, TriangleAlert } from 'lucide-react';
import type { ReactElement } from 'react';
import style from '#web/panels/header.module.css';
import { useSession, useSnapshot } from '#web/panels/use-session.ts';
import control from '#web/ui/control.module.css';
import { messages } from '#web/ui/messages.ts';

const icons = {
  saved: CloudCheck,
  saving: CloudUpload,
  offline: CloudOff,
  failed: TriangleAlert,
};

export function ConnectionState(): ReactElement {
  const session = useSession();
  const { kind, unsent } = useSnapshot((snapshot) => snapshot.connection);
  const trouble = useSnapshot((snapshot) => snapshot.trouble);
  const Icon = icons[kind];
  const { offline, onlyHere, ...plain } = messages.connection;
  const words = kind !== 'offline' ? plain[kind] : (trouble ? onlyHere : offline)(unsent);
  return (
    <span className={style.connection} data-kind={kind}>
      <Icon size={15} aria-hidden="true" />
      <span>{words}</span>
      {kind === 'failed' && (
        <button type="button" className={control.link} onClick={() => session.retry()}>
          {messages.connection.retry}
        </button>
      )}
    </span>
  );
}
