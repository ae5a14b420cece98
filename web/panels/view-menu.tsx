/** Which text the page shows: as filed, with its marks, or as edited; and the ways to its facts and to what it was before. */
import { Check, Eye, History, ListChecks, Replace, ShieldCheck } from 'lucide-react';
import type { ReactElement } from 'react';
import { useLocation } from 'wouter';
import { usePage } from '#web/panels/page-state.tsx';
import { replaceWords } from '#web/panels/replace-words.ts';
import { useSession, useSnapshot } from '#web/panels/use-session.ts';
import { IconButton } from '#web/ui/button.tsx';
import { Menu, MenuItem, MenuSeparator } from '#web/ui/menu.tsx';
import { messages } from '#web/ui/messages.ts';
import style from '#web/ui/overlay.module.css';
import { safetyWords } from '#web/ui/safety-words.ts';

const views = ['original', 'marked', 'accepted'] as const;

export function ViewMenu(): ReactElement {
  const session = useSession();
  const view = useSnapshot((snapshot) => snapshot.view);
  const articleId = useSnapshot((snapshot) => snapshot.review.article.id);
  const page = usePage();
  const [, navigate] = useLocation();
  const { exportMenu } = messages;
  return (
    <Menu
      label={exportMenu.show}
      trigger={
        <IconButton label={exportMenu.show} hint={`${exportMenu.show}: ${exportMenu[view]}`}>
          <Eye size={17} aria-hidden="true" />
        </IconButton>
      }
    >
      {views.map((each) => (
        <MenuItem
          key={each}
          id={each}
          aria-label={each === view ? `${exportMenu[each]} ✓` : exportMenu[each]}
          onAction={() => session.setView(each)}
          icon={
            <span className={style.tick}>
              {each === view && <Check size={16} aria-hidden="true" />}
            </span>
          }
        >
          {exportMenu[each]}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem
        id="find"
        onAction={() => page.find(true)}
        icon={<Replace size={16} aria-hidden="true" />}
      >
        {replaceWords.palette}
      </MenuItem>
      <MenuItem
        id="facts"
        onAction={() => navigate(`/a/${encodeURIComponent(articleId)}/facts`)}
        icon={<ListChecks size={16} aria-hidden="true" />}
      >
        {messages.filter.facts}
      </MenuItem>
      <MenuItem
        id="history"
        onAction={() => navigate(`/a/${encodeURIComponent(articleId)}/history`)}
        icon={<History size={16} aria-hidden="true" />}
      >
        {exportMenu.history}
      </MenuItem>
      <MenuItem
        id="nothing-lost"
        onAction={page.openNothingLost}
        icon={<ShieldCheck size={16} aria-hidden="true" />}
      >
        {safetyWords.open}
      </MenuItem>
    </Menu>
  );
}
