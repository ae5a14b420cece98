/** Tokens of links that work once. The house keeps hashes only: who reads its database can use none of them. */
import { createHash, randomBytes } from 'node:crypto';

/** 32 random bytes, as they stand in an address. */
export const newToken = (): string => randomBytes(32).toString('base64url');

export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
