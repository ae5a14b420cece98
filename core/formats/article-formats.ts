/** The formats an article can be read from, apart from their readers, so that a screen can name them. */

export const articleFormats = ['txt', 'md', 'html'] as const;
export type ArticleFormat = (typeof articleFormats)[number];

/** The formats that can be brought into the library: these, Word files, and a review that Galley wrote. */
export const importFormats = [...articleFormats, 'docx', 'json'] as const;
export type ImportFormat = (typeof importFormats)[number];
