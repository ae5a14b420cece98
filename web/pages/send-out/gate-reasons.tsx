/** What holds a release copy back, each thing with the way to it. */
import type { ReactElement } from 'react';
import type { Gate } from '#core/formats/send-out/gate.ts';
import style from '#web/pages/send-out/send-out.module.css';
import { sendOutWords as words } from '#web/pages/send-out/words.ts';
import { annotationPath } from '#web/ui/article-path.ts';

export function GateReasons({
  gate: { open, reasons },
  articleId,
  onGo,
}: {
  gate: Gate;
  articleId: string;
  /** Goes to an annotation of the article that is open. */
  onGo: (annotationId: string) => void;
}): ReactElement {
  return (
    <section className={style.gate} aria-label={words.gateTitle(open)}>
      <h3>{words.gateTitle(open)}</h3>
      <ul tabIndex={0} aria-label={words.gateTitle(open)}>
        {reasons.map(({ code, sentence, on }) => (
          <li key={`${code} ${on}`}>
            {on === null ? (
              sentence
            ) : (
              <a
                href={annotationPath(articleId, on)}
                onClick={(event) => {
                  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                  event.preventDefault();
                  onGo(on);
                }}
              >
                {sentence}
              </a>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
