/** The rows of the list of annotations: each with its kind, its author, where it stands and its words in their sentence. */
import type { Review } from '#core/sync/review.ts';
import { filtered, type Annotation, type Filter } from '#web/panels/annotations.ts';
import type { CardGroup } from '#web/panels/card-groups.ts';
import { partOf } from '#web/panels/card-line.ts';
import { contextInWords, contextOf, type Piece } from '#web/panels/list-context.ts';
import { listWords as words } from '#web/panels/list-words.ts';
import {
  asSentence,
  changedBy,
  lineOf,
  nameOf,
  sentenceOf,
  shortened,
} from '#web/panels/sentence.ts';

export interface ListRow {
  id: string;
  item: Annotation;
  author: string;
  color: number;
  /** What it says: the change, the comment, what is to be checked. */
  matter: string;
  /** More about it: what it is on a card it shares, the reason of a suggestion. */
  aside: string;
  /** Where it stands, in a word. A fact that has its place says it with its verdict. */
  state: string;
  context: readonly Piece[];
  /** All of it in one line, for those who listen. */
  line: string;
}

function stateWord(item: Annotation): string {
  const { state } = words;
  if (item.state === 'detached') return state.detached;
  if (item.kind === 'comment') return item.state === 'settled' ? state.resolved : state.open;
  if (item.kind === 'fact') return '';
  if (item.state === 'open') return state.pending;
  if (item.note.decidedBy === undefined) return state.takenBack;
  return item.note.status === 'accepted' ? state.accepted : state.stet;
}

function matterOf(item: Annotation): string {
  switch (item.kind) {
    case 'suggestion':
      return shortened(sentenceOf(changedBy(item)), 240);
    case 'comment':
      return shortened(item.note.text, 240);
    case 'fact':
      return shortened(item.claim?.check || item.quote, 240);
  }
}

/** `factWord` says where a fact stands, `part` what the annotation is on a card it shares. */
export function rowOf(item: Annotation, review: Review, factWord: string, part = ''): ListRow {
  const context = contextOf(item, review.doc);
  const sentence = contextInWords(context);
  const state = stateWord(item);
  const isInText = item.place !== null && item.state !== 'detached';
  const where = isInText ? words.inText(sentence) : words.gone(sentence);
  const stands = [state, item.kind === 'fact' ? factWord : '', part].filter((word) => word !== '');
  const parts = [lineOf(item, review), ...stands, ...(sentence === '' ? [] : [where])];
  return {
    id: item.id,
    item,
    author: nameOf(review, item.by),
    color: review.people.get(item.by)?.color ?? 0,
    matter: matterOf(item),
    aside: [part, item.kind === 'suggestion' ? shortened(item.note.reason, 160) : '']
      .filter((words) => words !== '')
      .join(' · '),
    state,
    context,
    line: parts.map(asSentence).join(' '),
  };
}

/** The rows a filter lets through, in the order of the text (what is settled: the newest first), at most `most`, and how many there are. */
export function rowsOf(
  list: readonly Annotation[],
  review: Review,
  filter: Filter,
  factWord: (id: string) => string,
  most: number,
  cards: readonly CardGroup[] = [],
): { rows: ListRow[]; total: number } {
  const shown = filtered(list, filter);
  const cardOf = new Map(
    cards.flatMap((group) => group.items.map(({ id }) => [id, group] as const)),
  );
  const rows = shown.slice(0, most).map((item) => {
    const group = cardOf.get(item.id);
    return rowOf(item, review, factWord(item.id), group ? partOf(group, item) : '');
  });
  return { rows, total: shown.length };
}
