/** The comments and footnotes of a file as a writer's sources: which words each stands on, and what it names. */
import type { Node } from 'prosemirror-model';
import { numberFootnotes } from '#core/formats/footnote-numbers.ts';
import type { Comment } from '#core/annotate/annotation.ts';
import { sentenceBounds } from '#core/facts/sentence.ts';
import {
  namedSources,
  type NamedSource,
  type NoteLink,
} from '#core/formats/import/named-sources.ts';
import { isSuggestion } from '#core/suggest/entries.ts';
import type { Review } from '#core/sync/review.ts';

/** Why a note stays what it is. */
export type StaysBecause = 'asked' | 'no-words' | 'no-text';

/** Why a footnote stays in the text. */
export type InTextBecause = 'noted' | 'suggested' | 'twice';

/** A source of a note, as a preview shows it. */
export interface CitedSource {
  title: string;
  address: string;
  archive: string;
  locator: string;
  kind: NamedSource['kind'];
  /** It stands for an “ibid.”. */
  same: boolean;
}

/** What becomes of a note. */
export interface CitedNote {
  key: string;
  kind: 'comment' | 'footnote';
  /** The number of a footnote; 0 for a comment. */
  number: number;
  /** The words it stands on: the claim. */
  words: string;
  text: string;
  cites: CitedSource[];
  becomes: boolean;
  /** Why it becomes no fact; null where it does. */
  stays: StaysBecause | null;
  /** A footnote that becomes a fact and leaves the text. */
  leaves: boolean;
  /** Why such a footnote stays in the text though it was asked to leave; null where it was not or does. */
  inText: InTextBecause | null;
  /** The comment was resolved; the fact will be open. */
  wasResolved: boolean;
}

/** A note with what it is made from. */
export interface FileNote extends CitedNote {
  /** The comment's id, or that of the footnote. */
  id: string;
  comment: Comment | undefined;
  from: number;
  to: number;
  doc: Node;
  sources: { source: NamedSource; locator: string }[];
}

type Found = Pick<
  FileNote,
  'id' | 'key' | 'kind' | 'number' | 'from' | 'to' | 'text' | 'comment'
> & {
  links: NoteLink[];
  stays: StaysBecause | null;
  inText: InTextBecause | null;
};

const struck = (node: Node): boolean => node.marks.some((mark) => mark.type.name === 'deletion');

/** The text of a footnote as it is edited, with the addresses that its words lead to. */
function textOfNote(footnote: Node): { text: string; links: NoteLink[] } {
  let text = '';
  const links: NoteLink[] = [];
  footnote.forEach((node) => {
    if (struck(node)) return;
    const from = text.length;
    text += node.isText ? (node.text ?? '') : node.type.name === 'lineBreak' ? '\n' : '';
    const href = node.marks.find((mark) => mark.type.name === 'link')?.attrs['href'] as unknown;
    const last = links.at(-1);
    if (typeof href !== 'string') return;
    if (last?.href === href && last.to === from) last.to = text.length;
    else links.push({ from, to: text.length, href });
  });
  return { text, links };
}

interface Reference {
  from: number;
  to: number;
  marked: boolean;
}

/** So far back a sentence is looked for. */
const longestSentence = 5000;

/** Where a stretch of text begins and how long it is, without the signs around it. */
function bare(words: string): { lead: number; length: number } {
  let lead = 0;
  while (lead < words.length && /[\s,;:–—-]/u.test(words.charAt(lead))) lead += 1;
  let end = words.length;
  while (end > lead && /[\s.,;:]/u.test(words.charAt(end - 1))) end -= 1;
  return { lead, length: end - lead };
}

/** For each footnote the places that refer to it, and the words before the first: the sentence, from the reference before it. */
function referencesIn(doc: Node): Map<string, Reference[]> {
  const found = new Map<string, Reference[]>();
  doc.forEach((block, offset) => {
    if (block.type.name === 'footnote') return;
    // A closing bracket in place of each reference keeps the end of a sentence one.
    const text = block.textBetween(0, block.content.size, '', (node) =>
      node.type.name === 'lineBreak' ? '\n' : ']',
    );
    let before = 0;
    let last = { from: 0, to: 0 };
    block.forEach((node, at) => {
      if (node.type.name !== 'footnoteRef') return;
      // Only what can be its sentence is looked at: a line can have a hundred thousand references.
      const near = Math.max(0, before - 200, at - longestSentence);
      const close = text.slice(near, at + 20);
      const sentence = sentenceBounds(close, Math.max(0, at - 1 - near), at - near);
      const start = Math.max(before, near + sentence.from);
      const { lead, length } = bare(text.slice(start, at));
      // Where two references stand together, both are about the same words.
      const range =
        length > 0
          ? { from: start + lead, to: start + lead + length }
          : start === before
            ? last
            : { from: at, to: at };
      last = range;
      before = at + 1;
      const id = node.attrs['id'] as string;
      const one = {
        from: offset + 1 + range.from,
        to: offset + 1 + range.to,
        marked: node.marks.some(isSuggestion),
      };
      const known = found.get(id);
      if (known) known.push(one);
      else found.set(id, [one]);
    });
  });
  return found;
}

