/** The published description of the lossless JSON file: a JSON Schema (draft 2020-12) made of the shape that the reader
 *  checks and of the document's own schema, so that neither can say what the other does not. */
import type { MarkType, NodeType } from 'prosemirror-model';
import * as z from 'zod/mini';
import { schema } from '#core/article/schema.ts';
import { reviewFileShape } from '#core/formats/review-file.ts';

type Json = Record<string, unknown>;

const text = { type: 'string' };
const filled = { type: 'string', minLength: 1 };
const flag = { type: 'boolean' };
const list = {
  type: ['object', 'null'],
  required: ['kind', 'level', 'start'],
  properties: {
    kind: { enum: ['bullet', 'ordered'] },
    level: { type: 'integer', minimum: 0, maximum: 8 },
    start: { type: 'integer', minimum: 0 },
  },
};
const entries = {
  type: 'array',
  items: {
    type: 'object',
    required: ['k', 'id', 'by'],
    properties: { k: filled, id: filled, by: filled },
  },
};
const marks = {
  type: 'array',
  items: { type: 'object', required: ['type'], properties: { type: filled } },
};

/** What the attributes of blocks and marks may be; one that is not named here may be anything. */
const attributes: Record<string, Json> = {
  id: filled,
  by: filled,
  href: { ...text, pattern: '^(?:https?://|mailto:|#)' },
  src: text,
  alt: text,
  header: flag,
  joinsAbove: flag,
  span: { type: 'integer', minimum: 1, maximum: 63 },
  list,
  sugg: entries,
  add: marks,
  remove: marks,
};

/** The attributes of a type of the document. All are written; those with a default may be missing. */
function attrsOf({ spec }: NodeType | MarkType): Json {
  const attrs = Object.entries(spec.attrs ?? {});
  if (attrs.length === 0) return {};
  const needed = attrs.filter(([, one]) => one.default === undefined).map(([name]) => name);
  return {
    attrs: {
      type: 'object',
      ...(needed.length > 0 ? { required: needed } : {}),
      properties: Object.fromEntries(attrs.map(([name]) => [name, attributes[name] ?? {}])),
      additionalProperties: false,
    },
  };
}

const needsAttrs = ({ spec }: NodeType | MarkType): boolean =>
  Object.values(spec.attrs ?? {}).some((one) => one.default === undefined);

const mark = (type: MarkType): Json => ({
  type: 'object',
  required: ['type', ...(needsAttrs(type) ? ['attrs'] : [])],
  properties: { type: { const: type.name }, ...attrsOf(type) },
  additionalProperties: false,
});

function node(type: NodeType): Json {
  const isText = type.isText;
  return {
    type: 'object',
    required: ['type', ...(isText ? ['text'] : []), ...(needsAttrs(type) ? ['attrs'] : [])],
    properties: {
      type: { const: type.name },
      ...(isText ? { text: filled } : {}),
      ...attrsOf(type),
      ...(type.isInline ? { marks: { type: 'array', items: { $ref: '#/$defs/mark' } } } : {}),
      ...(type.isTextblock
        ? { content: { type: 'array', items: { $ref: '#/$defs/inline' } } }
        : {}),
    },
    additionalProperties: false,
  };
}

const exactlyOne = (name: string): Json => ({
  contains: { type: 'object', required: ['type'], properties: { type: { const: name } } },
  minContains: 1,
  maxContains: 1,
});

function definitions(): Json {
  const types = Object.values(schema.nodes);
  return {
    doc: {
      type: 'object',
      required: ['type', 'content'],
      properties: {
        type: { const: schema.topNodeType.name },
        content: { type: 'array', items: { $ref: '#/$defs/block' }, ...exactlyOne('headline') },
      },
      additionalProperties: false,
    },
    block: { anyOf: types.filter((one) => one.isTextblock).map(node) },
    inline: { anyOf: types.filter((one) => one.isInline).map(node) },
    mark: { anyOf: Object.values(schema.marks).map(mark) },
  };
}

/** The schema as a value of JSON. */
export function reviewJsonSchema(): Json {
  const { $schema, $defs, ...made } = z.toJSONSchema(reviewFileShape, { io: 'input' }) as Json;
  const properties = made['properties'] as Record<string, Json>;
  const article = properties['article'] as { properties: Json };
  return {
    $schema,
    $id: 'urn:galley:review:1',
    title: 'Galley review, version 1',
    description:
      'An article with its suggestions, threads, facts, verdicts and sources, without loss. What a schema cannot say (that ids are used once and found where they are named, that anchors fit the document) is in docs/FORMATS.md and checked by the reader.',
    ...made,
    properties: {
      ...properties,
      article: { ...article, properties: { ...article.properties, headline: text } },
      doc: { $ref: '#/$defs/doc' },
    },
    $defs: { ...($defs as Json | undefined), ...definitions() },
  };
}
