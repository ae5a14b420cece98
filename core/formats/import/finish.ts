/** Makes a review of a draft: the document in the order of the schema, rows for its suggestions, threads on their words. */
import type { Node } from 'prosemirror-model';
import type { Anchor } from '#core/annotate/anchor.ts';
import {
  claimTypes,
  type Claim,
  type Comment,
  type Occurrence,
  type Person,
  type Reply,
  type SuggestionRow,
} from '#core/annotate/annotation.ts';
import { quoteAt } from '#core/annotate/quote.ts';
import { schema, type BlockEntry } from '#core/article/schema.ts';
import { assetsIn } from '#core/formats/assets/used-assets.ts';
import type {
  Draft,
  DraftBlock,
  DraftMessage,
  DraftPoint,
  DraftThread,
} from '#core/formats/import/draft.ts';
import { fitting } from '#core/formats/import/fit-entries.ts';
import type { FileFlag, ImportContext, Imported } from '#core/formats/import/imported.ts';
import { personNamed } from '#core/formats/import/person.ts';
import type { Guess } from '#core/formats/read-text.ts';
import { inlineContent, isSuggestion } from '#core/suggest/entries.ts';
import { listSuggestions } from '#core/suggest/list.ts';
import { newReview } from '#core/sync/review.ts';

const mastheadOrder = ['kicker', 'headline', 'standfirst', 'byline'] as const;

const isBody = ({ role }: DraftBlock): boolean =>
  role === 'block' || role === 'figure' || role === 'cell';

/** The blocks in the order of the schema, with what it asks for and the draft does not have. */
function inOrder(draft: Draft): { blocks: DraftBlock[]; headline: boolean } {
  const head = mastheadOrder.flatMap((role) => draft.blocks.filter((one) => one.role === role));
  const body = draft.blocks.filter(isBody);
  const notes = draft.blocks.filter((one) => one.role === 'footnote');
  const headline = head.some((one) => one.role === 'headline');
  if (!headline) {
    const empty = draft.block();
    empty.role = 'headline';
    head.splice(head[0]?.role === 'kicker' ? 1 : 0, 0, empty);
  }
  if (body.length === 0) body.push(draft.block());
  return { blocks: [...head, ...body, ...notes], headline };
}

/** Leaves out the suggestions about boundaries that cannot stand; those about figures and rows are told. */
function keepFitting(draft: Draft, blocks: readonly DraftBlock[]): void {
  const fits = fitting(
    blocks.map(({ role, cell, entries, line }) => ({
      role,
      starts: cell.starts,
      entries: entries.map(({ k, key }) => ({ k, id: key })),
      words: line.nodes,
    })),
  );
  const left = blocks.map(({ entries }, i) =>
    entries.filter(({ k, key }) => fits(i, { k, id: key })),
  );
  let cut = 0;
  blocks.forEach((block, i) => {
    const kept = left[i] ?? [];
    if (!isText(block)) cut += block.entries.length - kept.length;
    block.entries = kept;
  });
  if (cut > 0)
    draft.warn(
      'changed',
      'A figure or a row of a table that cannot come or go whole stays; its words are suggested.',
    );
}

const isText = ({ role }: DraftBlock): boolean => role !== 'figure' && role !== 'cell';

