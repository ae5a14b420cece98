/** The files on the import page: read one after another, looked at, changed, saved or left. */
import { useCallback, useRef, useState } from 'react';
import type { ImportChoices } from '#core/formats/import/choices.ts';
import type { PreviewAnswer } from '#core/formats/import/about.ts';
import type { ReturnOffer } from '#core/formats/return/return-plan.ts';
import type { ImportFormat } from '#core/formats/article-formats.ts';
import { sizeRefusal } from '#core/formats/read-bytes.ts';
import { ApiError, problemOf } from '#web/pages/api.ts';
import { base64Of } from '#web/pages/file-bytes.ts';
import {
  previewFile,
  previewText,
  saveFile,
  saveImport,
  unpackFile,
  type AboutFile,
} from '#web/pages/import/import-api.ts';
import { askOffer } from '#web/pages/return/return-api.ts';
import { queryClient } from '#web/pages/queries.ts';
import { importWords } from '#web/ui/import-messages.ts';

/** One file or pasted text. */
export interface ImportItem {
  key: number;
  name: string;
  state: 'waiting' | 'reading' | 'ready' | 'saving' | 'saved' | 'failed';
  text: string;
  /** The bytes of a Word file, in base64; '' for a text. */
  base64: string;
  /** A review of Galley, which is sent as it is: its pictures can make it large. */
  file: File | null;
  format: ImportFormat | undefined;
  preview: PreviewAnswer | null;
  choices: ImportChoices;
  /** Who is to see its notes, where one has chosen; else as the server thinks best. */
  audience: 'all' | 'desk' | undefined;
  /** How a review of Galley is to come in, where one has chosen. */
  as: 'whole' | 'new' | undefined;
  problem: string;
  articleId: string;
  /** A file that Galley sent out: where it can be brought back to. */
  offer: { to: ReturnOffer; file: File } | null;
}

/** What to read: a file, or a text with its format. */
export type ImportSource = File | { text: string; format: ImportFormat };

export interface Imports {
  items: ImportItem[];
  add: (sources: readonly ImportSource[]) => void;
  choose: (
    item: ImportItem,
    chosen: Partial<Pick<ImportItem, 'choices' | 'audience' | 'as'>>,
  ) => void;
  save: (item: ImportItem) => Promise<string | null>;
  drop: (item: ImportItem) => void;
}

const isZip = (source: ImportSource): source is File =>
  source instanceof File && /\.zip$/i.test(source.name);

const newItem = (key: number, source: ImportSource): ImportItem => ({
  key,
  name: source instanceof File ? source.name : importWords.pasted,
  state: 'waiting',
  text: '',
  base64: '',
  file: null,
  format: source instanceof File ? undefined : source.format,
  preview: null,
  choices: {},
  audience: undefined,
  as: undefined,
  problem: '',
  articleId: '',
  offer: null,
});

/** What is sent to the server about an item. */
const asked = ({ text, base64, name, format, choices, audience, as }: ImportItem) => ({
  ...(base64 === '' ? { text } : { base64 }),
  choices,
  ...(audience === undefined ? {} : { audience }),
  ...(as === undefined ? {} : { as }),
  ...(format === undefined ? { name } : { format }),
});

/** What is sent with a review. */
const about = ({ choices: { language }, audience, as }: ImportItem): AboutFile => ({
  ...(audience === undefined ? {} : { audience }),
  ...(as === undefined ? {} : { as }),
  ...(language === undefined ? {} : { language }),
});

const previewOf = (item: ImportItem): Promise<PreviewAnswer> =>
  item.file ? previewFile(item.file, about(item)) : previewText(asked(item));

const saved = (item: ImportItem): Promise<string> =>
  item.file ? saveFile(item.file, about(item)) : saveImport(asked(item));

/** Refuses a file that the server would not take, before it is sent. */
function refuseLarge({ name, size }: File): void {
  const code = sizeRefusal(size, /\.json$/i.test(name) ? 'json' : '');
  if (code)
    throw new ApiError(
      413,
      code,
      code === 'REVIEW_TOO_LARGE' ? importWords.reviewTooLarge : importWords.tooLarge,
    );
}

