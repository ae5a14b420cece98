/** The formats of one token: plain marks underneath and a stack of suggested changes on top, in order of application.
 *  The formatting is really applied to the text; each format mark records exactly what it added and removed. */
import { Mark } from 'prosemirror-model';
import { schema } from '#core/article/schema.ts';
import { authored, isFormat, isSuggestion } from '#core/suggest/entries.ts';

/** A plain mark as data. */
export interface MarkJson {
  type: string;
  attrs?: Record<string, unknown>;
}

/** One suggested change of formatting. */
export interface FormatChange {
  id: string;
  by: string;
  add: readonly MarkJson[];
  remove: readonly MarkJson[];
}

/** The formatting of a token taken apart. `others` are its insertion and deletions. */
export interface FormatStack {
  base: readonly Mark[];
  stack: readonly FormatChange[];
  others: readonly Mark[];
}

/** Plain formatting from data. Throws RangeError for anything that is not a plain mark of the schema. */
export function plainMark(json: unknown): Mark {
  const mark = Mark.fromJSON(schema, json);
  if (isSuggestion(mark))
    throw new RangeError('A format suggestion changes plain formatting only.');
  return mark;
}

/** Plain formatting that a mark in the text names; none for what the schema does not know, so that reading never throws. */
export function knownMarks(list: readonly MarkJson[]): Mark[] {
  return list.flatMap((json) => {
    try {
      return [plainMark(json)];
    } catch (error) {
      if (error instanceof RangeError) return [];
      throw error;
    }
  });
}

export const markJson = (mark: Mark): MarkJson => mark.toJSON() as MarkJson;

function undone(plain: readonly Mark[], change: FormatChange): readonly Mark[] {
  let set = plain;
  for (const mark of knownMarks(change.add)) set = mark.removeFromSet(set);
  for (const mark of knownMarks(change.remove)) set = mark.addToSet(set);
  return set;
}

/** `plain` with marks removed and added, an added link replacing the link that is there. */
export function changed(
  plain: readonly Mark[],
  add: readonly MarkJson[],
  remove: readonly MarkJson[],
): readonly Mark[] {
  let set = plain;
  for (const mark of knownMarks(remove)) set = mark.removeFromSet(set);
  for (const mark of knownMarks(add)) set = mark.addToSet(set);
  return set;
}

/** What turns `before` into `after`. */
export function difference(
  before: readonly Mark[],
  after: readonly Mark[],
): { add: MarkJson[]; remove: MarkJson[] } {
  return {
    add: after.filter((mark) => !mark.isInSet(before)).map(markJson),
    remove: before.filter((mark) => !mark.isInSet(after)).map(markJson),
  };
}

/** Takes the marks of a token apart. */
export function readStack(marks: readonly Mark[]): FormatStack {
  const stack: FormatChange[] = [];
  const others: Mark[] = [];
  let base: readonly Mark[] = marks.filter((mark) => !isSuggestion(mark));
  for (const mark of marks) {
    if (isFormat(mark))
      stack.push({
        ...authored(mark),
        add: mark.attrs['add'] as MarkJson[],
        remove: mark.attrs['remove'] as MarkJson[],
      });
    else if (isSuggestion(mark)) others.push(mark);
  }
  for (const change of stack.toReversed()) base = undone(base, change);
  return { base, stack, others };
}

/** Puts a token's marks together again. Each change records what it really changes here; one that changes nothing vanishes. */
export function writeStack({ base, stack, others }: FormatStack): readonly Mark[] {
  let plain = base;
  const formats: Mark[] = [];
  for (const change of stack) {
    const after = changed(plain, change.add, change.remove);
    const delta = difference(plain, after);
    if (delta.add.length + delta.remove.length > 0)
      formats.push(schema.mark('format', { id: change.id, by: change.by, ...delta }));
    plain = after;
  }
  return Mark.setFrom([...plain, ...others, ...formats]);
}

/** `base` as it was before a change that has been decided, whichever way it was decided. */
export const withoutChange = undone;
