import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readText } from '#core/formats/read-text.ts';
import { project } from '#tests/formats/projection.ts';

const texts = new URL('./texts/', import.meta.url);
const articles = new URL('../../content/articles/', import.meta.url);

function read(url: URL): string {
  return readFileSync(url, 'utf8');
}

const expected = JSON.parse(read(new URL('articles.json', texts))) as { source: string }[];

it.each(expected.map((one) => one.source))('[IM1] reads %s into the expected structure', (name) => {
  const result = readText(read(new URL(name, articles)));
  expect(project(name, result)).toEqual(expected.find((one) => one.source === name));
});

const own = readdirSync(texts).filter((name) => name.endsWith('.txt'));

it.each(own)('[IM1] reads %s into the expected structure', (name) => {
  const result = readText(read(new URL(name, texts)));
  const wanted: unknown = JSON.parse(read(new URL(name.replace(/txt$/, 'json'), texts)));
  expect(project(name, result)).toEqual(wanted);
});
