/** Settles what the blocks of a Markdown or HTML file are where the file does not say: masthead, biography, credit. */
import type { Draft, DraftBlock } from '#core/formats/import/draft.ts';
import { isBiography } from '#core/formats/text/body.ts';
import { guessLanguage } from '#core/formats/text/language.ts';
import { creditOf } from '#core/formats/text/leftover.ts';
import { bylineLabel, bylineWordFor } from '#core/formats/text/masthead.ts';
import { pieceOf } from '#core/formats/text/piece.ts';
import { endsSentence, hasSentences, isDateLine, wordCount } from '#core/formats/text/shape.ts';
import { schema } from '#core/article/schema.ts';

/** The line that a copy of an article begins with while it is not cleared. */
const notice = /^NOT CLEARED · version \d+ · \d+ open$/;

/** A tag and how sure it is: the caller's, the file's own, or a guess from the words. */
export function languageOf(
  draft: Draft,
  given: string | undefined,
  own = '',
): { tag: string; sure: number } {
  if (given !== undefined) return { tag: given, sure: 1 };
  if (own !== '' && own !== 'und') return { tag: own, sure: 1 };
  const { language, confidence } = guessLanguage(
    draft.blocks.map((block) => block.line.words).join('\n'),
  );
  return { tag: language, sure: confidence };
}

/** Takes the notice of an article that is not cleared off the head of a copy. */
export function takeNotice(draft: Draft): void {
  const [first] = draft.blocks;
  if (!first || !notice.test(first.line.words)) return;
  draft.blocks.shift();
  const text = first.line.words;
  draft.flags.unshift({ flag: { kind: 'notice', text, from: 0, to: 0, taken: true }, after: 0 });
}

const isPlain = (block: DraftBlock | undefined): block is DraftBlock =>
  block?.role === 'block' && block.style === 'paragraph' && block.list === null;

function give(block: DraftBlock, role: DraftBlock['role'], sure: number): void {
  block.role = role;
  block.style = 'paragraph';
  block.list = null;
  block.sure = sure;
}

/** Guesses the masthead around the headline. Roles that the file gave stay. */
export function guessMasthead(draft: Draft, tag: string): void {
  const language = tag.toLowerCase().split('-', 1)[0] ?? '';
  const body = (): DraftBlock[] => draft.blocks.filter((block) => block.role === 'block');
  if (!draft.blocks.some((block) => block.role === 'headline')) {
    const [first] = body();
    const isTop = first?.style === 'heading1' && first.list === null;
    const words = first?.line.words ?? '';
    const isDisplay = isPlain(first) && body().length > 1 && wordCount(words) <= 20;
    if (first && isTop && body().length > 1) give(first, 'headline', 0.7);
    else if (first && isDisplay && wordCount(words) > 0 && !endsSentence(words))
      give(first, 'headline', 0.5);
  }
  const at = draft.blocks.findIndex((block) => block.role === 'headline');
  if (at < 0) return;
  const before = draft.blocks.slice(0, at);
  const [only] = before;
  if (before.length === 1 && isPlain(only) && isKicker(only)) give(only, 'kicker', 0.7);
  markByline(draft, at, language);
}

function isKicker({ line }: DraftBlock): boolean {
  return wordCount(line.words) <= 12 && wordCount(line.words) > 0 && !endsSentence(line.words);
}

/** A byline is one of the two blocks after the headline; what stands between is the standfirst. */
function markByline(draft: Draft, headline: number, language: string): void {
  // A picture between headline and byline is passed over.
  const [first, second] = draft.blocks.slice(headline + 1).filter((one) => one.role !== 'figure');
  const given = draft.blocks.find((block) => block.role === 'byline');
  if (given) {
    stripLabel(given, bylineLabel(given.line.words, language) ?? 0);
    return;
  }
  const known = draft.blocks.some((block) => block.role === 'standfirst');
  if (isPlain(first) && takeLabel(first, language)) return;
  if (first && (first.role === 'standfirst' || isPlain(first)) && isPlain(second)) {
    const isDeck = known || (isPlain(first) && wordCount(first.line.words) <= 60);
    if (isDeck && !isDateLine(first.line.words) && takeLabel(second, language)) {
      if (first.role === 'block') give(first, 'standfirst', 0.8);
      return;
    }
  }
  const words = first?.line.words ?? '';
  if (known || !isPlain(first) || draft.blocks.filter(isPlain).length < 2) return;
  if (
    wordCount(words) > 12 &&
    wordCount(words) <= 40 &&
    !endsSentence(words) &&
    !hasSentences(words)
  )
    give(first, 'standfirst', 0.6);
}

/** Makes a byline of a block that begins with the word for it; the word is kept as its label. */
function takeLabel(block: DraftBlock, language: string): boolean {
  const length = bylineLabel(block.line.words, language);
  if (length === null || !stripLabel(block, length)) return false;
  give(block, 'byline', 0.95);
  return true;
}

/** The byline of a copy that Galley wrote begins with the word of its language, or with the name. */
export function stripBylineWord(block: DraftBlock, language: string): void {
  const word = bylineWordFor(language);
  if (word !== '' && block.line.words.startsWith(`${word} `)) stripLabel(block, word.length + 1);
}

function stripLabel(block: DraftBlock, length: number): boolean {
  const [first, ...rest] = block.line.nodes;
  const text = first?.text ?? '';
  if (!first || length === 0 || text.length < length) return false;
  block.label = text.slice(0, length);
  const left = text.slice(length);
  const kept = left === '' ? [] : [schema.text(left, first.marks)];
  block.line.nodes.splice(0, block.line.nodes.length, ...kept, ...rest);
  block.line.size -= length;
  block.cut += length;
  return true;
}

/** Guesses the biography and image credits among the plain paragraphs. */
export function guessTail(draft: Draft): void {
  const plain = draft.blocks.filter(isPlain);
  const byline = draft.blocks.find((block) => block.role === 'byline')?.line.words ?? null;
  for (const block of plain)
    if (creditOf(block.line.words) !== null && block.line.nodes.length === 1) {
      const name = creditOf(block.line.words) ?? '';
      if (!stripLabel(block, block.line.words.length - name.length)) continue;
      block.style = 'credit';
      block.sure = 0.9;
    }
  if (plain.length < 3) return;
  for (const block of plain.slice(-2)) {
    const text = block.line.words;
    if (block.style !== 'paragraph') continue;
    if (isBiography(pieceOf([{ from: 0, to: text.length, text, indent: 0 }]), byline)) {
      block.style = 'bio';
      block.sure = 0.85;
    }
  }
}
