/** Bringing articles into the library: from files and from pasted text, with a look before anything is saved. */
import type { KnownFacts } from '#core/facts/seen-facts.ts';
import type { Person } from '#core/annotate/annotation.ts';
import { assetsIn } from '#core/formats/assets/used-assets.ts';
import { articleFormatOf } from '#core/formats/read-article.ts';
import type { ImportFormat } from '#core/formats/article-formats.ts';
import type { ImportAbout, KeptChoice, PreviewAnswer } from '#core/formats/import/about.ts';
import type { ImportChoices } from '#core/formats/import/choices.ts';
import type { Imported } from '#core/formats/import/imported.ts';
import { isPackage, sizeRefusal } from '#core/formats/read-bytes.ts';
import { RefusalError } from '#core/sync/error.ts';
import { mayImport } from '#core/sync/policy.ts';
import { reviewFromJson } from '#core/sync/review.ts';
import type { Context } from '#server/context.ts';
import type { ReadDone } from '#server/convert/jobs.ts';
import { settleFile } from '#server/library/settle-file.ts';
import { mayKeep, rememberKept, settleKept } from '#server/library/settle-kept.ts';

/** A file or a pasted text. Without a format, the ending of the name decides; a package is a Word file. */
export interface ImportFile {
  bytes: Uint8Array;
  name?: string | undefined;
  format?: ImportFormat | undefined;
  choices?: ImportChoices | undefined;
  /** Who is to see the notes of a file that says nothing of it. */
  audience?: 'all' | 'desk' | undefined;
  /** Whether a review of Galley comes back as it was, where that is possible, or becomes a new article. */
  as?: 'whole' | 'new' | undefined;
}

/** A file's name as a line of text, without its folders. */
const bareName = (name: string): string =>
  (name.split(/[/\\]/).at(-1) ?? '').replace(/\p{Cc}/gu, '').slice(0, 200);

interface ReadFile extends Omit<ReadDone, 'imported' | 'review'> {
  name: string;
  format: ImportFormat;
  /** Everything the reader knows of the file; its review has the choices made. */
  imported: Imported;
  /** Whether this person may have a review come back as it was. */
  mayKeep: boolean;
}

function formatOf(name: string): ImportFormat {
  if (/\.json$/i.test(name)) return 'json';
  return /\.docx$/i.test(name) ? 'docx' : articleFormatOf(name);
}

/** Reads a file in a process of its own, or refuses it with a sentence. */
async function read(
  context: Context,
  by: Person | null,
  file: ImportFile,
  preview: boolean,
): Promise<ReadFile> {
  if (by && !mayImport(by.role)) throw new RefusalError('FORBIDDEN');
  const name = file.name === undefined ? '' : bareName(file.name);
  const format = isPackage(file.bytes) ? 'docx' : (file.format ?? formatOf(name));
  const { bytes, choices = {} } = file;
  const tooLarge = sizeRefusal(bytes.length, format);
  if (tooLarge) throw new RefusalError(tooLarge);
  const people = await context.store.people();
  const house = people.filter((one) => !one.id.startsWith('imported-'));
  const houseNames = new Set(house.map((one) => one.name.toLowerCase()));
  const mayKeepIt = format === 'json' && by !== null && (await mayKeep(context, by));
  const keep = mayKeepIt && file.as !== 'new';
  const asked = { bytes, name, format, now: context.now(), houseNames, choices, preview, keep };
  const done = await context.converter.read(asked, by?.id ?? '');
  const imported = { ...done.imported, review: reviewFromJson(done.review) };
  return { ...done, name, format, imported, mayKeep: mayKeepIt };
}

/** What a preview says of a review that can come back as it was. */
async function keepingOf(context: Context, by: Person, file: ReadFile): Promise<KeptChoice | null> {
  const { format, kept, imported, facts } = file;
  if (format !== 'json') return null;
  const why = kept === true ? null : kept;
  const mayChoose = file.mayKeep && why === null;
  if (kept !== true) return { mayChoose, kept: null, why };
  const { account } = await settleKept(context, by, { review: imported.review, facts });
  return { mayChoose, kept: account, why };
}

