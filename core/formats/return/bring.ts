/** What is sent to the article's room for what was chosen: suggestions as steps on the text as it stands at that moment,
 *  comments on the words they were made on. */
import { Mapping, type Step } from 'prosemirror-transform';
import type { Node } from 'prosemirror-model';
import type { AskedOp } from '#core/annotate/op.ts';
import { quoteAt } from '#core/annotate/quote.ts';
import { buildSteps } from '#core/formats/return/build-steps.ts';
import { indexAt } from '#core/formats/return/passage.ts';
import type { PlannedComment } from '#core/formats/return/plan-comments.ts';
import { noteKey, type Planned } from '#core/formats/return/plan-text.ts';
import { rowOf, type Unit } from '#core/formats/return/row.ts';
import type { Since } from '#core/formats/return/since.ts';
import type { Edit, Group, TextChanges } from '#core/formats/return/text-changes.ts';

/** Suggestions for one commit, and those that found no place. */
export interface Brought {
  steps: Step[];
  ops: AskedOp[];
  keys: string[];
  failed: string[];
}

/** The reason of a suggestion that was no tracked change. */
const untrackedReason = 'Changed without tracking in the file that came back.';

/** The words of the place as they came back, instead of those that stand there now. In positions of the head. */
function insteadOf(group: Group, since: Since, returned: readonly Unit[]): Edit[] {
  if (group.look)
    return group.edits.map((edit) =>
      edit.t === 'look'
        ? { ...edit, from: since.map(edit.from, 1), to: since.map(edit.to, -1) }
        : edit.t === 'shape'
          ? { ...edit, pos: since.map(edit.pos, 1) }
          : edit,
    );
  const isPoint = group.from === group.to;
  const from = since.map(group.from, isPoint ? 1 : -1);
  const to = since.map(group.to, 1);
  const units = returned.slice(group.first, group.last).filter(({ del }) => del === null);
  const edits: Edit[] = [];
  if (to > from) edits.push({ t: 'strike', from, to });
  if (units.length > 0) edits.push({ t: 'insert', at: to, units });
  return [...edits, ...group.edits.filter(({ t }) => t === 'note')];
}

/** Makes suggestions by one person, one after another on `head`. */
export function bringSuggestions(
  planned: readonly Planned[],
  { head, since, changes, by }: { head: Node; since: Since; changes: TextChanges; by: string },
): Brought {
  const out: Brought = { steps: [], ops: [], keys: [], failed: [] };
  const moved = new Mapping();
  let doc = head;
  for (const { item, group } of planned) {
    if (!group) continue;
    const isNew = item.state === 'new' || item.state === 'told';
    const edits = isNew ? group.edits : insteadOf(group, since, changes.returned);
    const made = buildSteps(edits, {
      head: doc,
      at: (pos, side) => moved.map(isNew ? since.map(pos, side) : pos, side),
      by,
      id: item.key,
    });
    if (!made || made.steps.length === 0) {
      out.failed.push(item.key);
      continue;
    }
    doc = made.doc;
    for (const step of made.steps) {
      out.steps.push(step);
      moved.appendMap(step.getMap());
    }
    const reason = item.tracked ? '' : untrackedReason;
    out.ops.push({ op: 'suggestion.open', id: item.key, reason, category: '' });
    out.keys.push(item.key);
  }
  return out;
}

/** Finds places of the returned text in the head. */
export class Places {
  private readonly head: Node;
  private readonly since: Since;
  private readonly changes: TextChanges;
  private readonly made = new Map<Unit, { key: string; nth: number }>();
  private readonly parts = new Map<string, Unit[]>();

  constructor(head: Node, since: Since, changes: TextChanges, text: readonly Planned[]) {
    this.head = head;
    this.since = since;
    this.changes = changes;
    for (const { item, group } of text) {
      // Footnotes stand behind everything else that a change puts in.
      const edits = group?.edits ?? [];
      const units = [
        ...edits.flatMap((edit) => (edit.t === 'insert' ? edit.units : [])),
        ...edits.flatMap((edit) => (edit.t === 'note' ? edit.note.units : [])),
      ];
      for (const [nth, unit] of units.entries()) this.made.set(unit, { key: item.key, nth });
    }
    for (const unit of rowOf(head)) {
      if (!unit.ins) continue;
      const list = this.parts.get(unit.ins.id) ?? [];
      this.parts.set(unit.ins.id, list);
      list.push(unit);
    }
  }

  /** Where a unit of the returned text is in the head; null if it is not in it. */
  private placeOf(index: number): { from: number; to: number } | null {
    const unit = this.changes.returned[index];
    if (!unit || unit.open) return null;
    const base = this.changes.base[this.changes.toBase[index] ?? -1];
    if (base) {
      const place = { from: base.pos, to: base.pos + base.size };
      if (this.since.isGone(place)) return null;
      return { from: this.since.map(place.from, 1), to: this.since.map(place.to, -1) };
    }
    const made = this.made.get(unit);
    const part = made && this.parts.get(made.key)?.[made.nth];
    return part ? { from: part.pos, to: part.pos + part.size } : null;
  }

