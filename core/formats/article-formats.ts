/** The formats an article can be read from, apart from their readers, so that a screen can name them. */

export const articleFormats = ['txt', 'md', 'html'] as const;
export type ArticleFormat = (typeof articleFormats)[number];