export function useImports(): Imports {
  const [items, setItems] = useState<ImportItem[]>([]);
  const next = useRef(1);
  const line = useRef<Promise<void>>(Promise.resolve());
  // The newest question about an item; answers to older ones come too late.
  const asking = useRef(new Map<number, number>());

  const change = useCallback((key: number, part: Partial<ImportItem>): void => {
    setItems((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)));
  }, []);

  const read = useCallback(
    async (key: number, source: ImportSource): Promise<void> => {
      change(key, { state: 'reading' });
      try {
        if (source instanceof File) refuseLarge(source);
        const preview = await (source instanceof File ? previewFile(source) : previewText(source));
        if (source instanceof File && preview.format === 'docx') {
          const base64 = await base64Of(source);
          const to = await askOffer(source).catch(() => null);
          change(key, { state: 'ready', preview, base64, offer: to && { to, file: source } });
        } else if (source instanceof File && preview.format === 'json')
          change(key, { state: 'ready', preview, file: source });
        else {
          const text = source instanceof File ? await source.text() : source.text;
          change(key, { state: 'ready', preview, text });
        }
      } catch (error) {
        change(key, { state: 'failed', problem: problemOf(error) });
      }
    },
    [change],
  );

  /** Puts the files of a zip in its place; what stays out of it is told in the same list. */
  const open = useCallback(
    async (key: number, zip: File): Promise<void> => {
      change(key, { state: 'reading' });
      try {
        const { files, refused } = await unpackFile(zip);
        const made = files.map((file) => ({ file, item: newItem(next.current++, file) }));
        const out = refused.map(({ file, message }): ImportItem => ({
          ...newItem(next.current++, zip),
          name: file,
          state: 'failed',
          problem: message,
        }));
        const inside = [...made.map(({ item }) => item), ...out];
        if (inside.length === 0) throw new ApiError(422, 'FILE_EMPTY', importWords.emptyZip);
        setItems((all) => all.flatMap((one) => (one.key === key ? inside : [one])));
        for (const { file, item } of made) await read(item.key, file);
      } catch (error) {
        change(key, { state: 'failed', problem: problemOf(error) });
      }
    },
    [change, read],
  );

  const add = useCallback(
    (sources: readonly ImportSource[]): void => {
      const made = sources.map((source) => ({ source, key: next.current++ }));
      setItems((all) => [...all, ...made.map(({ source, key }) => newItem(key, source))]);
      for (const { source, key } of made)
        line.current = line.current.then(() =>
          isZip(source) ? open(key, source) : read(key, source),
        );
    },
    [open, read],
  );

  const choose = useCallback(
    (item: ImportItem, chosen: Partial<Pick<ImportItem, 'choices' | 'audience' | 'as'>>): void => {
      const turn = (asking.current.get(item.key) ?? 0) + 1;
      asking.current.set(item.key, turn);
      change(item.key, { ...chosen, problem: '' });
      void previewOf({ ...item, ...chosen }).then(
        (preview) => {
          if (asking.current.get(item.key) === turn) change(item.key, { preview });
        },
        (error: unknown) => change(item.key, { problem: problemOf(error) }),
      );
    },
    [change],
  );

  const save = useCallback(
    async (item: ImportItem): Promise<string | null> => {
      change(item.key, { state: 'saving', problem: '' });
      try {
        const articleId = await saved(item);
        change(item.key, { state: 'saved', articleId });
        await queryClient.invalidateQueries({ queryKey: ['articles'] });
        return articleId;
      } catch (error) {
        change(item.key, { state: 'ready', problem: problemOf(error) });
        return null;
      }
    },
    [change],
  );

  const drop = useCallback((item: ImportItem): void => {
    setItems((all) => all.filter((one) => one.key !== item.key));
  }, []);

  return { items, add, choose, save, drop };
}