/** A review that comes back as it was brings all its verdicts and sources, and its notes are for those they were for. */
const aboutKept = ({ claims, sources }: KnownFacts): ImportAbout => ({
  audience: { kept: 0, narrowed: 0, unsaid: 0, given: 'all', mayChoose: false },
  verdicts: claims.reduce((sum, { checks }) => sum + checks.length, 0),
  sources: sources.length,
  shared: 0,
  before: [],
});

/** Saves a review as it was. */
async function importKept(
  context: Context,
  by: Person,
  file: ReadFile,
  bytes: number,
): Promise<string> {
  const { text, imported } = file;
  const at = context.now();
  const { review, facts, account } = await settleKept(context, by, {
    review: imported.review,
    facts: file.facts,
  });
  const { id } = review.article;
  const pictures = assetsIn(review.doc, imported.assets);
  await context.assets.put(pictures, at);
  await context.store.createArticle({
    info: review.article,
    assets: [...pictures.keys()],
    doc: review.doc,
    review,
    facts,
    keptRev: review.rev,
    sourceText: text,
    importFlags: [...imported.warnings, ...account.changes.map((message) => ({ message }))],
    createdBy: by.id,
    at,
  });
  await rememberKept(context, id);
  const { rev, linked, changes } = account;
  await context.store.audit({
    at,
    userId: by.id,
    action: 'article.restore-file',
    articleId: id,
    detail: { bytes, rev, linked, changes },
  });
  return id;
}

/** Shows what a file would become. Nothing is saved. */
export async function previewImport(
  context: Context,
  by: Person,
  file: ImportFile,
): Promise<PreviewAnswer> {
  const whole = await read(context, by, file, true);
  const { format, imported, facts, sourceNotes, preview } = whole;
  if (!preview) throw new Error('The converter gave no preview.');
  const keeping = await keepingOf(context, by, whole);
  const { review } = imported;
  const { audience } = file;
  const articleId = context.newId();
  const { about } =
    whole.kept === true
      ? { about: aboutKept(facts) }
      : await settleFile(context, { by, articleId, imported, review, facts, audience });
  return { ...preview, format, about, sourceNotes, keeping };
}

/** Reads a file into a new article and gives its id. `by` is null for the articles a house starts with. */
export async function importText(
  context: Context,
  by: Person | null,
  file: ImportFile,
): Promise<string> {
  const whole = await read(context, by, file, false);
  if (by && whole.kept === true) return importKept(context, by, whole, file.bytes.length);
  const { text, name, format, imported, facts: made } = whole;
  const id = context.newId();
  const { audience } = file;
  const { review, facts } = await settleFile(context, {
    by,
    articleId: id,
    imported,
    review: imported.review,
    facts: made,
    audience,
  });
  const at = context.now();
  const writes = by?.role === 'writer';
  const info = {
    id,
    language: review.article.language,
    stage: writes ? ('draft' as const) : ('desk' as const),
    ...(writes ? { writerId: by.id } : {}),
    ...(name === '' ? {} : { source: name }),
  };
  const pictures = assetsIn(review.doc, imported.assets);
  await context.assets.put(pictures, at);
  await context.store.createArticle({
    info,
    assets: [...pictures.keys()],
    doc: review.doc,
    review: { ...review, article: info },
    facts,
    sourceText: text,
    importFlags: [
      ...imported.flags,
      ...imported.guesses,
      ...imported.warnings,
      ...(file.choices ? [{ choices: file.choices }] : []),
    ],
    createdBy: by?.id ?? 'system',
    at,
  });
  await context.store.audit({
    at,
    userId: by?.id ?? null,
    action: 'article.import',
    articleId: id,
    detail: { bytes: file.bytes.length, format },
  });
  return id;
}
