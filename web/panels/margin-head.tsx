/** What stands at the head of the annotations region, in the flow. */
import type { ReactElement } from 'react';
import { filtered, isList } from '#web/panels/annotations.ts';
import { Card } from '#web/panels/card.tsx';
import style from '#web/panels/margin.module.css';
import { usePage } from '#web/panels/page-state.tsx';
import { useAnnotations } from '#web/panels/use-cards.ts';
import { useSnapshot } from '#web/panels/use-session.ts';
import { messages } from '#web/ui/messages.ts';

/** What has lost its words, or the list a filter shows. */
export function MarginHead({ beside }: { beside: number }): ReactElement {
  const { filter, draft } = usePage();
  const list = useAnnotations();
  const focused = useSnapshot((snapshot) => snapshot.focused);
  const listed: 'detached' | 'settled' = filter === 'settled' ? 'settled' : 'detached';
  const items = filter === 'all' || isList(filter) ? filtered(list, listed) : [];
  return (
    <>
      {items.length > 0 && (
        <section aria-labelledby="in-flow">
          <h2 id="in-flow" className={style.heading}>
            {messages.filter[listed]}
          </h2>
          {items.map((item) => (
            <Card key={item.id} item={item} focused={item.id === focused} />
          ))}
        </section>
      )}
      {items.length === 0 && beside === 0 && !draft && (
        <p className={style.empty}>
          {filter === 'settled' ? messages.filter.nothingSettled : messages.filter.nothing}
        </p>
      )}
    </>
  );
}
