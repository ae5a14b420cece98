/** The comments of a Word file with their threads. A reply names the first comment by the id of its last paragraph. */
import { alternativeOf } from '#core/formats/docx/alternative.ts';
import { timeIn } from '#core/formats/docx/read-changes.ts';
import { symbolOf } from '#core/formats/docx/symbols.ts';
import { childrenOf, type XmlElement } from '#core/formats/docx/read-xml.ts';
import type { WordPackage } from '#core/formats/docx/open-package.ts';

/** A comment. `parent` is the id of the comment it answers, or ''. */
export interface WordComment {
  id: string;
  author: string;
  at: string;
  text: string;
  /** The ids of its paragraphs; the last one names it. */
  paraIds: string[];
  parent: string;
  resolved: boolean;
  /** What its text cannot hold ("a picture"), or ''. */
  lost: string;
}

/** The words of the paragraphs under an element, each a line; deleted words are left out. */
function linesOf(element: XmlElement): { lines: string[]; paraIds: string[]; lost: string } {
  const lines: string[] = [];
  const paraIds: string[] = [];
  let lost = '';
  const walk = (one: XmlElement): void => {
    for (const child of one.children) {
      if (child.name === 'w:p') {
        lines.push('');
        paraIds.push(child.attrs['w14:paraId'] ?? '');
        walk(child);
      } else if (child.name === 'w:del' || child.name === 'w:moveFrom' || child.name === 'w:pPr') {
        continue;
      } else if (child.name === 'mc:AlternateContent') {
        const chosen = alternativeOf(child);
        if (chosen) walk(chosen);
      } else {
        const words = wordsOf(child);
        if (words === null) walk(child);
        else if (lines.length > 0) lines[lines.length - 1] += words;
        if (child.name === 'w:drawing' || child.name === 'w:pict') lost = 'a picture';
        if (child.name === 'w:tbl') lost = 'a table';
      }
    }
  };
  walk(element);
  return { lines, paraIds, lost };
}

function wordsOf(element: XmlElement): string | null {
  const { name, text } = element;
  if (name === 'w:sym') return symbolOf(element);
  if (name === 'w:t') return text.replace(/[\r\n]+/g, ' ');
  if (name === 'w:tab') return '\t';
  // A line end within a paragraph is told from the end of one, so that the file is written again as it was.
  if (name === 'w:br' || name === 'w:cr') return '\u2028';
  if (name === 'w:noBreakHyphen') return '\u2011';
  if (name === 'w:softHyphen') return '\u00ad';
  return name === 'w:instrText' || name === 'w:rPr' ? '' : null;
}

/** Reads them, in the order of their part. */
export function readComments(file: WordPackage): WordComment[] {
  const part = file.related(file.main, 'comments');
  const root = part === null ? null : file.part(part);
  if (!root) return [];
  const durable = dates(file);
  const byPara = new Map<string, WordComment>();
  const comments = childrenOf(root, 'w:comment').map((one): WordComment => {
    const { lines, paraIds, lost } = linesOf(one);
    const last = paraIds.at(-1) ?? '';
    const comment = {
      id: one.attrs['w:id'] ?? '',
      author: one.attrs['w:author'] ?? '',
      at: durable.get(last) ?? timeIn(one.attrs),
      text: lines.join('\n'),
      paraIds,
      parent: '',
      resolved: false,
      lost,
    };
    for (const id of paraIds) if (id !== '') byPara.set(id, comment);
    return comment;
  });
  const extended = partOf(file, 'commentsExtended');
  for (const { name, attrs } of extended?.children ?? []) {
    if (name !== 'w15:commentEx') continue;
    const comment = byPara.get(attrs['w15:paraId'] ?? '');
    if (!comment) continue;
    const parent = byPara.get(attrs['w15:paraIdParent'] ?? '');
    if (parent && parent !== comment) comment.parent = parent.id;
    comment.resolved = /^(?:1|true|on)$/.test(attrs['w15:done'] ?? '');
  }
  return comments;
}

const partOf = (file: WordPackage, type: string): XmlElement | null => {
  const name = file.related(file.main, type);
  return name === null ? null : file.part(name);
};

/** Times in UTC by the id of a comment's last paragraph, where the file has them. */
function dates(file: WordPackage): Map<string, string> {
  const byDurable = new Map<string, string>();
  for (const { attrs } of partOf(file, 'commentsExtensible')?.children ?? []) {
    const at = timeIn({ 'w:date': attrs['w16cex:dateUtc'] ?? '' });
    if (at !== '') byDurable.set(attrs['w16cex:durableId'] ?? '', at);
  }
  const found = new Map<string, string>();
  for (const { attrs } of partOf(file, 'commentsIds')?.children ?? []) {
    const at = byDurable.get(attrs['w16cid:durableId'] ?? '');
    if (at !== undefined) found.set(attrs['w16cid:paraId'] ?? '', at);
  }
  return found;
}

/** Threads: each first comment with its replies in the order of the part. Answers to answers are answers to the first. */
export function threadsIn(
  comments: readonly WordComment[],
): { root: WordComment; replies: WordComment[] }[] {
  const byId = new Map(comments.map((one) => [one.id, one]));
  const roots = new Map<WordComment, WordComment>();
  const rootOf = (one: WordComment): WordComment => {
    let at = one;
    const seen = new Set<WordComment>([one]);
    for (;;) {
      const known = roots.get(at);
      const up = byId.get(at.parent);
      if (known) at = known;
      if (known || !up || seen.has(up)) break;
      seen.add(up);
      at = up;
    }
    for (const below of seen) roots.set(below, at);
    return at;
  };
  const threads = new Map<WordComment, WordComment[]>();
  for (const one of comments) {
    const root = rootOf(one);
    const replies = threads.get(root) ?? [];
    threads.set(root, replies);
    if (root !== one) replies.push(one);
  }
  return [...threads].map(([root, replies]) => ({ root, replies }));
}
