/** Escapes text for HTML. Text passes through here or it does not reach a file. */
import { cleanLine, cleanLines } from '#core/formats/clean-text.ts';

const names: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (char) => names[char] ?? char);
}

/** One line of text, or the value of an attribute in quotes. */
export function html(text: string): string {
  return escape(cleanLine(text));
}

/** Text with lines of its own: line ends become `<br>`. */
export function htmlLines(text: string): string {
  return cleanLines(text).map(escape).join('<br>');
}

/** Text inside a comment, where no escape exists: the signs that could end one are taken apart. */
export function htmlComment(text: string): string {
  return cleanLine(text).replace(/-/g, '‐').replace(/[<>]/g, ' ');
}
