/** Reads the inline tokens of one block into its line: formatting, links, references, changes, comments. */
import type { Token } from 'markdown-it';
import type { Mark } from 'prosemirror-model';
import { allowedHref } from '#core/article/href.ts';
import { schema } from '#core/article/schema.ts';
import {
  changeMark,
  type Draft,
  type DraftBlock,
  type DraftMessage,
  type DraftThread,
} from '#core/formats/import/draft.ts';
import { placeBefore, placeOfWord } from '#core/formats/import/place.ts';
import { altOf } from '#core/formats/markdown/read-figure.ts';
import { factOf, readRemark, reasonOf } from '#core/formats/markdown/read-message.ts';
import { inQuotes } from '#core/formats/warning.ts';

/** Names that are formatting, changes or nothing, by the HTML elements that Markdown may hold in a line. */
const formatting: Record<string, string> = { em: 'em', i: 'em', strong: 'strong', b: 'strong' };

/** A change or highlight that has just been closed; what follows may be about it. */
type Last =
  | { is: 'change'; key: string }
  | { is: 'highlight'; from: number; to: number }
  | { is: 'none' };

/** Reads line after line of one file; a change without a word about it goes on in the next block. */
export class InlineReader {
  private readonly draft: Draft;
  private readonly unescape: (text: string) => string;
  private readonly footnote: (id: number) => string;
  private last: Last = { is: 'none' };
  private thread: DraftThread | null = null;
  /** Keys of changes that something was said about: they are whole. */
  private readonly told = new Set<string>();

  constructor(
    draft: Draft,
    tools: { unescape: (text: string) => string; footnote: (id: number) => string },
  ) {
    this.draft = draft;
    this.unescape = tools.unescape;
    this.footnote = tools.footnote;
  }

  /** Adds the content of a block. `whole`: the change that opens its tokens is about all of it. */
  read(block: DraftBlock, tokens: readonly Token[], whole: 'ins' | 'del' | null = null): void {
    const { line } = block;
    const counts: Record<string, number> = { em: 0, strong: 0 };
    const links: (Mark | null)[] = [];
    let change: Mark | null = null;
    let highlight = -1;
    let atEdge = line.size === 0;
    if (this.last.is === 'highlight') this.last = { is: 'none' };
    this.thread = null;
    const marks = (): Mark[] => {
      const found: Mark[] = [];
      const link = links.findLast((one) => one !== null);
      if (link) found.push(link);
      for (const name of ['em', 'strong'])
        if ((counts[name] ?? 0) > 0) found.push(schema.mark(name));
      if (change) found.push(change);
      return found;
    };
    const said = (): void => {
      this.last = { is: 'none' };
      this.thread = null;
      atEdge = false;
    };
    const text = (words: string): void => {
      if (words === '') return;
      line.text(words, marks());
      said();
    };
    const tag = (name: string, by: 1 | -1): void => {
      counts[name] = Math.max(0, (counts[name] ?? 0) + by);
    };
    tokens.forEach((token, i) => {
      switch (token.type) {
        case 'text':
        case 'text_special':
          // A space that only held the place for signs that follow it.
          if (atEdge && token.content === ' ' && isSign(tokens[i + 1])) break;
          text(token.content);
          break;
        case 'code_inline':
          this.draft.warn('changed', `The code ${inQuotes(token.content)} is plain text.`);
          text(token.content);
          break;
        case 'softbreak':
          text(' ');
          break;
        case 'hardbreak':
          line.push(schema.node('lineBreak', null, undefined, marks()));
          said();
          atEdge = true;
          break;
        case 'em_open':
        case 'strong_open':
          tag(token.type.slice(0, -5), 1);
          break;
        case 'em_close':
        case 'strong_close':
          tag(token.type.slice(0, -6), -1);
          break;
        case 'link_open':
          links.push(this.linkOf(token, tokens[i + 1]));
          break;
        case 'link_close':
          links.pop();
          break;
        case 'image':
          this.draft.warn(
            'changed',
            `The picture ${inQuotes(String(token.attrGet('src') ?? ''))} is not kept; its description is text.`,
          );
          text(altOf(token));
          break;
        case 'footnote_ref': {
          const id = this.footnote((token.meta as { id: number }).id);
          line.push(schema.node('footnoteRef', { id }, undefined, marks()));
          said();
          break;
        }
        case 'html_inline': {
          const element = /^<(\/?)([a-z][a-z0-9]*)/i.exec(token.content);
          const name = element?.[2]?.toLowerCase() ?? '';
          const plain = formatting[name];
          if (plain !== undefined) tag(plain, element?.[1] === '/' ? -1 : 1);
          else if (name === 'br') {
            line.push(schema.node('lineBreak', null, undefined, marks()));
            said();
          } else if (name === 'ins' || name === 'del') {
            if (element?.[1] === '/') {
              const key = change?.attrs['id'] as string | undefined;
              change = null;
              if (key !== undefined) this.last = { is: 'change', key };
            } else {
              change = changeMark(name === 'ins' ? 'insertion' : 'deletion', this.keyHere());
              this.thread = null;
            }
          } else if (name !== '')
            this.draft.warn(
              'left-out',
              `The tag <${name}> in a line was left out; its words stay.`,
            );
          break;
        }
        case 'critic_open': {
          if (token.markup === '{==') {
            highlight = line.size;
            break;
          }
          const boundary = boundaryAt(tokens, i);
          if (boundary && line.size === 0) {
            const own = this.keyHere();
            if (block.role === 'block' || block.role === 'footnote')
              block.entries.push({ k: boundary, key: own });
            this.last = { is: 'change', key: own };
            this.thread = null;
            break;
          }
          const key = this.keyHere();
          change = changeMark(token.markup === '{++' ? 'insertion' : 'deletion', key);
          if (whole && i === 0) block.entries.push({ k: whole, key });
          this.thread = null;
          break;
        }
        case 'critic_turn':
          if (change) change = changeMark('insertion', change.attrs['id'] as string);
          break;
        case 'critic_close':
          if (token.markup === '{==') {
            this.last = { is: 'highlight', from: highlight, to: line.size };
            highlight = -1;
            this.thread = null;
          } else if (change) {
            this.last = { is: 'change', key: change.attrs['id'] as string };
            change = null;
          }
          break;
        case 'critic_comment':
          this.remark(block, token.content);
          atEdge = false;
          break;
        default:
          text(token.content);
      }
    });
    if (this.last.is !== 'change' || this.told.has(this.last.key)) this.last = { is: 'none' };
  }

