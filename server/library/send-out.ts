/** Sending a copy out: who may, what it holds, the gate of the release copy, and the record of it. */
import { createHash } from 'node:crypto';
import type { Person } from '#core/annotate/annotation.ts';
import type { KnownFacts } from '#core/facts/seen-facts.ts';
import { withoutPictures } from '#core/formats/assets/without-pictures.ts';
import type {
  ContentsAnswer,
  GateRefusal,
  Sending,
  SendOutAnswer,
} from '#core/formats/send-out/answers.ts';
import { gateOf, type Gate } from '#core/formats/send-out/gate.ts';
import { copyAsked, kindOf, presets, type AskedCopy } from '#core/formats/send-out/presets.ts';
import type { Contents, SendOut } from '#core/formats/send-out/write-send-out.ts';
import { refusal, RefusalError } from '#core/sync/error.ts';
import { may, type Standing } from '#core/sync/policy.ts';
import { headlineOf, type Review } from '#core/sync/review.ts';
import type { Context } from '#server/context.ts';
import { picturesOf } from '#server/library/assets.ts';
import { fileName, mediaTypes, whatWords } from '#server/library/export.ts';
import { factsAtPin, reviewAtPin } from '#server/review/pinned.ts';

/** A finished file. */
export interface SentFile {
  name: string;
  /** Its media type, with the character set of a text. */
  type: string;
  content: Buffer;
  /** SHA-256 of the content, in hex. */
  digest: string;
  rev: number;
  headline: string;
  contents: Contents;
  /** What the format has no place for, in sentences. */
  warnings: string[];
}

/** What is asked for, still in the words of a request. */
export type AskedWords = Record<keyof AskedCopy, string>;

/** How many earlier sendings are told. */
const mostTold = 50;

interface Whole {
  standing: Standing;
  /** Everything there is, with everybody who may be named. */
  review: Review;
  facts: KnownFacts;
}

/** The whole article for somebody who may take copies of it; what of it they see is decided copy by copy. */
async function wholeArticle(context: Context, person: Person, articleId: string): Promise<Whole> {
  const standing = await context.standings.of(person.id, articleId);
  if (!standing || !may(standing, 'export')) throw new RefusalError('ARTICLE_UNKNOWN');
  const { pin } = standing;
  const review = pin
    ? await reviewAtPin(context, articleId, pin)
    : (await context.rooms.room(articleId))?.review;
  if (!review) throw new RefusalError('ARTICLE_UNKNOWN');
  const [facts, people] = await Promise.all([
    pin ? factsAtPin(context, review, pin) : context.claims.facts([...review.claims.keys()]),
    context.store.people(),
  ]);
  return {
    standing,
    facts,
    review: {
      ...review,
      people: new Map(people.map((one) => [one.id, one])),
      article: { ...review.article, stage: standing.stage },
    },
  };
}

function allowed(standing: Standing, words: AskedWords): AskedCopy {
  const asked = copyAsked(words);
  if (!asked) throw new RefusalError('FORMAT_UNKNOWN');
  if (!may(standing, kindOf(asked.preset).right)) throw new RefusalError('FORBIDDEN');
  return asked;
}

const senderOf = ({ userId, role }: Standing): { id: string; role: Standing['role'] } => ({
  id: userId,
  role,
});

const gateFor = ({ standing, review, facts }: Whole): Gate =>
  gateOf(review, facts, senderOf(standing));

/** The copy, written beside the server, within bounded time and memory. */
async function written(
  context: Context,
  { standing, review, facts }: Whole,
  asked: AskedCopy,
): Promise<SendOut> {
  const holds = asked.format !== 'md' && asked.format !== 'txt';
  const pictures = holds ? await picturesOf(context, review.article.id, review) : new Map();
  const { converter } = context;
  return converter.write(review, facts, { ...asked, sender: senderOf(standing) }, pictures);
}

