/** The addresses of an article's pages. */

/** That of the article itself; those of its facts, its history and its return begin with it. */
export const articlePath = (id: string): string => `/a/${encodeURIComponent(id)}`;

/** The article with one annotation in focus. */
export const annotationPath = (articleId: string, id: string): string =>
  `${articlePath(articleId)}?annotation=${encodeURIComponent(id)}`;
