/** Writes docs/formats/galley-review.schema.json from what the reader of the lossless file checks. A test says when it is stale. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reviewJsonSchema } from '#core/formats/review-schema.ts';

const folder = join(import.meta.dirname, '..', 'docs', 'formats');
mkdirSync(folder, { recursive: true });
const file = join(folder, 'galley-review.schema.json');
writeFileSync(file, `${JSON.stringify(reviewJsonSchema(), null, 2)}\n`);
console.log(file);
