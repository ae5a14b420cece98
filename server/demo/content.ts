/** The review work that the demo shows, as it lies in content/demo: a file of notes for each article, and the sources they cite. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { claimTypes } from '#core/annotate/annotation.ts';
import { sourceKinds, stances } from '#core/facts/claim-file.ts';
import { certainties, verdicts } from '#core/facts/verdict.ts';
import { workingStages } from '#core/sync/desk.ts';

/** Who did something, and how many minutes before the demo was first opened. */
const act = {
  by: z.enum(['ines', 'sana', 'tom', 'maria']),
  ago: z.number().check(z.positive(), z.maximum(460)),
};
const words = z.string().check(z.minLength(1));

const common = {
  ...act,
  id: z.string().check(z.regex(/^[a-z-]+$/)),
  /** The words it is about; they stand in the article once. */
  quote: words,
  replies: z._default(z.array(z.object({ ...act, text: words })), []),
};

const noteShape = z.discriminatedUnion('kind', [
  z.object({
    ...common,
    kind: z.literal('suggestion'),
    /** What the quoted words become. */
    to: z.string(),
    reason: z.string(),
    decided: z.optional(z.object({ ...act, verdict: z.enum(['accept', 'reject']) })),
  }),
  z.object({
    ...common,
    kind: z.literal('comment'),
    text: words,
    audience: z._default(z.enum(['all', 'desk']), 'all'),
    resolved: z.optional(z.object(act)),
  }),
  z.object({
    ...common,
    kind: z.literal('fact'),
    type: z.enum(claimTypes),
    check: words,
    cites: z._default(
      z.array(
        z.object({
          ...act,
          source: z.string(),
          stance: z.enum(stances),
          locator: z.string(),
          quote: z.string(),
        }),
      ),
      [],
    ),
    /** A verdict rests on everything cited. */
    verdict: z.optional(
      z.object({
        ...act,
        verdict: z.enum(verdicts),
        certainty: z.nullable(z.enum(certainties)),
        rationale: words,
      }),
    ),
  }),
]);

const sourceShape = z.object({
  kind: z.enum(sourceKinds),
  title: words,
  publisher: z.string(),
  address: z.string(),
  dated: z.string(),
});

const handOverShape = z.object({
  ...act,
  /** The article's text file. */
  file: words,
  stage: z.enum(workingStages),
  to: act.by,
  /** Minutes after the demo was first opened. */
  dueIn: z.number().check(z.positive()),
  note: words,
});

export type DemoHandOver = z.infer<typeof handOverShape>;
export type DemoNote = z.infer<typeof noteShape>;
export type DemoSource = z.infer<typeof sourceShape>;

export interface DemoContent {
  /** By the name of the text file an article was imported from. */
  notes: ReadonlyMap<string, readonly DemoNote[]>;
  sources: Readonly<Record<string, DemoSource>>;
  handOvers: readonly DemoHandOver[];
}

const sourcesFile = 'sources.json';
const handOversFile = 'hand-overs.json';

const readJson = async (path: string): Promise<unknown> =>
  JSON.parse(await readFile(path, 'utf8')) as unknown;

/** Reads the folder; throws when a file is not of this form. */
export async function readDemoContent(folder: string): Promise<DemoContent> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).toSorted();
  const notes = new Map<string, readonly DemoNote[]>();
  for (const name of names) {
    if (name === sourcesFile || name === handOversFile) continue;
    const list = z.parse(z.array(noteShape), await readJson(join(folder, name)));
    notes.set(name.replace(/\.json$/, '.txt'), list);
  }
  const sources = await readJson(join(folder, sourcesFile));
  const handOvers = await readJson(join(folder, handOversFile));
  return {
    notes,
    sources: z.parse(z.record(z.string(), sourceShape), sources),
    handOvers: z.parse(z.array(handOverShape), handOvers),
  };
}
