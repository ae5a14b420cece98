/** Lets markdown-it see CriticMarkup: signs become flat tokens, a comment becomes one token. Signs that are not closed
 *  in their block stay text, and so do signs inside other signs, since CriticMarkup does not nest. */
import type { MarkdownIt } from 'markdown-it';

/** The kinds of signs, by what opens them. */
const closers: Record<string, string> = {
  '{++': '++}',
  '{--': '--}',
  '{~~': '~~}',
  '{==': '==}',
};

interface Open {
  sign: string;
  /** Where the replacement begins, or -1. */
  turn: number;
  end: number;
}

/** Adds the rule. Tokens: `critic_open`, `critic_turn` (`~>`), `critic_close`, `critic_comment`; `markup` is the opener. */
export function criticMarkup(md: MarkdownIt): void {
  // What is open belongs to one run of the inline parser, named by its state.
  const opened = new WeakMap<object, Open>();
  // From where on a sign is known not to come, so that many signs that nothing closes do not each search to the end.
  const missing = new WeakMap<object, Map<string, number>>();
  const find = (state: { src: string }, sign: string, from: number): number => {
    const known = missing.get(state) ?? new Map<string, number>();
    if (from >= (known.get(sign) ?? Infinity)) return -1;
    const at = state.src.indexOf(sign, from);
    if (at < 0) missing.set(state, known.set(sign, from));
    return at;
  };
  md.inline.ruler.after('text', 'critic', (state, silent) => {
    const { src, pos, posMax } = state;
    const step = (type: string, markup: string, length: number, content = ''): true => {
      if (!silent) {
        const token = state.push(type, '', 0);
        token.markup = markup;
        token.content = content;
      }
      state.pos += length;
      return true;
    };
    const char = src[pos];
    if (char === '{') {
      const sign = src.slice(pos, pos + 3);
      if (sign === '{>>') {
        const end = find(state, '<<}', pos + 3);
        if (end < 0 || end + 3 > posMax) return false;
        return step('critic_comment', sign, end + 3 - pos, src.slice(pos + 3, end));
      }
      const closer = closers[sign];
      if (closer === undefined || opened.has(state)) return false;
      const end = find(state, closer, pos + 3);
      if (end < 0 || end + 3 > posMax) return false;
      const turn = sign === '{~~' ? find(state, '~>', pos + 3) : -1;
      if (sign === '{~~' && (turn < 0 || turn > end)) return false;
      if (!silent) opened.set(state, { sign, turn, end });
      return step('critic_open', sign, 3);
    }
    const open = opened.get(state);
    if (!open) return false;
    if (open.turn >= 0 && src.startsWith('~>', pos)) {
      if (!silent) open.turn = -1;
      return step('critic_turn', open.sign, 2);
    }
    if (open.turn >= 0 || !src.startsWith(closers[open.sign] ?? '', pos)) return false;
    if (!silent) opened.delete(state);
    return step('critic_close', open.sign, 3);
  });
}
