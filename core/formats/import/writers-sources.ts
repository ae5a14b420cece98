/** “These notes are the writer's sources”: the comments and footnotes of a file become facts. The words a note stands on are
 *  the claim, unchecked; what it names are its sources, cited as the writer's support; its own text is kept, word for word,
 *  as the first message of the thread. Nobody is asked twice: a note that cannot become a fact stays what it is, with a reason. */
import type { Node } from 'prosemirror-model';
import { Transform } from 'prosemirror-transform';
import type { Anchor } from '#core/annotate/anchor.ts';
import type { Claim, Comment, Occurrence, Person, Reply } from '#core/annotate/annotation.ts';
import { quoteAt } from '#core/annotate/quote.ts';
import type { Citation, Source } from '#core/facts/claim-file.ts';
import { guessFactType } from '#core/facts/fact-type.ts';
import type { KnownFacts } from '#core/facts/seen-facts.ts';
import { citedNotes, type CitedNote, type FileNote } from '#core/formats/import/cited-notes.ts';
import type { ChosenImport } from '#core/formats/import/choices.ts';
import type { ImportContext } from '#core/formats/import/imported.ts';
import { personNamed, unknownAuthor } from '#core/formats/import/person.ts';
import type { Review } from '#core/sync/review.ts';

/** The choice: which notes stay what they are, by their keys, and whether footnotes that became facts stay in the text too. */
export interface WritersSources {
  footnotes: 'stay' | 'leave';
  except: readonly string[];
}

/** The article with its notes as facts, and what became of each. */
export interface CitedImport extends ChosenImport {
  facts: KnownFacts;
  notes: readonly CitedNote[];
}

/** The most that the title of a source may have, with the words that say it is a kept copy. */
const keptCopy = (title: string): string => `${title.slice(0, 280)} (archived copy)`;

/** Makes facts of the notes. `chosen` is the file with every other choice made. */
export function withWritersSources(
  chosen: ChosenImport,
  { footnotes, except }: WritersSources,
  context: ImportContext,
): CitedImport {
  const { review } = chosen;
  const notes = citedNotes(review, new Set(except), footnotes);
  const byline = review.doc.content.content.find((node) => node.type.name === 'byline');
  const writer = personNamed(byline?.textContent || unknownAuthor, context.hash, context.nameFor);
  const making = new Making(context, writer);
  for (const note of notes) if (note.becomes) making.add(note);
  const people = new Map(review.people);
  if (notes.some(({ becomes, kind }) => becomes && kind === 'footnote'))
    people.set(writer.id, writer);
  const gone = new Set(making.made.map(({ note }) => note.id));
  const byId = new Map(
    [...review.anchors.byId.values()]
      .filter((one) => !gone.has(one.id))
      .map((one) => [one.id, one]),
  );
  for (const { anchor } of making.made) byId.set(anchor.id, anchor);
  const cited: Review = {
    ...review,
    people,
    comments: new Map([...review.comments].filter(([id]) => !gone.has(id))),
    occurrences: new Map([
      ...review.occurrences,
      ...making.made.map(({ occurrence }) => [occurrence.id, occurrence] as const),
    ]),
    claims: new Map([
      ...review.claims,
      ...making.made.map(({ claim }) => [claim.id, claim] as const),
    ]),
    anchors: { ...review.anchors, byId },
  };
  const leaving = new Set(notes.flatMap((note) => (note.becomes && note.leaves ? [note.id] : [])));
  return {
    ...without(cited, chosen.origins, leaving),
    facts: {
      claims: making.made.map(({ claim, citations }) => ({ claim, citations, checks: [] })),
      sources: [...making.sources.values()],
    },
    notes: notes.map(shownOf),
  };
}

/** A note without what it was made from. */
function shownOf({
  id: _id,
  comment: _comment,
  from: _from,
  to: _to,
  doc: _doc,
  sources: _sources,
  ...shown
}: FileNote): CitedNote {
  return shown;
}

interface Made {
  note: FileNote;
  claim: Claim;
  occurrence: Occurrence;
  anchor: Anchor;
  citations: Citation[];
}

