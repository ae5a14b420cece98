/** A page that is only a message with one way on: nothing here, refused, broken. */
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
