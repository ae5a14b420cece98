// Hocuspocus with its SQLite extension, as its documentation shows it. One argument: a JSON file that says where its database is
// and what a new article holds.
import { readFileSync } from 'node:fs';
import { SQLite } from '@hocuspocus/extension-sqlite';
import { Server } from '@hocuspocus/server';
import * as Y from 'yjs';

const { database, headline, paragraphs, port } = JSON.parse(readFileSync(process.argv[2], 'utf8'));

function fill(fragment) {
  const block = (name, words) => {
    const element = new Y.XmlElement(name);
    element.insert(0, [new Y.XmlText(words)]);
    return element;
  };
  fragment.insert(0, [
    block('headline', headline),
    ...paragraphs.map((words) => block('block', words)),
  ]);
}

const server = new Server({
  port,
  address: '127.0.0.1',
  quiet: true,
  extensions: [new SQLite({ database })],
  // Extensions come first: whatever is kept is there by now.
  async onLoadDocument({ document }) {
    const fragment = document.getXmlFragment('prosemirror');
    if (fragment.length === 0) fill(fragment);
  },
});
await server.listen();
console.log('ready');