function footnotesOf({ doc, anchors }: Review): Found[] {
  const { numbers } = numberFootnotes(doc);
  const references = referencesIn(doc);
  const noted = [...anchors.byId.values()].filter((one) => one.state === 'attached');
  const found: Found[] = [];
  doc.forEach((node, offset) => {
    if (node.type.name !== 'footnote') return;
    const id = node.attrs['id'] as string;
    const all = references.get(id) ?? [];
    const [first] = all;
    const from = first?.from ?? 0;
    const to = first?.to ?? 0;
    const end = offset + node.nodeSize;
    let isSuggested = (node.attrs['sugg'] as unknown[]).length > 0 || all.some((one) => one.marked);
    node.forEach((child) => {
      if (child.marks.some(isSuggestion)) isSuggested = true;
    });
    const { text, links } = textOfNote(node);
    found.push({
      id,
      key: `f${found.length}`,
      kind: 'footnote',
      number: numbers.get(id) ?? 0,
      from,
      to,
      text,
      links,
      comment: undefined,
      stays: to <= from ? 'no-words' : text.trim() === '' ? 'no-text' : null,
      inText: isSuggested
        ? 'suggested'
        : noted.some((one) => one.from < end && one.to > offset)
          ? 'noted'
          : all.length > 1
            ? 'twice'
            : null,
    });
  });
  return found.toSorted((a, b) => a.number - b.number);
}

function commentsOf({ comments, anchors }: Review): Found[] {
  const found = [...comments.values()].flatMap((comment, i): Found[] => {
    const anchor = anchors.byId.get(comment.id);
    if (comment.status === 'deleted') return [];
    const isPlaced = anchor?.state === 'attached';
    return [
      {
        id: comment.id,
        key: `c${i}`,
        kind: 'comment',
        number: 0,
        from: anchor?.from ?? 0,
        to: anchor?.to ?? 0,
        text: comment.text,
        links: [],
        comment,
        stays: !isPlaced ? 'no-words' : comment.text.trim() === '' ? 'no-text' : null,
        inText: null,
      },
    ];
  });
  return found.toSorted((a, b) => a.from - b.from);
}

/** Words on one line; a reference in them leaves no trace. */
const lineOf = (doc: Node, from: number, to: number): string =>
  doc
    .textBetween(from, to, ' ', (node) => (node.type.name === 'lineBreak' ? ' ' : ''))
    .replace(/\s+/gu, ' ')
    .trim();

/** The notes of a file, comments and then footnotes, each in the order of the text. */
export function citedNotes(
  review: Review,
  except: ReadonlySet<string>,
  footnotes: 'stay' | 'leave',
): FileNote[] {
  return [commentsOf(review), footnotesOf(review)].flatMap((list) => {
    // “Ibid.” is the source before it, also where that note stays what it is.
    let before: NamedSource | null = null;
    return list.map(({ links, stays: why, inText, ...found }): FileNote => {
      const sources = namedSources(found.text, links).map((named) => {
        const source: NamedSource = named.same && before ? before : named;
        const isSame = named.same && before !== null;
        before = source;
        return { source, locator: named.locator, isSame };
      });
      const words = why === 'no-words' ? '' : lineOf(review.doc, found.from, found.to);
      const unfit = why ?? (words === '' ? 'no-words' : null);
      const stays = unfit ?? (except.has(found.key) ? 'asked' : null);
      const asked = found.kind === 'footnote' && footnotes === 'leave' && stays === null;
      return {
        ...found,
        doc: review.doc,
        words,
        sources,
        cites: sources.map(({ source: { title, address, archive, kind }, locator, isSame }) => ({
          title,
          address,
          archive,
          locator,
          kind,
          same: isSame,
        })),
        becomes: stays === null,
        stays,
        leaves: asked && inText === null,
        inText: asked ? inText : null,
        wasResolved: found.comment?.status === 'resolved',
      };
    });
  });
}
