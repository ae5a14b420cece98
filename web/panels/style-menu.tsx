/** What the selected words and blocks look like: bold, italics, links, headings, quotations, lists. In Suggest mode each is a suggestion. */
import {
  BetweenHorizontalEnd,
  BetweenHorizontalStart,
  Bold,
  Heading1,
  Heading2,
  ImagePlus,
  Italic,
  Link2,
  Link2Off,
  List,
  ListIndentDecrease,
  ListIndentIncrease,
  ListOrdered,
  Pilcrow,
  Quote,
  Superscript,
  Table2,
  Trash2,
  Type,
} from 'lucide-react';
import { lazy, Suspense, useState, type ReactElement, type ReactNode } from 'react';
import type { Command } from 'prosemirror-state';
import { askInsert } from '#web/editor/picture-asks.ts';
import { insertFootnote } from '#web/editor/footnote-command.ts';
import {
  indent,
  setLink,
  setStyle,
  toggleEm,
  toggleList,
  toggleStrong,
} from '#web/editor/style-commands.ts';
import { wholeCommands, wholeCommandsAt, type WholeCommand } from '#web/editor/table-commands.ts';
import { InsertHost } from '#web/panels/insert-host.tsx';
import { usePage } from '#web/panels/page-state.tsx';
import { styleWords as words } from '#web/panels/style-words.ts';
import { useSession, useSnapshot } from '#web/panels/use-session.ts';
import { afterOverlay } from '#web/ui/after-overlay.ts';
import { IconButton } from '#web/ui/button.tsx';
import { Menu, MenuItem, MenuSeparator } from '#web/ui/menu.tsx';
import { wholeWords } from '#web/ui/whole-words.ts';

const LinkDialog = lazy(async () => ({
  default: (await import('#web/panels/link-dialog.tsx')).LinkDialog,
}));

const icon = { size: 16, 'aria-hidden': true } as const;
const bin = <Trash2 {...icon} />;
const icons: Readonly<Record<WholeCommand, ReactElement>> = {
  rowAbove: <BetweenHorizontalEnd {...icon} />,
  rowBelow: <BetweenHorizontalStart {...icon} />,
  deleteRow: bin,
  deleteTable: bin,
  deletePicture: bin,
};

export function StyleMenu(): ReactElement {
  const session = useSession();
  const { focusText } = usePage();
  const writes = useSnapshot(({ mode, view }) => mode !== 'read' && view !== 'original');
  const wholes = useSnapshot(() => wholeCommandsAt(session.state));
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
      key={id}
      id={id}
      icon={icon}
      {...(hint === undefined ? {} : { hint })}
      onAction={() => {
        session.run(command);
        afterOverlay(focusText);
      }}
    >
      {word}
    </MenuItem>
  );
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
        {item(
          'footnote',
          words.footnote,
          <Superscript {...icon} />,
          insertFootnote(() => session.newId()),
          'Ctrl Alt F',
        )}
        <MenuItem
          id="insert-picture"
          icon={<ImagePlus {...icon} />}
          onAction={() => askInsert({ what: 'picture', files: [] })}
        >
          {words.picture}
        </MenuItem>
        <MenuItem
          id="insert-table"
          icon={<Table2 {...icon} />}
          onAction={() => askInsert({ what: 'table' })}
        >
          {words.table}
        </MenuItem>
        {wholes.length > 0 && <MenuSeparator />}
        {wholes.map((name) => item(name, wholeWords[name], icons[name], wholeCommands[name]))}
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
      <InsertHost />
      {linking && (
        <Suspense fallback={null}>
          <LinkDialog
            onClose={() => {
              setLinking(false);
              focusText();
            }}
          />
        </Suspense>
      )}
    </>
  );
}