/** Finishes a draft whose roles are settled. `language` is the tag and how sure it is. */
export function finishDraft(
  draft: Draft,
  context: ImportContext,
  language: { tag: string; sure: number },
): Imported {
  const made = [...draft.blocks];
  const { blocks, headline } = inOrder(draft);
  const people = new Map<string, Person>();
  const personId = (name: string): string => {
    const person = personNamed(name, context.hash, context.nameFor);
    people.set(person.id, person);
    return person.id;
  };
  const changes = new Map<string, { id: string; by: string }>();
  const said = new Map(draft.threads.map((thread) => [thread.key, thread]));
  const change = (key: string): { id: string; by: string } => {
    const known = changes.get(key);
    if (known) return known;
    const one = { id: context.id(), by: personId(said.get(key)?.first.author ?? '') };
    changes.set(key, one);
    return one;
  };
  const starts = new Map<DraftBlock, number>();
  let at = 0;
  keepFitting(draft, blocks);
  const nodes = blocks.map((block) => {
    const node = nodeOf(block, change);
    starts.set(block, at + 1);
    at += node.nodeSize;
    return node;
  });
  const doc = schema.node('doc', null, nodes);
  doc.check();
  const info = { id: context.id(), language: language.tag, stage: 'draft' as const };
  const position = ({ block, offset }: DraftPoint): number =>
    (starts.get(block) ?? 0) + Math.min(Math.max(0, offset - block.cut), block.line.size);
  const sources = new Map<string, string>();
  const quoted = { size: 0, cut: 0 };
  const notes = notesOf(draft, doc, { context, change, personId, position, sources, quoted });
  if (quoted.cut > 0)
    draft.warn(
      'changed',
      `${quoted.cut} notes about very long passages stand on the first words of them.`,
    );
  const review = { ...newReview(info, [...people.values()], doc), ...notes };

  const index = new Map(blocks.map((block, i) => [block, i]));
  const firstNote = blocks.findIndex((block) => block.role === 'footnote');
  const end = firstNote < 0 ? blocks.length : firstNote;
  const flags: FileFlag[] = draft.flags.map(({ flag }) => flag);
  if (!headline) flags.push({ kind: 'no-headline' });
  if (!blocks.some((block) => block.role === 'byline')) flags.push({ kind: 'no-byline' });
  // For each block the next one, itself included, before which words can return: not between the cells of a table,
  // which that would part.
  const nextPlace: number[] = Array.from({ length: made.length + 1 }, () => end);
  for (let i = made.length - 1; i >= 0; i -= 1) {
    const one = made[i];
    const fits = one !== undefined && isBody(one) && !goesOn(one, made[i - 1]);
    nextPlace[i] = fits ? (index.get(one) ?? end) : (nextPlace[i + 1] ?? end);
  }
  const restoreBefore = draft.flags.map(({ after }) => nextPlace[after] ?? end);
  const guesses: Guess[] = [{ what: 'language', block: null, confidence: language.sure }];
  blocks.forEach((block, i) => {
    if (block.sure < 1) guesses.push({ what: nameOf(block), block: i, confidence: block.sure });
  });
  const labels = new Map(
    blocks.flatMap((block, i) => (block.label === '' ? [] : [[i, block.label] as const])),
  );
  const assets = assetsIn(doc, draft.pictures.assets);
  return {
    review,
    flags,
    restoreBefore,
    guesses,
    labels,
    sources,
    warnings: draft.warnings,
    assets,
  };
}

/** True for a cell that goes on with the table of the block before it. */
const goesOn = ({ role, cell }: DraftBlock, before: DraftBlock | undefined): boolean =>
  role === 'cell' && cell.starts !== 'table' && before?.role === 'cell';

function nameOf({ role, style, list }: DraftBlock): string {
  if (role !== 'block') return role;
  return list ? 'item' : style.startsWith('heading') ? 'heading' : style;
}

function nodeOf(block: DraftBlock, change: (key: string) => { id: string; by: string }): Node {
  const nodes = block.line.nodes.map((node) =>
    node.mark(
      node.marks.map((mark) =>
        isSuggestion(mark)
          ? mark.type.create({ ...mark.attrs, ...change(mark.attrs['id'] as string) })
          : mark,
      ),
    ),
  );
  const content = inlineContent(nodes);
  const sugg = block.entries.map((entry): BlockEntry =>
    entry.k === 'block'
      ? { k: entry.k, ...change(entry.key), before: entry.before }
      : { k: entry.k, ...change(entry.key) },
  );
  if (block.role === 'footnote')
    return schema.node('footnote', { id: block.footnote, sugg }, content);
  if (block.role === 'figure') return schema.node('figure', { ...block.picture, sugg }, content);
  if (block.role === 'cell') return schema.node('cell', { ...block.cell, sugg }, content);
  if (block.role !== 'block') return schema.node(block.role, null, content);
  return schema.node('block', { style: block.style, list: block.list, sugg }, content);
}

interface Making {
  context: ImportContext;
  change: (key: string) => { id: string; by: string };
  personId: (name: string) => string;
  position: (point: DraftPoint) => number;
  /** Characters that notes quote, and how many notes had to quote fewer. */
  quoted: { size: number; cut: number };
  /** Hears what the file calls each note. */
  sources: Map<string, string>;
}

