/** Makes a string fit for any file: what no format can hold becomes U+FFFD, line ends inside a run become spaces. */

// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const unfit =
  /[\ud83f\ud87f\ud8bf\ud8ff\ud93f\ud97f\ud9bf\ud9ff\uda3f\uda7f\udabf\udaff\udb3f\udb7f\udbbf\udbff][\udffe\udfff]|[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufdd0-\ufdef\ufffc\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const lineEnds = /\r\n|[\n\r\u000b\u000c\u0085\u2028\u2029]/g;

/** The number of characters that `cleanText` would replace. */
export function unfitCount(text: string): number {
  return text.match(unfit)?.length ?? 0;
}

/** One line of text without characters that files cannot hold. */
export function cleanLine(text: string): string {
  return text.replace(unfit, '\ufffd').replace(lineEnds, ' ');
}

/** The lines of a note, each clean. Notes, unlike runs of an article, may have line ends of their own. */
export function cleanLines(text: string): string[] {
  return text.replace(unfit, '\ufffd').split(lineEnds);
}
