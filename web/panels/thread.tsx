/** The replies under an annotation: the last three, the earlier ones on demand; one's own can be edited. */
import { useState, type ReactElement } from 'react';
import type { Person, Reply } from '#core/annotate/annotation.ts';
import style from '#web/panels/card.module.css';
import { EditableText } from '#web/panels/editable-text.tsx';
import { useDrafts } from '#web/panels/use-kept-form.ts';
import { useSession, useSnapshot } from '#web/panels/use-session.ts';
import { formKey } from '#web/session/unfinished.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { Button } from '#web/ui/button.tsx';
import { messages } from '#web/ui/messages.ts';
import { fullTime, timeWords } from '#web/ui/time.ts';

const shownAtFirst = 3;
/** With one more than this it is not worth hiding anything. */
const worthHiding = 1;

export function Thread({
  on,
  replies,
  people,
}: {
  on: string;
  replies: readonly Reply[];
  people: ReadonlyMap<string, Person>;
}): ReactElement | null {
  const [all, setAll] = useState(false);
  const hidden = all ? 0 : Math.max(0, replies.length - shownAtFirst);
  const shown = hidden > worthHiding ? replies.slice(hidden) : replies;
  if (replies.length === 0) return null;
  return (
    <ol className={style.thread}>
      {shown.length < replies.length && (
        <li>
          <Button look="link" onPress={() => setAll(true)}>
            {messages.card.earlier(replies.length - shown.length)}
          </Button>
        </li>
      )}
      {shown.map((reply) => (
        <ReplyRow key={reply.id} on={on} reply={reply} person={people.get(reply.by)} />
      ))}
    </ol>
  );
}

function ReplyRow({
  on,
  reply,
  person,
}: {
  on: string;
  reply: Reply;
  person: Person | undefined;
}): ReactElement {
  const session = useSession();
  const own = useSnapshot((snapshot) => snapshot.me.id) === reply.by;
  const kept = formKey('edit', `${on} ${reply.id}`);
  const drafts = useDrafts();
  const [editing, setEditing] = useState(() => own && drafts.has(kept));
  const name = person?.name ?? messages.news.someone;
  return (
    <li className={style.replyRow}>
      <Avatar name={name} color={person?.color ?? 0} size="small" />
      <div className={style.replyBody}>
        <div className={style.replyHead}>
          <b>{name}</b>
          <time dateTime={reply.at} title={fullTime(reply.at)}>
            {timeWords(reply.at, new Date())}
          </time>
          {reply.editedAt && <span className={style.muted}>{messages.card.edited}</span>}
          {own && !editing && (
            <button type="button" className={style.editReply} onClick={() => setEditing(true)}>
              {messages.card.edit}
            </button>
          )}
        </div>
        <EditableText
          kept={kept}
          text={reply.text}
          editing={editing}
          label={messages.card.edit}
          onSave={(text) => session.editText(on, reply.id, text)}
          onDone={() => setEditing(false)}
        />
      </div>
    </li>
  );
}
