/** Which text the page shows: as filed, with its marks, or as edited; and the ways to its facts and to what it was before. */
import { Check, Eye, ListChecks } from 'lucide-react';
import type { ReactElement } from 'react';
import { useLocation } from 'wouter';
import { copyViews } from '#web/panels/copies.ts';
import { PastItems, ReplaceItem } from '#web/panels/article-items.tsx';
import { useSession, useSnapshot } from '#web/panels/use-session.ts';
import { articlePath } from '#web/ui/article-path.ts';
import { IconButton } from '#web/ui/button.tsx';
import { Menu, MenuItem, MenuSeparator } from '#web/ui/menu.tsx';
import { messages } from '#web/ui/messages.ts';
import style from '#web/ui/overlay.module.css';

export function ViewMenu(): ReactElement {
  const session = useSession();
  const view = useSnapshot((snapshot) => snapshot.view);
  const articleId = useSnapshot((snapshot) => snapshot.review.article.id);
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
      {copyViews.map((each) => (
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
      <ReplaceItem />
      <MenuItem
        id="facts"
        onAction={() => navigate(`${articlePath(articleId)}/facts`)}
        icon={<ListChecks size={16} aria-hidden="true" />}
      >
        {messages.filter.facts}
      </MenuItem>
      <PastItems articleId={articleId} />
    </Menu>
  );
}
