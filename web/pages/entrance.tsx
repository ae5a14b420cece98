/** The frame of the pages before one is in: the name of the house over a narrow column. */
import type { ReactElement, ReactNode } from 'react';
import style from '#web/pages/entrance.module.css';
import { messages } from '#web/ui/messages.ts';

export function Entrance({
  title,
  banner,
  children,
}: {
  title: string;
  banner?: ReactNode;
  children: ReactNode;
}): ReactElement {
  return (
    <>
      <title>{`${title} · ${messages.app.name}`}</title>
      {banner}
      <main className={style.page}>
        <div className={style.box}>
          <p className={style.brand}>
            <img src="/icon.svg" alt="" width="22" height="22" />
            {messages.app.name}
          </p>
          <h1>{title}</h1>
          {children}
        </div>
      </main>
    </>
  );
}

/** Says that anybody may come in; shown on every page of the demo that is not an article. */
export function DemoBanner(): ReactElement {
  return (
    <section className={style.banner} aria-label={messages.signIn.demoLabel}>
      {messages.signIn.demoBanner}
    </section>
  );
}
