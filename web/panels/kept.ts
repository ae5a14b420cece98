/** Lists that are derived anew with every key, for those who draw them. */

/** `now` with the items of `before` in it that are the same but for what is not seen; `before` itself when all are. */
export function kept<Item extends { id: string }>(
  before: readonly Item[],
  now: readonly Item[],
  same: (a: Item, b: Item) => boolean,
): readonly Item[] {
  let byId: Map<string, Item> | null = null;
  let all = before.length === now.length;
  const list = now.map((item, index) => {
    let old = before[index];
    if (old?.id !== item.id) {
      byId ??= new Map(before.map((one) => [one.id, one]));
      old = byId.get(item.id);
      all = false;
    }
    if (old && same(old, item)) return old;
    all = false;
    return item;
  });
  return all ? before : list;
}
