/** Pages that are only a message: with one way on when there is nothing here, or while something loads. */
import type { ReactElement, ReactNode } from 'react';
import { Entrance } from '#web/pages/entrance.tsx';
import style from '#web/pages/entrance.module.css';

export function MessagePage({
  title,
  text,
  children,
}: {
  title: string;
  text: string;
  children: ReactNode;
}): ReactElement {
  return (
    <Entrance title={title}>
      <p className={style.lead}>{text}</p>
      <div>{children}</div>
    </Entrance>
  );
}

export function LoadingPage({ text }: { text: string }): ReactElement {
  return (
    <p className={style.loading} role="status">
      {text}
    </p>
  );
}
