/** Sending out from the bar: the dialog, and below it copies at once in the reading that the page shows. */
import { Download } from 'lucide-react';
import type { ReactElement } from 'react';
import { BringBackItem, SendOutItem } from '#web/panels/article-items.tsx';
import { copyFormats, exportAddress } from '#web/panels/copies.ts';
import { useSnapshot } from '#web/panels/use-session.ts';
import { Button } from '#web/ui/button.tsx';
import { Menu, MenuItem, MenuSection } from '#web/ui/menu.tsx';
import { messages } from '#web/ui/messages.ts';

export function SendOutMenu({ articleId }: { articleId: string }): ReactElement {
  const view = useSnapshot((snapshot) => snapshot.view);
  const { exportMenu } = messages;
  return (
    <Menu
      label={exportMenu.label}
      trigger={
        <Button tall aria-label={exportMenu.label}>
          <Download size={16} aria-hidden="true" />
          {exportMenu.label}
        </Button>
      }
    >
      <SendOutItem />
      <BringBackItem articleId={articleId} />
      <MenuSection heading={exportMenu.quick(exportMenu[view])}>
        {copyFormats.map((format) => (
          <MenuItem
            key={format}
            id={format}
            href={exportAddress(articleId, format, view)}
            download=""
            icon={<Download size={16} aria-hidden="true" />}
          >
            {exportMenu[format]}
          </MenuItem>
        ))}
      </MenuSection>
    </Menu>
  );
}
