/** One annotation in the list: its kind, what it says, its words in their sentence, whose it is and where it stands. */
import { memo, type ReactElement } from 'react';
import { GridListItem } from 'react-aria-components/GridList';
import type { FactState } from '#core/facts/fact-state.ts';
import { AudienceChip } from '#web/panels/audience-chip.tsx';
import card from '#web/panels/card.module.css';
import { FactChip } from '#web/panels/fact-chip.tsx';
import type { Piece } from '#web/panels/list-context.ts';
import type { ListRow } from '#web/panels/list-rows.ts';
import style from '#web/panels/list-view.module.css';
import { useSnapshot } from '#web/panels/use-session.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { KindIcon, type Kind } from '#web/ui/kind-icon.tsx';
import { messages } from '#web/ui/messages.ts';
import { fullTime, timeWords } from '#web/ui/time.ts';

const tags = { quote: 'mark', del: 'del', ins: 'ins', plain: 'span' } as const;

const Context = memo(function Context({
  kind,
  pieces,
}: {
  kind: Kind;
  pieces: readonly Piece[];
}): ReactElement {
  const language = useSnapshot(({ review }) => review.article.language);
  return (
    <p className={style.context} data-kind={kind} lang={language} dir="auto">
      {pieces.map(({ as, text }, index) => {
        const Tag = tags[as];
        // oxlint-disable-next-line react/no-array-index-key -- pieces have no other name and never move alone
        return <Tag key={index}>{text}</Tag>;
      })}
    </p>
  );
});

export function ListItem({
  row,
  fact,
}: {
  row: ListRow;
  fact: FactState | undefined;
}): ReactElement {
  const { item } = row;
  const gone = item.place === null || item.state === 'detached';
  return (
    <GridListItem id={row.id} textValue={row.line} className={style.row ?? ''}>
      <span className={style.kind} title={messages.kind[item.kind]}>
        <KindIcon kind={item.kind} size={18} />
      </span>
      <div className={style.words}>
        <p className={style.matter} dir="auto">
          {row.matter}
        </p>
        {row.aside !== '' && (
          <p className={style.aside} dir="auto">
            {row.aside}
          </p>
        )}
        {!(gone && item.kind === 'suggestion') && <Context kind={item.kind} pieces={row.context} />}
      </div>
      <div className={style.whose}>
        <Avatar name={row.author} color={row.color} size="small" />
        <span className={style.name}>{row.author}</span>
        <time dateTime={item.at} title={fullTime(item.at)}>
          {timeWords(item.at, new Date())}
        </time>
        {item.replies.length > 0 && <span>{messages.card.replies(item.replies.length)}</span>}
      </div>
      <div className={style.stands}>
        <AudienceChip audience={item.audience} />
        {row.state !== '' && <span className={card.chip}>{row.state}</span>}
        {fact && <FactChip state={fact} />}
      </div>
    </GridListItem>
  );
}
