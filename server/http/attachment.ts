/** How a file leaves: its headers. */
import type { Response } from 'express';

/** A copy opened in the browser can do nothing but be read. */
export const copyPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

/** RFC 6266: a plain name for old clients, the true one beside it. */
export function attachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_');
  const whole = encodeURIComponent(name).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}

/** Sends a file under its name, with a digest to check it by. */
export function sendFile(
  res: Response,
  file: { name: string; type: string; content: Buffer; digest: string },
): void {
  res.setHeader('Content-Security-Policy', copyPolicy);
  res.setHeader('Content-Disposition', attachment(file.name));
  res.setHeader('Content-Type', file.type);
  res.setHeader('Repr-Digest', `sha-256=:${Buffer.from(file.digest, 'hex').toString('base64')}:`);
  res.send(file.content);
}
