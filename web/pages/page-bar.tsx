/** The bar of a page beside an article: the way back, what the page is, and of which article. */
import { ArrowLeft } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { Link } from 'wouter';
import style from '#web/pages/page-bar.module.css';
import { ThemeToggle } from '#web/panels/theme-toggle.tsx';
import control from '#web/ui/control.module.css';
import { messages } from '#web/ui/messages.ts';

export function PageBar({
  back,
  backLabel,
  title,
  article,
  state,
  children,
}: {
  /** Where the arrow leads. */
  back: string;
  backLabel: string;
  title: string;
  article?: { headline: string; language: string };
  /** How things are, before what the page offers. */
  state?: ReactNode;
  children?: ReactNode;
}): ReactElement {
  return (
    <header className={style.bar}>
      <Link href={back} className={control.icon ?? ''} aria-label={backLabel}>
        <ArrowLeft size={18} aria-hidden="true" className={style.mirrored} />
      </Link>
      <h1>
        {title}
        {article && (
          <span lang={article.language} dir="auto">
            {article.headline || messages.library.untitled}
          </span>
        )}
      </h1>
      {state}
      <ThemeToggle />
      {children}
    </header>
  );
}
