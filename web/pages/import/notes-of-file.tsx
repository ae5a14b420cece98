/** What becomes of the notes and the facts of a file: who will see them, and what the house has already. */
import { useId, type ReactElement } from 'react';
import { Link } from 'wouter';
import type { ImportAbout } from '#core/formats/import/about.ts';
import style from '#web/pages/import/import.module.css';
import { articlePath } from '#web/ui/article-path.ts';
import control from '#web/ui/control.module.css';
import { importWords as words } from '#web/ui/import-messages.ts';

export function NotesOfFile({
  about,
  onAudience,
}: {
  about: ImportAbout;
  onAudience: (audience: 'all' | 'desk') => void;
}): ReactElement | null {
  const id = useId();
  const { audience, verdicts, sources, shared, before } = about;
  const { kept, narrowed, unsaid, given, mayChoose } = audience;
  const sentences = [
    kept > 0 ? words.kept(kept) : '',
    narrowed > 0 ? words.narrowed(narrowed) : '',
    verdicts > 0 ? words.verdicts(verdicts) : '',
    sources > 0 ? words.sources(sources) : '',
  ].filter((sentence) => sentence !== '');
  if (sentences.length === 0 && unsaid === 0 && shared === 0) return null;
  return (
    <>
      <h3>{words.notes}</h3>
      {unsaid > 0 && mayChoose && (
        <div className={control.field}>
          <label htmlFor={id} className={control.label}>
            {words.whoSees(unsaid)}
          </label>
          <select
            id={id}
            className={control.input}
            value={given}
            onChange={(event) => onAudience(event.target.value === 'all' ? 'all' : 'desk')}
          >
            <option value="desk">{words.forDesk}</option>
            <option value="all">{words.forAll}</option>
          </select>
        </div>
      )}
      {unsaid > 0 && !mayChoose && <p className={style.quiet}>{words.everyoneSees(unsaid)}</p>}
      {sentences.length > 0 && <p className={style.quiet}>{sentences.join(' ')}</p>}
      {shared > 0 && (
        <p className={style.quiet}>
          {words.again(shared)}{' '}
          {before.map((article, i) => (
            <span key={article.id}>
              {i > 0 && ', '}
              <Link href={articlePath(article.id)} dir="auto">
                {article.headline || words.untitled}
              </Link>
            </span>
          ))}
        </p>
      )}
    </>
  );
}
