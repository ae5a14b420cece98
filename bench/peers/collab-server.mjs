// Plain prosemirror-collab: the authority of its guide over socket.io, with every accepted change in PostgreSQL before anybody is
// told of it. A change made at any version but the newest is refused; its author takes in what came before and sends it again.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import pg from 'pg';
import { Step } from 'prosemirror-transform';
import { Server } from 'socket.io';
import { articleOf, schema } from './schema.mjs';

const { database, headline, paragraphs, port } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const pool = new pg.Pool({ connectionString: database, max: 10 });
await pool.query(`CREATE TABLE IF NOT EXISTS step (article text, version int, client text, step json,
  PRIMARY KEY (article, version))`);

const http = createServer();
const io = new Server(http, {
  transports: ['websocket'],
  perMessageDeflate: false,
  serveClient: false,
});
const articles = new Map();

async function load(name) {
  const { rows } = await pool.query(
    'SELECT client, step FROM step WHERE article = $1 ORDER BY version',
    [name],
  );
  let doc = articleOf(headline, paragraphs);
  for (const { step } of rows) doc = Step.fromJSON(schema, step).apply(doc).doc;
  return { doc, version: rows.length, turn: Promise.resolve() };
}

const open = (name) => {
  if (!articles.has(name)) articles.set(name, load(name));
  return articles.get(name);
};

/** Takes one author's steps when they are made at the newest version. */
async function take(article, name, { version, client, steps }) {
  if (version !== article.version) return false;
  let { doc } = article;
  for (const json of steps) {
    const result = Step.fromJSON(schema, json).apply(doc);
    if (!result.doc) return false;
    doc = result.doc;
  }
  await pool.query(
    `INSERT INTO step SELECT $1, $2 + row_number() OVER (), $3, value FROM json_array_elements($4::json)`,
    [name, version, client, JSON.stringify(steps)],
  );
  article.doc = doc;
  article.version += steps.length;
  io.to(name).emit('steps', { version, client, steps });
  return true;
}

io.on('connection', (socket) => {
  socket.on('join', async (name, answer) => {
    const article = await open(name);
    await socket.join(name);
    answer({ version: article.version, doc: article.doc.toJSON() });
  });
  socket.on('steps', async (name, sent, answer) => {
    const article = await open(name);
    // One after another, each judged when those before it are stored.
    article.turn = article.turn.then(() => take(article, name, sent));
    answer({ ok: await article.turn, version: article.version });
  });
});
http.listen(port, '127.0.0.1', () => console.log('ready'));
