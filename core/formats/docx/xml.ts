/** Writing XML as text: every value goes through one escape, so that no words of an article can become markup. */
import { cleanLine } from '#core/formats/clean-text.ts';

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A text as the content of an element or the value of an attribute; what XML cannot hold becomes U+FFFD. */
export function escapeXml(text: string): string {
  return cleanLine(text).replace(/[&<>"]/g, (sign) => signs[sign] ?? sign);
}

/** An element. Attributes without a value are left out; an element without content is closed at once. */
export function element(
  name: string,
  attrs: Readonly<Record<string, string | number | undefined>> = {},
  content = '',
): string {
  let out = `<${name}`;
  for (const [key, value] of Object.entries(attrs))
    if (value !== undefined) out += ` ${key}="${escapeXml(String(value))}"`;
  return content === '' ? `${out}/>` : `${out}>${content}</${name}>`;
}

/** A whole part. */
export const xmlPart = (content: string): string =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${content}`;