  /** The key of a change that begins here: that of the one before it, when nothing was said about that yet. */
  private keyHere(): string {
    return this.last.is === 'change' && !this.told.has(this.last.key)
      ? this.last.key
      : this.draft.newKey();
  }

  private linkOf(token: Token, words: Token | undefined): Mark | null {
    const href = String(token.attrGet('href') ?? '');
    if (allowedHref(href)) return schema.mark('link', { href });
    this.draft.warn(
      'left-out',
      `The address ${inQuotes(href)} of ${inQuotes(words?.content ?? '')} is not one an article can hold; the words stay.`,
    );
    return null;
  }

  private remark(block: DraftBlock, raw: string): void {
    const { draft, last } = this;
    const { author, at, about, text } = readRemark(this.unescape(raw));
    const closed =
      /^(?:(?:Resolved|Accepted|Rejected)(?: by (.+))?|Withdrawn|Not in the text)$/u.exec(text);
    if (author === null && this.thread && closed) {
      this.thread.resolvedBy = closed[1] ?? '';
      if (!text.startsWith('Resolved'))
        draft.warn(
          'changed',
          `The decided suggestion ${inQuotes(this.thread.first.text)} is read as a resolved comment.`,
        );
      return;
    }
    const message: DraftMessage = { author: author ?? '', at, text };
    if (this.thread && about === null) {
      this.thread.replies.push(message);
      return;
    }
    if (about === null && last.is === 'change' && !this.told.has(last.key)) {
      this.told.add(last.key);
      this.thread = draft.thread('suggestion', { ...message, text: reasonOf(text) }, last.key);
      return;
    }
    const fact = factOf(text);
    const thread = draft.thread(fact ? 'fact' : 'comment', message);
    if (fact) {
      thread.factType = fact.type;
      thread.claim = fact.claim;
      thread.first = { ...message, text: fact.check };
    }
    const here = { block, offset: block.line.size };
    thread.quote = about ?? '';
    if (about !== null && about !== '') thread.place = placeBefore(draft, here, about);
    else if (last.is === 'highlight')
      thread.place = { from: { block, offset: last.from }, to: { block, offset: last.to } };
    else thread.place = placeOfWord(here);
    this.thread = thread;
  }
}

const isSign = (token: Token | undefined): boolean =>
  token === undefined || /^(?:critic_|html_|footnote_)/.test(token.type);

/** `{++¶++}` and `{--¶--}`: a boundary that is inserted or struck. Its inner tokens are passed over by taking them out. */
function boundaryAt(tokens: readonly Token[], i: number): 'ins' | 'del' | null {
  const [open, sign, close] = tokens.slice(i, i + 3);
  if (sign?.type !== 'text' || sign.content !== '¶' || close?.type !== 'critic_close') return null;
  if (open?.markup !== '{++' && open?.markup !== '{--') return null;
  sign.content = '';
  return open.markup === '{++' ? 'ins' : 'del';
}
