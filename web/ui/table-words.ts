/** The words about figures and tables, wherever they are shown. */

export const tableWords = {
  picture: 'Picture',
  /** Where a picture is, for one who does not open it. */
  at: (host: string) => `at ${host}`,
  kept: 'kept in the library',
  nowhere: 'not in the file',
  missing: 'not to be had just now',
  describe: 'Description',
  undescribed: 'Describe it',
  open: 'Open picture',
  openIn: (host: string) => `Open picture at ${host} in a new tab`,
  caption: 'Caption',
  /** What a cell is called where it is read aloud, and what is suggested about its row. */
  cell: (row: number, column: number, change: 'ins' | 'del' | null = null) =>
    `Row ${row}, column ${column}${change === null ? '' : { ins: ', added', del: ', deleted' }[change]}`,
} as const;

/** The host of a picture's address; '' for one that is not on the web. */
export function hostOf(src: string): string {
  if (!/^https?:/i.test(src)) return '';
  try {
    return new URL(src).host;
  } catch {
    return '';
  }
}

/** Where the picture of a figure is, in words. */
export function pictureWhere(src: string): string {
  const host = hostOf(src);
  if (host !== '') return tableWords.at(host);
  return src === '' ? tableWords.nowhere : tableWords.kept;
}