function fileOf({ review }: Whole, asked: AskedCopy, sent: SendOut): SentFile {
  const content = Buffer.from(sent.content);
  const headline = headlineOf(review.doc);
  return {
    name: fileName(headline, whatWords(asked, review.rev), asked.format),
    type: mediaTypes[asked.format],
    content,
    digest: createHash('sha256').update(content).digest('hex'),
    rev: review.rev,
    headline,
    contents: sent.contents,
    warnings: sent.warnings.map(({ message }) => message),
  };
}

/** What the dialog begins with: what may be sent, what is in the way, and what was sent before. */
export async function describeSendOut(
  context: Context,
  person: Person,
  articleId: string,
): Promise<SendOutAnswer> {
  const whole = await wholeArticle(context, person, articleId);
  const { standing, review } = whole;
  const { pin } = standing;
  const sendings = (await context.sendings.list(articleId, mostTold)).filter(
    ({ at }) => !pin || at < pin.at,
  );
  const name = (id: string): string => review.people.get(id)?.name ?? id;
  const { writerId } = review.article;
  return {
    rev: review.rev,
    presets: presets.filter((preset) => may(standing, kindOf(preset).right)),
    gate: gateFor(whole),
    writer: writerId === undefined ? null : name(writerId),
    sendings: sendings.map((one) => ({ ...one, name: name(one.by) })),
  };
}

/** What a copy would hold, before it is sent. */
export async function describeCopy(
  context: Context,
  person: Person,
  articleId: string,
  words: AskedWords,
): Promise<ContentsAnswer> {
  const whole = await wholeArticle(context, person, articleId);
  const asked = allowed(whole.standing, words);
  const sent = await written(context, whole, asked);
  const { name, content, rev, contents, warnings } = fileOf(whole, asked, sent);
  return { ...contents, rev, fileName: name, bytes: content.length, losses: warnings };
}

/** The copy as a page to look at: what has no form on a screen is shown as a page with the same words. */
export async function previewOfCopy(
  context: Context,
  person: Person,
  articleId: string,
  words: AskedWords,
): Promise<{ type: string; content: string }> {
  const whole = await wholeArticle(context, person, articleId);
  const asked = allowed(whole.standing, words);
  const format = asked.format === 'docx' ? 'html' : asked.format;
  // What may not go out for release is not shown as if it might.
  const isHeld = asked.preset === 'release' && gateFor(whole).open > 0;
  const preset = isHeld ? 'working' : asked.preset;
  const { content } = await written(context, whole, { ...asked, preset, format });
  const type = format === 'html' ? mediaTypes.html : mediaTypes.txt;
  // The letters of pictures are nothing to look at.
  const text = typeof content === 'string' ? content : Buffer.from(content).toString();
  return { type, content: format === 'json' ? withoutPictures(text) : text };
}

/** Sends a copy out and keeps a record of it; a release copy only when nothing is open. */
export async function sendOut(
  context: Context,
  person: Person,
  articleId: string,
  words: AskedWords,
): Promise<SentFile | GateRefusal> {
  const whole = await wholeArticle(context, person, articleId);
  const asked = allowed(whole.standing, words);
  if (asked.preset === 'release') {
    const gate = gateFor(whole);
    if (gate.open > 0) return { ...refusal('GATE_CLOSED'), code: 'GATE_CLOSED', gate };
  }
  const file = fileOf(whole, asked, await written(context, whole, asked));
  await record(context, person, articleId, { asked, file });
  return file;
}

/** Keeps who sent what, on the article and in the audit. */
async function record(
  { sendings, store, now, newId }: Context,
  person: Person,
  articleId: string,
  { asked, file }: { asked: AskedCopy; file: SentFile },
): Promise<void> {
  const sending: Sending = {
    ...asked,
    id: newId(),
    by: person.id,
    name: person.name,
    at: now(),
    rev: file.rev,
    digest: file.digest,
    bytes: file.content.length,
  };
  await sendings.add(articleId, sending);
  const { at, digest, rev } = sending;
  await store.audit({
    at,
    userId: person.id,
    action: 'article.export',
    articleId,
    detail: { ...asked, rev, digest },
  });
}

/** True for an answer that is no file. */
export const isRefused = (answer: SentFile | GateRefusal): answer is GateRefusal =>
  'gate' in answer;
