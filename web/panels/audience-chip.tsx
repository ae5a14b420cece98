/** Says on an annotation for whom it is, when that is not everyone on the article. */
import type { ReactElement } from 'react';
import type { Audience } from '#core/annotate/audience.ts';
import style from '#web/panels/card.module.css';
import { circleOf } from '#web/panels/readers.ts';
import { useSnapshot } from '#web/panels/use-session.ts';

export function AudienceChip({ audience }: { audience: Audience }): ReactElement | null {
  const review = useSnapshot(
    (snapshot) => snapshot.review,
    (a, b) => a.people === b.people,
  );
  const circle = circleOf(audience, review);
  if (!circle) return null;
  return (
    <span className={style.chip} title={circle.hint}>
      {circle.word}
    </span>
  );
}
