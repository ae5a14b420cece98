/** Warnings of a conversion: what a file could not take along, each naming the thing and its place. */

/** `left-out`: in the input, not in the output. `not-read`: the reader cannot hold it. `changed`: written in another way.
 *  `taken-out`: a text import left it out as a leftover. */
export type WarningCode = 'left-out' | 'not-read' | 'changed' | 'taken-out';

/** One warning. `id` names the comment, fact or suggestion it is about, if it is about one. */
export interface Warning {
  code: WarningCode;
  message: string;
  id?: string;
}

/** Makes a warning. */
export function warning(code: WarningCode, message: string, id?: string): Warning {
  return id === undefined ? { code, message } : { code, message, id };
}

/** A quotation for a message, cut to a length that fits a line. */
export function inQuotes(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  return `“${line.length > 60 ? `${line.slice(0, 59)}…` : line}”`;
}
