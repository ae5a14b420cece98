/** The namespaces of WordprocessingML and its relations, with the prefixes this folder calls them by. */

/** By prefix; the transitional form where there are two. */
export const namespaces = {
  w: 'http://schemas.openxmlformats.org/wordprocessingml/2006/main',
  r: 'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
  m: 'http://schemas.openxmlformats.org/officeDocument/2006/math',
  mc: 'http://schemas.openxmlformats.org/markup-compatibility/2006',
  wp: 'http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing',
  a: 'http://schemas.openxmlformats.org/drawingml/2006/main',
  pic: 'http://schemas.openxmlformats.org/drawingml/2006/picture',
  v: 'urn:schemas-microsoft-com:vml',
  w14: 'http://schemas.microsoft.com/office/word/2010/wordml',
  w15: 'http://schemas.microsoft.com/office/word/2012/wordml',
  w16cid: 'http://schemas.microsoft.com/office/word/2016/wordml/cid',
  w16cex: 'http://schemas.microsoft.com/office/word/2018/wordml/cex',
  w16du: 'http://schemas.microsoft.com/office/word/2023/wordml/word16du',
  rel: 'http://schemas.openxmlformats.org/package/2006/relationships',
  ct: 'http://schemas.openxmlformats.org/package/2006/content-types',
  galley: 'urn:galley:review:1',
} as const;
export type Prefix = keyof typeof namespaces;

/** The names that ISO 29500 Strict gives to some of them. */
export const strictNames: Readonly<Record<string, Prefix>> = {
  'http://purl.oclc.org/ooxml/wordprocessingml/main': 'w',
  'http://purl.oclc.org/ooxml/officeDocument/relationships': 'r',
  'http://purl.oclc.org/ooxml/officeDocument/math': 'm',
  'http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing': 'wp',
  'http://purl.oclc.org/ooxml/drawingml/main': 'a',
  'http://purl.oclc.org/ooxml/drawingml/picture': 'pic',
};

/** Declarations for the root of a part. Word 2010 and later know the ignorable ones; others pass them over. */
export function declared(prefixes: readonly Prefix[]): Record<string, string> {
  const attrs: Record<string, string> = {};
  for (const prefix of prefixes) attrs[`xmlns:${prefix}`] = namespaces[prefix];
  const later = prefixes.filter((prefix) => /^w1\d/.test(prefix));
  if (later.length === 0) return attrs;
  return { ...attrs, 'xmlns:mc': namespaces.mc, 'mc:Ignorable': later.join(' ') };
}