/** The facts so far. The same source, by its address and title, is one. */
class Making {
  readonly made: Made[] = [];
  readonly sources = new Map<string, Source>();
  private readonly context: ImportContext;
  private readonly writer: Person;

  constructor(context: ImportContext, writer: Person) {
    this.context = context;
    this.writer = writer;
  }

  add(note: FileNote): void {
    const { id, now } = this.context;
    const { comment } = note;
    const signed = { by: comment?.by ?? this.writer.id, at: comment?.at ?? now };
    const key = id();
    const claim: Claim = {
      id: id(),
      type: guessFactType(note.words),
      text: note.words,
      check: '',
      ...signed,
      version: 1,
    };
    const said: Reply = { id: id(), ...signed, text: note.text, ...editedAt(comment) };
    const occurrence: Occurrence = {
      id: key,
      claimId: claim.id,
      ...signed,
      audience: comment?.audience ?? 'all',
      status: 'open',
      replies: [said, ...(comment?.replies ?? [])],
    };
    const { from, to } = note;
    const anchor: Anchor = {
      id: key,
      kind: 'occurrence',
      from,
      to,
      state: 'attached',
      good: { rev: 0, from, to },
      ...quoteAt(note.doc, from, to),
    };
    const citations: Citation[] = [];
    for (const { source: named, locator } of note.sources) {
      citations.push(this.cite(named.title, named.address, named.kind, locator, signed));
      if (named.archive !== '')
        citations.push(this.cite(keptCopy(named.title), named.archive, 'web', locator, signed));
    }
    this.made.push({ note, claim, occurrence, anchor, citations });
  }

  private cite(
    title: string,
    address: string,
    kind: Source['kind'],
    locator: string,
    signed: { by: string; at: string },
  ): Citation {
    const { id } = this.context;
    const key = JSON.stringify([title, address]);
    const source: Source = this.sources.get(key) ?? {
      id: id(),
      kind,
      title,
      publisher: '',
      address,
      dated: '',
      ...signed,
    };
    this.sources.set(key, source);
    return { id: id(), sourceId: source.id, locator, stance: 'supports', quote: '', ...signed };
  }
}

const editedAt = (comment: Comment | undefined): { editedAt?: string } =>
  comment?.editedAt === undefined ? {} : { editedAt: comment.editedAt };

/** The review without some footnotes and what refers to them. Every note moves with its words. */
function without(
  review: Review,
  origins: readonly (number | null)[],
  leaving: ReadonlySet<string>,
): ChosenImport {
  if (leaving.size === 0) return { review, origins: [...origins] };
  const change = new Transform(review.doc);
  const cuts: { from: number; to: number }[] = [];
  const kept: (number | null)[] = [];
  review.doc.forEach((block, offset, index) => {
    if (block.type.name === 'footnote' && leaving.has(block.attrs['id'] as string))
      cuts.push({ from: offset, to: offset + block.nodeSize });
    else kept.push(origins[index] ?? null);
    block.forEach((node: Node, at) => {
      const isOne = node.type.name === 'footnoteRef' && leaving.has(node.attrs['id'] as string);
      if (isOne) cuts.push({ from: offset + 1 + at, to: offset + 1 + at + node.nodeSize });
    });
  });
  for (const { from, to } of cuts.toReversed()) change.delete(from, to);
  const { doc } = change;
  doc.check();
  const byId = new Map(
    [...review.anchors.byId].map(([id, anchor]) => {
      const from = change.mapping.map(anchor.from, 1);
      const to = Math.max(from, change.mapping.map(anchor.to, -1));
      const good = { rev: 0, from, to };
      const next: Anchor =
        anchor.state === 'attached' && to > from
          ? { ...anchor, from, to, good, ...quoteAt(doc, from, to) }
          : { ...anchor, from, to: from, good: { rev: 0, from, to: from }, state: 'detached' };
      return [id, next] as const;
    }),
  );
  return { review: { ...review, doc, anchors: { ...review.anchors, byId } }, origins: kept };
}
