/** What the service worker keeps, and which requests are its business. */

/** The files of one build. */
export interface Shell {
  version: string;
  /** The script that the page of this very build names. */
  entry: string;
  files: string[];
  /** Those of them whose name changes with their content. */
  lasting: string[];
}

const notPages = ['/api/', '/socket.io/', '/assets/', '/healthz', '/readyz', '/metrics'];

/** A page of the app: everything else on this server is a question, a file, or for machines. */
export const isPage = (path: string): boolean =>
  !notPages.some((start) => path.startsWith(start)) && !/\.[a-z0-9]+$/i.test(path);

/** A file of a build. Answers about people and articles are never one. */
export const isShellFile = ({ files }: Pick<Shell, 'files'>, path: string): boolean =>
  path.startsWith('/assets/') || files.includes(path);
