/** Which annotations have a card beside the text. */
import { filtered, isList, type Annotation, type Filter } from '#web/panels/annotations.ts';

/** The cards that stand beside the text: what the filter shows and, always, what is in focus. */
export function besideText(
  list: readonly Annotation[],
  filter: Filter,
  focused: string | null,
): readonly Annotation[] {
  const shown = isList(filter) ? [] : filtered(list, filter);
  const hidden = list.find((item) => item.id === focused && item.state === 'open');
  if (!hidden || shown.includes(hidden)) return shown;
  const beside = new Set(shown);
  return list.filter((item) => item === hidden || beside.has(item));
}
