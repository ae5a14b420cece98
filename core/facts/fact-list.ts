/** The facts of an article as a list: each with its words, its place, where it stands and what it rests on. */
import type { Node } from 'prosemirror-model';
import type { Anchor } from '#core/annotate/anchor.ts';
import type { Claim, Occurrence } from '#core/annotate/annotation.ts';
import type { BlockStyle } from '#core/article/schema.ts';
import { formOf, rowAt, tableOf, tableRuns } from '#core/article/table.ts';
import type { Check, Citation, ClaimFile } from '#core/facts/claim-file.ts';
import { factState, type FactState } from '#core/facts/fact-state.ts';
import { checkedWords } from '#core/facts/sentence.ts';

/** The part of an article that facts are listed from. */
export interface MarkedFacts {
  doc: Node;
  occurrences: ReadonlyMap<string, Occurrence>;
  claims: ReadonlyMap<string, Claim>;
  anchors: { byId: ReadonlyMap<string, Anchor> };
}

/** One line of the list. */
export interface FactLine {
  /** The id of the occurrence, which is that of its annotation. */
  id: string;
  claim: Claim | undefined;
  words: string;
  /** "4" for the fourth paragraph, else what it is ("Headline", "Table, row 2"); '' when its words are gone. */
  place: string;
  /** Where it begins; null when its words are gone. */
  from: number | null;
  state: FactState;
  /** Every check made here, oldest first. */
  rounds: readonly Check[];
  citations: readonly Citation[];
  markedBy: string;
  markedAt: string;
}

const mastheadNames: Record<string, string> = {
  kicker: 'Kicker',
  headline: 'Headline',
  standfirst: 'Standfirst',
  byline: 'Byline',
};

/** What stands at a position, as a reader counts: headings are no paragraphs, and an empty block is none. */
export function placeAt(doc: Node, pos: number): string {
  let place = '';
  let paragraph = 0;
  let footnote = 0;
  doc.forEach((block, offset, index) => {
    if (offset > pos) return;
    const name = block.type.name;
    if (name === 'footnote') {
      footnote += 1;
      place = `Footnote ${footnote}`;
    } else if (name === 'figure') place = 'Caption';
    else if (name === 'cell') place = pos < offset + block.nodeSize ? placeInTable(doc, index) : '';
    else if (name !== 'block') place = mastheadNames[name] ?? '';
    else if ((block.attrs['style'] as BlockStyle).startsWith('heading')) place = 'Heading';
    else {
      if (block.content.size > 0) paragraph += 1;
      place = String(paragraph);
    }
  });
  return place;
}

/** "Table, row 2" for a cell; the table has a number where there are several. */
function placeInTable(doc: Node, index: number): string {
  const blocks = doc.content.content;
  const runs = tableRuns(blocks);
  const number = runs.findIndex(({ to }) => index < to);
  const run = runs[number];
  if (!run) return '';
  const table = tableOf(blocks.slice(run.from, run.to).map(formOf));
  const row = rowAt(table, index - run.from) + 1;
  return `Table${runs.length > 1 ? ` ${number + 1}` : ''}, row ${row}`;
}

/** Every fact that is not deleted: those in the text in its order, then those whose words are gone. */
export function factLines(
  { doc, occurrences, claims, anchors }: MarkedFacts,
  files: ReadonlyMap<string, ClaimFile>,
): FactLine[] {
  const lines = [...occurrences.values()].flatMap(({ id, claimId, by, at, status }): FactLine[] => {
    if (status === 'deleted') return [];
    const file = files.get(claimId);
    const anchor = anchors.byId.get(id);
    const held = anchor?.state === 'attached' ? anchor : null;
    return [
      {
        id,
        claim: file?.claim ?? claims.get(claimId),
        words: held ? checkedWords(doc, held.from, held.to).words : (anchor?.exact ?? ''),
        place: held ? placeAt(doc, held.from) : '',
        from: held?.from ?? null,
        state: factState(file, id, anchor, doc),
        rounds: (file?.checks ?? []).filter((check) => check.occurrenceId === id),
        citations: file?.citations ?? [],
        markedBy: by,
        markedAt: at,
      },
    ];
  });
  return lines.toSorted((a, b) => (a.from ?? Infinity) - (b.from ?? Infinity) || 0);
}
