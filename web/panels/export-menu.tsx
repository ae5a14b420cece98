/** Copies to take away: a format and which text, as plain downloads from the server. */
import { Check, Download } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { Header } from 'react-aria-components/Header';
import { MenuSection as AriaMenuSection } from 'react-aria-components/Menu';
import { copyFormats, copyViews, exportAddress, type CopyView } from '#web/panels/copies.ts';
import header from '#web/panels/header.module.css';
import { Button } from '#web/ui/button.tsx';
import { Menu, MenuItem, MenuSection } from '#web/ui/menu.tsx';
import { messages } from '#web/ui/messages.ts';
import style from '#web/ui/overlay.module.css';

export function ExportMenu({ articleId }: { articleId: string }): ReactElement {
  const [view, setView] = useState<CopyView>('marked');
  const { exportMenu } = messages;
  return (
    <Menu
      label={exportMenu.label}
      trigger={
        <Button tall aria-label={exportMenu.label}>
          <Download size={16} aria-hidden="true" />
          <span className={header.wideWords}>{exportMenu.label}</span>
        </Button>
      }
    >
      <AriaMenuSection
        selectionMode="single"
        disallowEmptySelection
        shouldCloseOnSelect={false}
        selectedKeys={[view]}
        onSelectionChange={(keys) => {
          const chosen = copyViews.find((each) => keys !== 'all' && keys.has(each));
          if (chosen) setView(chosen);
        }}
      >
        <Header className={style.menuHeading ?? ''}>{exportMenu.view}</Header>
        {copyViews.map((each) => (
          <MenuItem
            key={each}
            id={each}
            icon={
              <span className={style.tick}>
                {each === view && <Check size={16} aria-hidden="true" />}
              </span>
            }
          >
            {exportMenu[each]}
          </MenuItem>
        ))}
      </AriaMenuSection>
      <MenuSection heading={exportMenu.format}>
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
