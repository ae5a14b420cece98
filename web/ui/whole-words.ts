/** The words for figures, rows and tables: putting them in, taking them out, and suggestions to do so. */

/** What a suggestion puts in or takes out as a whole. */
interface Whole {
  what: 'figure' | 'row' | 'table';
  rows: number;
  goes: boolean;
}

const quoted = (text: string): string => (text === '' ? '' : `: “${text}”`);

const things = ({ what, rows }: Whole, one: 'a' | 'the'): string => {
  if (what === 'figure') return `${one} picture`;
  if (what === 'table') return `${one} table`;
  return rows === 1 ? `${one} row` : `${rows} rows`;
};

export const wholeWords = {
  /** `shown` stands where the words are, if there are any. */
  sentence: (whole: Whole, text: string, shown = text): string => {
    const words = quoted(text === '' || text === '▦' ? '' : shown);
    return whole.goes
      ? `Delete ${things(whole, 'the')}${words}`
      : `Add ${things(whole, 'a')}${words}`;
  },
  rowAbove: 'Row above',
  rowBelow: 'Row below',
  deleteRow: 'Delete the row',
  deleteTable: 'Delete the table',
  deletePicture: 'Delete the picture',
} as const;
