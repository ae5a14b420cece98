/** What the screens say about sending out. */
import type { Sending } from '#core/formats/send-out/answers.ts';
import type { Preset } from '#core/formats/send-out/presets.ts';
import type { Contents } from '#core/formats/send-out/write-send-out.ts';
import type { CopyFormat } from '#core/formats/copy-formats.ts';
import type { View } from '#core/formats/view.ts';
import { plural } from '#web/ui/messages.ts';

const listed = (parts: string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

const notes = (count: number): string => plural(count, { one: '# note', other: '# notes' });
const facts = (count: number): string => plural(count, { one: '# fact', other: '# facts' });

/** "Holds 31 notes and 24 facts; 4 desk-only notes stay out." */
function holds(preset: Preset, { notes: held, facts: marked, staysOut }: Contents): string {
  if (preset === 'working' || preset === 'release') return 'Holds no notes and no names.';
  const out = [
    staysOut.desk > 0 ? `${staysOut.desk} desk-only` : '',
    staysOut.legal > 0 ? `${staysOut.legal} legal` : '',
    staysOut.named > 0 ? `${staysOut.named} private` : '',
  ].filter((part) => part !== '');
  const all = staysOut.desk + staysOut.legal + staysOut.named;
  const stays = all === 0 ? '' : `; ${listed(out)} ${all === 1 ? 'note stays' : 'notes stay'} out`;
  const inside =
    preset === 'read-back'
      ? facts(marked)
      : held + marked === 0
        ? 'no notes'
        : `${notes(held)} and ${facts(marked)}`;
  return `Holds ${inside}${stays}.`;
}

const formats: Record<CopyFormat, string> = {
  docx: 'Word',
  html: 'HTML',
  md: 'Markdown',
  txt: 'Text',
  json: 'JSON',
};
const views: Record<View, string> = {
  original: 'As filed',
  marked: 'Marked',
  accepted: 'As edited',
};

/** How a sending is told, with who did it: "Sent to the writer by Ines". */
const deeds: Record<Preset, string> = {
  working: 'Working copy for the page sent out by',
  release: 'Release copy sent out by',
  writer: 'Sent to the writer by',
  legal: 'Sent to legal by',
  file: 'Copy for the file taken by',
  'read-back': 'Read-back sheet made by',
  archive: 'Everything taken for the archive by',
};

export const sendOutWords = {
  title: 'Send out',
  for: 'For',
  view: 'View',
  format: 'Format',
  formats,
  views,
  preset: {
    working: 'The page: working copy, NOT CLEARED',
    release: 'The page: release copy',
    writer: 'The writer',
    legal: 'Legal',
    file: 'The file',
    'read-back': 'Read-back sheet',
    archive: 'The archive',
  } satisfies Record<Preset, string>,
  about: {
    working: 'As it reads now, without notes, marks or names.',
    writer: 'What the writer may see.',
    legal: 'What legal may see.',
    file: 'Everything that you see.',
    'read-back': 'The facts alone, each with boxes to tick.',
    archive: 'Every note there is, also those that you do not see.',
  } satisfies Record<Exclude<Preset, 'release'>, string>,
  theWriter: (name: string) => `What ${name} may see.`,
  gate: (open: number) => (open === 0 ? 'Nothing is open.' : `Held back: ${open} open`),
  gateTitle: (open: number) =>
    plural(open, {
      one: 'One thing holds the release copy back',
      other: '# things hold the release copy back',
    }),
  noMarks: 'A copy for the page has no marks.',
  oneView: 'This copy has one reading.',
  allViews: 'JSON holds all three readings.',
  noFormat: 'This copy does not come in this format.',
  holds,
  notShown: (count: number) =>
    plural(count, {
      one: '# note has no place in this text or format.',
      other: '# notes have no place in this text or format.',
    }),
  counting: 'Counting…',
  preview: 'Preview',
  previewTitle: 'Preview of the copy',
  cancel: 'Cancel',
  send: (format: CopyFormat) => `Send out ${formats[format]} file`,
  sending: 'Sending out…',
  done: (name: string) => `Sent out: ${name}`,
  before: 'Sent out before',
  never: 'Nothing was sent out of this article yet.',
  showAll: (count: number) => `Show all ${count}`,
  sent: ({ preset, name, rev }: Sending, time: string) =>
    `${deeds[preset]} ${name}, ${time}, version ${rev}`,
  sentAs: ({ view, format, preset }: Sending) =>
    preset === 'archive' || preset === 'read-back'
      ? formats[format]
      : `${formats[format]} · ${views[view].toLowerCase()}`,
};
