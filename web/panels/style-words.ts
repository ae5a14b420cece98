/** The words of the style menu. */
export const styleWords = {
  menu: 'Style of the text',
  strong: 'Bold',
  em: 'Italics',
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