const byId = <T extends { id: string }>(list: readonly T[]): Map<string, T> =>
  new Map(list.map((one) => [one.id, one]));

/** Everything a review has beside its document. */
function notesOf(draft: Draft, doc: Node, making: Making) {
  const { context, change, personId } = making;
  const time = (at: string): string => (at === '' ? context.now : at);
  const replies = (list: readonly DraftMessage[]): Reply[] =>
    list.map(({ author, at, text }) => ({
      id: context.id(),
      by: personId(author),
      at: time(at),
      text,
    }));
  const comments: Comment[] = [];
  const occurrences: Occurrence[] = [];
  const claims: Claim[] = [];
  const anchors: Anchor[] = [];
  const about = new Map<string, DraftThread>();
  for (const thread of draft.threads) {
    const { first, resolvedBy } = thread;
    if (thread.kind === 'suggestion') {
      about.set(change(thread.key).id, thread);
      continue;
    }
    const id = context.id();
    if (thread.source !== '') making.sources.set(id, thread.source);
    const by = personId(first.author);
    const at = time(first.at);
    const note = { id, by, at, audience: 'all' as const, replies: replies(thread.replies) };
    const type = claimTypes.find((known) => known === thread.factType);
    const anchor = anchorOf(doc, id, thread, making);
    anchors.push(anchor);
    if (thread.kind === 'fact' && type !== undefined) {
      const claimId = context.id();
      const text = thread.claim === '' ? anchor.exact : thread.claim;
      claims.push({ id: claimId, type, text, check: first.text, by, at, version: 1 });
      occurrences.push({ ...note, claimId, status: 'open' });
    } else if (resolvedBy === null) comments.push({ ...note, text: first.text, status: 'open' });
    else {
      const who = resolvedBy === '' ? first.author : resolvedBy;
      const statusBy = personId(who);
      comments.push({
        ...note,
        text: first.text,
        status: 'resolved',
        statusBy,
        statusAt: context.now,
      });
    }
  }
  const suggestions = listSuggestions(doc).map(({ id, by, deleted, inserted }): SuggestionRow => {
    const thread = about.get(id);
    const at = time(thread?.first.at ?? '');
    const reason = thread?.first.text ?? '';
    const told = replies(thread?.replies ?? []);
    return {
      id,
      by,
      at,
      last: at,
      reason,
      category: '',
      audience: 'all',
      status: 'pending',
      deleted,
      inserted,
      replies: told,
    };
  });
  return {
    comments: byId(comments),
    occurrences: byId(occurrences),
    claims: byId(claims),
    suggestions: byId(suggestions),
    anchors: { byId: byId(anchors), graves: [] },
  };
}

/** So many characters are quoted by the notes of a file; beyond it a note stands on the first of its words. Each note keeps
 *  the words it is about, so that ten thousand about a whole book would take its length ten thousand times. */
const mostQuoted = 8_000_000;
const fewQuoted = 200;

function anchorOf(doc: Node, id: string, thread: DraftThread, making: Making): Anchor {
  const { position, quoted } = making;
  const kind = thread.kind === 'fact' ? 'occurrence' : 'comment';
  const from = thread.place ? position(thread.place.from) : 1;
  const whole = thread.place ? position(thread.place.to) : 1;
  const isCut = whole - from > fewQuoted && quoted.size + whole - from > mostQuoted;
  const to = isCut ? from + fewQuoted : whole;
  quoted.size += to - from;
  if (isCut) quoted.cut += 1;
  if (to > from) {
    const good = { rev: 0, from, to };
    return { id, kind, from, to, state: 'attached', good, ...quoteAt(doc, from, to) };
  }
  // Without words of its own a note stands, empty, at its place.
  const good = { rev: 0, from, to: from };
  // What stands on an empty range knows what is around it.
  const around = thread.ranged ? quoteAt(doc, from, from) : { prefix: '', suffix: '' };
  const lost = { ...around, exact: thread.quote };
  return { id, kind, from, to: from, state: 'detached', good, ...lost };
}
