/** What a backup says about itself. Its lines: a header; for each table its name and columns, then its rows as arrays of texts; the manifest. */
import * as z from 'zod/mini';

/** Raised when an older Galley could not read the file. */
export const format = 1;

const headerShape = z.object({
  galley: z.literal('backup'),
  format: z.number(),
});

const wholeHeaderShape = z.object({
  galley: z.literal('backup'),
  format: z.literal(format),
  /** When it was made. */
  at: z.string(),
  /** The version of the Galley that made it. */
  version: z.string(),
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })),
});

const tableShape = z.object({ table: z.string(), columns: z.array(z.string()) });
const rowShape = z.array(z.nullable(z.string()));

const manifestShape = z.object({
  manifest: z.object({
    tables: z.array(
      z.object({
        name: z.string(),
        columns: z.array(z.string()),
        rows: z.number(),
        sha256: z.string(),
      }),
    ),
    /** Tables that are in the database and whose rows are not in the backup. */
    leftOut: z.array(z.string()),
    /** A null hash: the article could not be opened when the backup was made. */
    articles: z.array(
      z.object({ id: z.string(), rev: z.number(), docHash: z.nullable(z.string()) }),
    ),
  }),
});

export type Header = z.infer<typeof wholeHeaderShape>;
export type Manifest = z.infer<typeof manifestShape>['manifest'];
export type TableSum = Manifest['tables'][number];
export type ArticleHead = Manifest['articles'][number];
export type TableStart = z.infer<typeof tableShape>;
export type RowTexts = z.infer<typeof rowShape>;

const json = (line: string): unknown => {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
};

/** The format a file claims to have; undefined when it is no backup. */
export const formatOf = (firstLine: string): number | undefined =>
  headerShape.safeParse(json(firstLine)).data?.format;

export const readHeader = (line: string): Header | undefined =>
  wholeHeaderShape.safeParse(json(line)).data;

/** One line after the header. */
export function readLine(
  line: string,
): { row: RowTexts } | { start: TableStart } | { manifest: Manifest } | undefined {
  const value = json(line);
  if (Array.isArray(value)) {
    const row = rowShape.safeParse(value).data;
    return row && { row };
  }
  const start = tableShape.safeParse(value).data;
  if (start) return { start };
  return manifestShape.safeParse(value).data;
}
