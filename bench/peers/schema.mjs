// The article of the bench as a ProseMirror document.
import { Schema } from 'prosemirror-model';

export const schema = new Schema({
  nodes: {
    doc: { content: 'headline block+' },
    headline: { content: 'text*' },
    block: { content: 'text*' },
    text: {},
  },
});

export const articleOf = (headline, paragraphs) =>
  schema.node('doc', null, [
    schema.node('headline', null, schema.text(headline)),
    ...paragraphs.map((words) => schema.node('block', null, schema.text(words))),
  ]);
