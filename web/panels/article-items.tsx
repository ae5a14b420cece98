/** What the menus of every width have of an article: replacing words, its history, the books of its notes, and the ways out. */
import { Download, FileInput, History, PackageOpen, Replace, ShieldCheck } from 'lucide-react';
import type { ReactElement } from 'react';
import { useLocation } from 'wouter';
import { exportAddress, type CopyView } from '#web/panels/copies.ts';
import { usePage } from '#web/panels/page-state.tsx';
import { replaceWords } from '#web/panels/replace-words.ts';
import { articlePath } from '#web/ui/article-path.ts';
import { MenuItem } from '#web/ui/menu.tsx';
import { messages } from '#web/ui/messages.ts';
import { safetyWords } from '#web/ui/safety-words.ts';

export function ReplaceItem(): ReactElement {
  const page = usePage();
  return (
    <MenuItem
      id="find"
      onAction={() => page.find(true)}
      icon={<Replace size={16} aria-hidden="true" />}
    >
      {replaceWords.palette}
    </MenuItem>
  );
}

export function PastItems({ articleId }: { articleId: string }): ReactElement {
  const page = usePage();
  const [, navigate] = useLocation();
  return (
    <>
      <MenuItem
        id="history"
        onAction={() => navigate(`${articlePath(articleId)}/history`)}
        icon={<History size={16} aria-hidden="true" />}
      >
        {messages.exportMenu.history}
      </MenuItem>
      <MenuItem
        id="nothing-lost"
        onAction={() => page.openDialog('nothing-lost')}
        icon={<ShieldCheck size={16} aria-hidden="true" />}
      >
        {safetyWords.open}
      </MenuItem>
    </>
  );
}

/** The way back of a copy that was sent out. */
export function BringBackItem({ articleId }: { articleId: string }): ReactElement {
  const [, navigate] = useLocation();
  return (
    <MenuItem
      id="bring-back"
      onAction={() => navigate(`${articlePath(articleId)}/return`)}
      icon={<FileInput size={16} aria-hidden="true" />}
    >
      {messages.exportMenu.bringBack}
    </MenuItem>
  );
}

/** The dialog of sending out. */
export function SendOutItem(): ReactElement {
  const page = usePage();
  return (
    <MenuItem
      id="send-out"
      onAction={() => page.openDialog('send-out')}
      icon={<PackageOpen size={16} aria-hidden="true" />}
    >
      {messages.exportMenu.open}
    </MenuItem>
  );
}

/** The dialog of sending out, and the quick way: a Word file at once, in the reading on the page. */
export function SendOutItems({
  articleId,
  view,
}: {
  articleId: string;
  view: CopyView;
}): ReactElement {
  const { exportMenu } = messages;
  return (
    <>
      <SendOutItem />
      <MenuItem
        id="export-docx"
        href={exportAddress(articleId, 'docx', view)}
        download=""
        icon={<Download size={16} aria-hidden="true" />}
      >
        {exportMenu.docxAtOnce}
      </MenuItem>
      <BringBackItem articleId={articleId} />
    </>
  );
}
