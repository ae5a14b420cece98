/** A Word file as LibreOffice reads it: it is opened without a screen and saved as ODT, which is looked into here. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Element } from '@xmldom/xmldom';
import { strFromU8, unzipSync } from 'fflate';
import { fold, squeeze } from '#tests/formats/docx/pandoc.ts';
import { all, treeOf } from '#tests/formats/docx/word-file.ts';

/** A comment as LibreOffice keeps it; it has no threads. */
export interface OfficeComment {
  author: string;
  date: string;
  text: string;
  resolved: boolean;
}

/** What LibreOffice reads. Texts are without white space, those of notes apart: LibreOffice 7.4 gives notes the text of others
 *  as soon as a comment stands between them, whoever wrote the file. */
export interface OfficeRead {
  accepted: string;
  rejected: string;
  /** The notes, with every change accepted. */
  notes: string;
  comments: OfficeComment[];
  changes: { kind: 'ins' | 'del' | 'format'; author: string; date: string }[];
}

/** True where LibreOffice is installed. */
export const hasOffice = spawnSync('soffice', ['--version']).status === 0;

const elementsOf = (node: Element): Element[] =>
  [...node.childNodes].filter((one): one is Element => one.nodeType === 1);
const textIn = (node: Element | undefined): string => node?.textContent ?? '';

interface Region {
  kind: 'ins' | 'del' | 'format';
  /** It struck words that were put in by another change. */
  ofInsertion: boolean;
  content: Element[];
}

function regionOf(region: Element): Region {
  const parts = elementsOf(region);
  const struck = parts.find(({ tagName }) => tagName === 'text:deletion');
  const inserted = parts.find(({ tagName }) => tagName === 'text:insertion');
  const content = struck
    ? elementsOf(struck).filter(({ tagName }) => tagName !== 'office:change-info')
    : [];
  const kind = struck ? 'del' : inserted ? 'ins' : 'format';
  return { kind, ofInsertion: struck !== undefined && inserted !== undefined, content };
}

const skipped = new Set([
  'office:annotation',
  'office:annotation-end',
  'text:tracked-changes',
  'text:note-citation',
  'text:sequence-decls',
  'svg:title',
  'svg:desc',
  'office:forms',
]);

/** The text with every change accepted or rejected. */
function textOf(
  body: Element,
  regions: ReadonlyMap<string, Region>,
  accept: boolean,
): { text: string; notes: string } {
  let text = '';
  const notes: Element[] = [];
  const inserted = new Set<string>();
  const walk = (node: Element): void => {
    for (const one of node.childNodes) {
      if (one.nodeType === 3 && (accept || inserted.size === 0)) text += one.nodeValue ?? '';
      if (one.nodeType !== 1) continue;
      const element = one as Element;
      const id = element.getAttribute('text:change-id') ?? '';
      const region = regions.get(id);
      if (element.tagName === 'text:change-start' && region?.kind === 'ins') inserted.add(id);
      else if (element.tagName === 'text:change-end') inserted.delete(id);
      else if (element.tagName === 'text:change') {
        if (!accept && region?.kind === 'del' && !region.ofInsertion && inserted.size === 0)
          region.content.forEach(walk);
      } else if (element.tagName === 'text:note') {
        if (accept || inserted.size === 0) notes.push(...all(element, 'text:note-body'));
      } else if (!skipped.has(element.tagName)) walk(element);
    }
  };
  walk(body);
  const whole = squeeze(text);
  text = '';
  for (let i = 0; i < notes.length; i += 1) walk(notes[i] as Element);
  return { text: whole, notes: squeeze(text) };
}

/** Reads a file; `scratch` is a folder for LibreOffice's own. Null if it cannot. */
export function readWithOffice(file: string, scratch: string): OfficeRead | null {
  const out = mkdtempSync(join(scratch, 'odt-'));
  const profile = `-env:UserInstallation=${pathToFileURL(join(scratch, 'profile')).href}`;
  const run = spawnSync(
    'soffice',
    [profile, '--headless', '--convert-to', 'odt', '--outdir', out, file],
    { encoding: 'utf8', timeout: 180_000 },
  );
  const odt = join(out, `${basename(file, '.docx')}.odt`);
  if (run.error || !existsSync(odt)) return null;
  const content = unzipSync(readFileSync(odt))['content.xml'];
  const tree = treeOf(content ? strFromU8(content) : '');
  const [body] = all(tree, 'office:text');
  if (!body) return null;
  const found = all(body, 'text:changed-region');
  const regions = new Map(
    found.map((one) => [one.getAttribute('text:id') ?? '', regionOf(one)] as const),
  );
  const comments = all(body, 'office:annotation').map((one): OfficeComment => ({
    author: textIn(all(one, 'dc:creator')[0]),
    date: textIn(all(one, 'dc:date')[0]).slice(0, 19),
    text: fold(
      elementsOf(one)
        .filter(({ tagName }) => tagName === 'text:p' || tagName === 'text:list')
        .map((part) => textIn(part))
        .join(' '),
    ),
    resolved: one.getAttribute('loext:resolved') === 'true',
  }));
  const { text: accepted, notes } = textOf(body, regions, true);
  return {
    accepted,
    rejected: textOf(body, regions, false).text,
    notes,
    comments,
    changes: found.map((one) => ({
      kind: regionOf(one).kind,
      author: textIn(all(one, 'dc:creator')[0]),
      date: textIn(all(one, 'dc:date')[0]).slice(0, 19),
    })),
  };
}
