/** Finds the figure in a paragraph of Markdown: a picture alone, or with a caption in the lines under it. */
import type { Token } from 'markdown-it';
import type { Draft, DraftBlock } from '#core/formats/import/draft.ts';
import { foundPicture, pictureName } from '#core/formats/import/picture.ts';
import { inQuotes } from '#core/formats/warning.ts';

/** A figure as found. `caption` are the tokens of its caption, `rest` those of a paragraph that follows it. */
export interface FoundFigure {
  image: Token;
  /** The address of a link around the picture, or ''. */
  link: string;
  /** The picture is inserted or struck, and its caption is not. */
  changed: boolean;
  /** All of it is inserted or struck; then the signs and what is said of the change are among the tokens of the caption. */
  whole: 'ins' | 'del' | null;
  caption: readonly Token[];
  rest: readonly Token[];
}

const isEmptyText = ({ type, content }: Token): boolean => type === 'text' && content === '';

/** A figure in one pair of signs: `before` is the sign that opens it, `after` what follows the picture. Then come its
 *  caption after a hard break, the sign that closes it, and comments. */
function wholeIn(
  [open, ...others]: readonly Token[],
  after: readonly Token[],
): Pick<FoundFigure, 'whole' | 'caption'> | null {
  if (open?.type !== 'critic_open' || others.length > 0) return null;
  if (open.markup !== '{++' && open.markup !== '{--') return null;
  const close = after.findIndex(({ type }) => type === 'critic_close');
  const [next] = after;
  const isRemark = ({ type }: Token): boolean => type === 'critic_comment';
  if (close < 0 || !after.slice(close + 1).every(isRemark)) return null;
  if (close > 0 && next?.type !== 'hardbreak') return null;
  const inside = after.slice(1, Math.max(1, close));
  return {
    whole: open.markup === '{++' ? 'ins' : 'del',
    caption: [open, ...inside, ...after.slice(close)],
  };
}

/** A picture that begins a paragraph and has nothing beside it. Lines under it are its caption after a hard break, or when
 *  all of them are emphasised; else they are a paragraph. */
export function figureIn(tokens: readonly Token[]): FoundFigure | null {
  const all = tokens.filter((token) => !isEmptyText(token));
  const wraps: Token[] = [];
  let at = 0;
  for (let one = all[at]; one?.type === 'link_open' || one?.type === 'critic_open'; one = all[at]) {
    wraps.push(one);
    at += 1;
  }
  const image = all[at];
  if (image?.type !== 'image') return null;
  const link = wraps.find(({ type }) => type === 'link_open');
  const found = { image, link: String(link?.attrGet('href') ?? ''), whole: null, changed: false };
  const whole = wholeIn(all.slice(0, at), all.slice(at + 1));
  if (whole) return { ...found, ...whole, rest: [] };
  at += 1;
  for (const wrap of wraps.toReversed()) {
    if (all[at]?.type !== wrap.type.replace('open', 'close')) return null;
    at += 1;
  }
  found.changed = wraps.some(({ type, markup }) => type === 'critic_open' && markup !== '{==');
  const under = all.slice(at + 1);
  const [first] = under;
  if (all[at]?.type === 'hardbreak') return { ...found, caption: under, rest: [] };
  if (all[at]?.type === 'softbreak') {
    const close = under.findIndex(
      ({ type, level }) => type === 'em_close' && level === first?.level,
    );
    const isEmphasis = first?.type === 'em_open' && close === under.length - 1;
    return isEmphasis
      ? { ...found, caption: under.slice(1, -1), rest: [] }
      : { ...found, caption: [], rest: under };
  }
  return at === all.length ? { ...found, caption: [], rest: [] } : null;
}

/** The words of a picture's description. */
export function altOf(image: Token): string {
  return (image.children ?? [])
    .map((token) => {
      if (token.type === 'image') return altOf(token);
      if (token.type === 'softbreak' || token.type === 'hardbreak') return ' ';
      return token.type === 'html_inline' || token.type === 'critic_comment' ? '' : token.content;
    })
    .join('');
}

/** Adds the figure. Its caption is read by the caller, unless the picture's title is one. */
export function addFigure(
  draft: Draft,
  { image, link, changed, caption }: FoundFigure,
): DraftBlock {
  const given = String(image.attrGet('src') ?? '').trim();
  const title = String(image.attrGet('title') ?? '').trim();
  const { src, lost } = foundPicture([given], draft.pictures);
  const name = pictureName(given, altOf(image));
  if (lost !== null) draft.warn('left-out', `${name} ${lost}`);
  if (link !== '' && link !== src)
    draft.warn('left-out', `The link ${inQuotes(link)} of a picture was left out.`);
  if (changed)
    draft.warn('changed', `${name} is inserted or struck as a whole; it stays in the text.`);
  const block = draft.figure(src, altOf(image));
  if (caption.length === 0) block.line.text(title);
  else if (title !== '')
    draft.warn(
      'left-out',
      `The title ${inQuotes(title)} of a picture with a caption was left out.`,
    );
  return block;
}