  /** The place of a stretch of the returned text, with its words; empty, with the words it was about, where they are gone. */
  range(from: number, to: number): { from: number; to: number; quote: ReturnType<typeof quoteAt> } {
    const { returned } = this.changes;
    let [first, last] = [indexAt(returned, from), indexAt(returned, to)];
    if (last <= first) [first, last] = this.wordAt(first);
    let [low, high] = [Infinity, -Infinity];
    let words = '';
    for (let i = first; i < last; i += 1) {
      words += returned[i]?.text.replace('\u0000block', '\n') ?? '';
      const place = this.placeOf(i);
      if (!place) continue;
      low = Math.min(low, place.from);
      high = Math.max(high, place.to);
    }
    if (low < high) return { from: low, to: high, quote: quoteAt(this.head, low, high) };
    const at = this.near(first);
    const exact = words.slice(0, 2000) || '…';
    return { from: at, to: at, quote: { exact, prefix: '', suffix: '' } };
  }

  /** The word at or before a place, for a comment on no words. */
  private wordAt(index: number): [number, number] {
    const { returned } = this.changes;
    const isWord = (i: number): boolean => /[\p{L}\p{N}\p{M}]/u.test(returned[i]?.text ?? '');
    let end = Math.min(index, returned.length);
    while (end > 0 && !isWord(end) && !isWord(end - 1) && !returned[end - 1]?.open) end -= 1;
    while (isWord(end)) end += 1;
    let start = end;
    while (start > 0 && isWord(start - 1)) start -= 1;
    return start < end ? [start, end] : [Math.max(0, index - 1), index];
  }

  /** A place of the head near a unit that is not in it. */
  private near(index: number): number {
    for (let i = index; i >= 0; i -= 1) {
      const base = this.changes.base[this.changes.toBase[i] ?? -1];
      if (base && !base.open) return this.since.map(base.pos + base.size, -1);
    }
    return 1;
  }

  /** The place of a change in the head, for a comment that keeps it. */
  ofGroup({ first, last, deleted, from }: Group): ReturnType<Places['range']> {
    const { returned } = this.changes;
    const start = returned[first]?.pos ?? 1;
    const tail = returned[last - 1];
    if (last > first && tail) return this.range(start, tail.pos + tail.size);
    const at = this.since.map(from, -1);
    return {
      from: at,
      to: at,
      quote: { exact: deleted.slice(0, 2000) || '…', prefix: '', suffix: '' },
    };
  }
}

/** The operation that brings a comment or a reply. */
export function commentOp(
  { item, on, fresh }: PlannedComment,
  places: Places,
  audience: 'all' | 'desk',
): AskedOp | null {
  const text = item.inserted.slice(0, 20_000);
  if (text.trim() === '') return null;
  if (item.kind === 'reply') return { op: 'reply', id: item.key, on, text };
  const place = fresh?.place ?? { from: 1, to: 1 };
  return {
    op: 'comment.open',
    id: item.key,
    ...places.range(place.from, place.to),
    text,
    audience,
  };
}

const said = (text: string): string => `“${text.trim() === '' ? '↵' : text.trim()}”`;

/** What is said in a comment or reply for something that was not done. */
function noteText({ kind, author, deleted, inserted, verdict, look }: Planned['item']): string {
  const who = author === '' ? 'somebody' : author;
  if (kind === 'decision')
    return verdict === 'partly'
      ? 'In the file that came back this suggestion was taken in in part, and in part not.'
      : `In the file that came back this suggestion was ${verdict === 'accept' ? 'accepted' : 'rejected'}.`;
  if (kind === 'edited') return `In the file that came back this reads: ${said(inserted)}`;
  if (look) return `In the file that came back ${who} changed how ${said(inserted)} looks.`;
  if (deleted !== '' && inserted !== '')
    return `In the file that came back ${who} put ${said(inserted)} in the place of ${said(deleted)}.`;
  if (inserted !== '') return `In the file that came back ${who} put in ${said(inserted)}.`;
  return `In the file that came back ${who} struck ${said(deleted)}.`;
}

/** The operation that keeps as a note what was not done. */
export function noteOp(
  { item, on, group }: Planned,
  places: Places,
  audience: 'all' | 'desk',
): AskedOp | null {
  const id = noteKey(item.key);
  const text = noteText(item).slice(0, 20_000);
  if (!group) return on === '' ? null : { op: 'reply', id, on, text };
  return { op: 'comment.open', id, ...places.ofGroup(group), text, audience };
}
