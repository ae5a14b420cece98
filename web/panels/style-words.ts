/** The words of the style menu. */
export const styleWords = {
  menu: 'Style of the text',
  strong: 'Bold',
  em: 'Italics',
  footnote: 'Footnote',
  picture: 'Insert picture…',
  table: 'Insert table…',
  /** Beside an item that is closed in this mode. */
  inEdit: 'in Edit',
  link: 'Link…',
  unlink: 'Remove the link',
  paragraph: 'Paragraph',
  heading1: 'Heading',
  heading2: 'Smaller heading',
  quote: 'Quotation',
  bullet: 'Bulleted list',
  ordered: 'Numbered list',
  indent: 'One level in',
  outdent: 'One level out',
  address: 'Address',
  linkOdd: 'An address begins with https://, http:// or mailto:.',
  setLink: 'Link the words',
};
