/** The less frequent things on a focused card: its link, editing, deleting with a question. */
import { Ellipsis, Link2, Pencil, Trash2 } from 'lucide-react';
import { lazy, Suspense, useState, type ReactElement } from 'react';
import type { Annotation } from '#web/panels/annotations.ts';
import type { Choices } from '#web/panels/choose.ts';
import { useVoice } from '#web/panels/live-regions.tsx';
import { useCloseAndGoOn } from '#web/panels/use-move.ts';
import { useSession } from '#web/panels/use-session.ts';
import { annotationPath } from '#web/ui/article-path.ts';
import { IconButton } from '#web/ui/button.tsx';
import { Menu, MenuItem, MenuSeparator } from '#web/ui/menu.tsx';
import { messages } from '#web/ui/messages.ts';

// Dialogs are rare; their code comes when one is opened.
const Confirm = lazy(async () => ({ default: (await import('#web/ui/dialog.tsx')).Confirm }));

/** The address that opens an article with one annotation in focus. */
const deepLink = (origin: string, articleId: string, id: string): string =>
  `${origin}${annotationPath(articleId, id)}`;

export function CardMenu({
  item,
  choices,
  onEdit,
}: {
  item: Annotation;
  choices: Choices;
  /** Opens what was written for editing; where there is nothing to edit, there is no such way. */
  onEdit?: () => void;
}): ReactElement {
  const session = useSession();
  const { tell } = useVoice();
  const closeAndGoOn = useCloseAndGoOn();
  const [asking, setAsking] = useState(false);
  const { card, confirm } = messages;
  const copy = async (): Promise<void> => {
    const { article } = session.getSnapshot().review;
    const link = deepLink(location.origin, article.id, item.id);
    try {
      await navigator.clipboard.writeText(link);
      tell(card.linkCopied);
    } catch {
      // No clipboard on an insecure address: show the link, so that it can be copied by hand.
      window.prompt(card.copyLink, link);
    }
  };
  const question = item.kind === 'fact' ? confirm.removeFact : confirm.removeComment;
  return (
    <>
      <Menu
        label={card.more}
        trigger={
          <IconButton small label={card.more}>
            <Ellipsis size={17} aria-hidden="true" />
          </IconButton>
        }
      >
        <MenuItem
          id="link"
          icon={<Link2 size={16} aria-hidden="true" />}
          onAction={() => void copy()}
        >
          {card.copyLink}
        </MenuItem>
        {choices.edit && onEdit && (
          <MenuItem id="edit" icon={<Pencil size={16} aria-hidden="true" />} onAction={onEdit}>
            {card.edit}
          </MenuItem>
        )}
        {choices.remove && <MenuSeparator />}
        {choices.remove && (
          <MenuItem
            id="remove"
            danger
            icon={<Trash2 size={16} aria-hidden="true" />}
            onAction={() => setAsking(true)}
          >
            {card.remove}
          </MenuItem>
        )}
      </Menu>
      {asking && (
        <Suspense fallback={null}>
          <Confirm
            question={question(item.replies.length)}
            open
            act={confirm.remove}
            cancel={confirm.cancel}
            onAct={() => closeAndGoOn([item], () => session.remove(item.id))}
            onClose={() => setAsking(false)}
          />
        </Suspense>
      )}
    </>
  );
}
