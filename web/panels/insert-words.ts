/** The words of the dialogs that put pictures and tables into the text. */
export const insertWords = {
  pictureTitle: 'Insert a picture',
  pictureOf: (at: number, all: number) => `Insert picture ${at} of ${all}`,
  choose: 'Choose a picture',
  another: 'Choose another',
  kinds: 'PNG, JPEG, GIF or WebP, at most 10 MB. It can also be pasted or dropped into the text.',
  uploading: (percent: number) => `Sending, ${percent} %`,
  there: 'The picture is here.',
  offline:
    'Galley cannot be reached, and a picture is kept there. Try again once you are connected.',
  failed: 'The picture did not arrive. Try again.',
  alt: 'What is seen on it',
  altHint: 'For those who do not see it. Leave it empty if the picture only decorates.',
  caption: 'Caption',
  insert: 'Insert the picture',
  cancel: 'Cancel',

  describeTitle: 'Describe the picture',
  describe: 'Keep the description',
  gone: 'This picture is not in the text any more.',

  tableTitle: 'Insert a table',
  rows: 'Rows',
  columns: 'Columns',
  heads: 'The first row has the heads of the columns',
  tableOdd: 'A table has from 1 to 100 rows and from 1 to 63 columns.',
  insertTable: 'Insert the table',
} as const;
