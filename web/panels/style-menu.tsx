/** What the selected words and blocks look like: bold, italics, links, headings, quotations, lists. In Suggest mode each is a suggestion. */
import {
  Bold,
  Heading1,
  Heading2,
  Italic,
  Link2,
  Link2Off,
  List,
  ListIndentDecrease,
  ListIndentIncrease,
  ListOrdered,
  Pilcrow,
  Quote,
  Type,
} from 'lucide-react';
import { useState, type ReactElement, type ReactNode } from 'react';
import type { Command } from 'prosemirror-state';
import { allowedHref } from '#core/article/href.ts';
import {
  indent,
  setLink,
  setStyle,
  toggleEm,
  toggleList,
  toggleStrong,
} from '#web/editor/style-commands.ts';
import { usePage } from '#web/panels/page-state.tsx';
import { styleWords as words } from '#web/panels/style-words.ts';
import { useSession, useSnapshot } from '#web/panels/use-session.ts';
import { Button, IconButton } from '#web/ui/button.tsx';
import control from '#web/ui/control.module.css';
import { Dialog } from '#web/ui/dialog.tsx';
import { Menu, MenuItem, MenuSeparator } from '#web/ui/menu.tsx';

export function StyleMenu(): ReactElement {
  const session = useSession();
  const { focusText } = usePage();
  const writes = useSnapshot(({ mode, view }) => mode !== 'read' && view === 'marked');
  const nothing = useSnapshot((snapshot) => snapshot.selection.empty);
  const [linking, setLinking] = useState(false);
  const item = (
    id: string,
    word: string,
    icon: ReactNode,
    command: Command,
    hint?: string,
  ): ReactElement => (
    <MenuItem
      id={id}
      icon={icon}
      {...(hint === undefined ? {} : { hint })}
      onAction={() => {
        session.run(command);
        focusText();
      }}
    >
      {word}
    </MenuItem>
  );
  const icon = { size: 16, 'aria-hidden': true } as const;
  return (
    <>
      <Menu
        label={words.menu}
        trigger={
          <IconButton label={words.menu} isDisabled={!writes}>
            <Type size={17} aria-hidden="true" />
          </IconButton>
        }
      >
        {item('strong', words.strong, <Bold {...icon} />, toggleStrong, 'Ctrl B')}
        {item('em', words.em, <Italic {...icon} />, toggleEm, 'Ctrl I')}
        <MenuItem
          id="link"
          icon={<Link2 {...icon} />}
          isDisabled={nothing}
          onAction={() => setLinking(true)}
        >
          {words.link}
        </MenuItem>
        {item('unlink', words.unlink, <Link2Off {...icon} />, setLink(''))}
        <MenuSeparator />
        {item('paragraph', words.paragraph, <Pilcrow {...icon} />, setStyle('paragraph'))}
        {item('heading1', words.heading1, <Heading1 {...icon} />, setStyle('heading1'))}
        {item('heading2', words.heading2, <Heading2 {...icon} />, setStyle('heading2'))}
        {item('quote', words.quote, <Quote {...icon} />, setStyle('quote'))}
        <MenuSeparator />
        {item('bullet', words.bullet, <List {...icon} />, toggleList('bullet'))}
        {item('ordered', words.ordered, <ListOrdered {...icon} />, toggleList('ordered'))}
        {item('in', words.indent, <ListIndentIncrease {...icon} />, indent(1), 'Tab')}
        {item('out', words.outdent, <ListIndentDecrease {...icon} />, indent(-1), 'Shift Tab')}
      </Menu>
      {linking && (
        <LinkDialog
          onClose={() => {
            setLinking(false);
            focusText();
          }}
        />
      )}
    </>
  );
}

function LinkDialog({ onClose }: { onClose: () => void }): ReactElement {
  const session = useSession();
  const [href, setHref] = useState('');
  const [problem, setProblem] = useState('');
  return (
    <Dialog open title={words.link} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const address = /^[a-z]+:|^#/iu.test(href.trim())
            ? href.trim()
            : `https://${href.trim()}`;
          if (href.trim() === '' || !allowedHref(address)) setProblem(words.linkOdd);
          else {
            session.run(setLink(address));
            onClose();
          }
        }}
      >
        <label className={control.field}>
          <span className={control.label}>{words.address}</span>
          <input
            className={control.input}
            type="text"
            inputMode="url"
            value={href}
            aria-invalid={problem !== '' || undefined}
            onChange={(event) => setHref(event.target.value)}
          />
        </label>
        {problem !== '' && (
          <p role="alert" className={control.error}>
            {problem}
          </p>
        )}
        <p>
          <Button type="submit" look="primary">
            {words.setLink}
          </Button>
        </p>
      </form>
    </Dialog>
  );
}
