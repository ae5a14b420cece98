/** The copies one can take away: which text, in which format, and their addresses. */

export const copyViews = ['original', 'marked', 'accepted'] as const;
export type CopyView = (typeof copyViews)[number];

/** In the order of the menus. */
export const copyFormats = ['docx', 'html', 'md', 'txt', 'json'] as const;

/** The address of a copy. */
export const exportAddress = (articleId: string, format: string, view: string): string =>
  `/api/articles/${encodeURIComponent(articleId)}/export?format=${format}&view=${view}`;
