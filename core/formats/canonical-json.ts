/** JSON with sorted keys: the same value always gives the same text, so that two files can be compared by their bytes. */

/** The deepest nesting that is read or written. A document is far shallower; what is deeper is no review. */
const deepest = 64;

function inner(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const next = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    const items = value.map((item) => next + inner(item, next));
    return `[\n${items.join(',\n')}\n${indent}]`;
  }
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  if (entries.length === 0) return '{}';
  const lines = entries.map(([key, item]) => `${next}${JSON.stringify(key)}: ${inner(item, next)}`);
  return `{\n${lines.join(',\n')}\n${indent}}`;
}

/** The text of a JSON value: keys sorted by code unit, two spaces of indent, a line end at the end. */
export function canonicalJson(value: unknown): string {
  return `${inner(value, '')}\n`;
}

/** True if a parsed JSON value nests deeper than `deepest`; walks without recursion. */
export function tooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) return true;
    const next: unknown[] = [];
    for (const item of level)
      if (typeof item === 'object' && item !== null)
        for (const child of Object.values(item)) next.push(child);
    level = next;
  }
  return false;
}
