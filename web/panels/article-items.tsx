/** What the menus of every width have of an article: replacing words, its history, and the books of its notes. */
import { History, Replace, ShieldCheck } from 'lucide-react';
import type { ReactElement } from 'react';
import { useLocation } from 'wouter';
import { usePage } from '#web/panels/page-state.tsx';
import { replaceWords } from '#web/panels/replace-words.ts';
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
        onAction={() => navigate(`/a/${encodeURIComponent(articleId)}/history`)}
        icon={<History size={16} aria-hidden="true" />}
      >
        {messages.exportMenu.history}
      </MenuItem>
      <MenuItem
        id="nothing-lost"
        onAction={page.openNothingLost}
        icon={<ShieldCheck size={16} aria-hidden="true" />}
      >
        {safetyWords.open}
      </MenuItem>
    </>
  );
}
