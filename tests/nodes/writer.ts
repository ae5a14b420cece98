// People at work: the real session of a tab, its line over real sockets to whichever node answers, typing all the time.
import { io, type Socket } from 'socket.io-client';
import type { Node } from 'prosemirror-model';
import type { Receipt } from '#core/sync/commit.ts';
import type { ClientEvents, ServerEvents } from '#core/sync/protocol.ts';
import { ArticleSession } from '#web/session/article-session.ts';
import { connectTo, lineOptions } from '#web/session/connection.ts';
import { publicUrl } from '#tests/nodes/node-process.ts';
import { seeded, type Rng } from '#tests/sync/random.ts';

export interface WriterOptions {
  userId: string;
  cookie: string;
  articleId: string;
  /** Addresses of nodes; when one fails the next is tried. */
  nodes: readonly string[];
  /** The letter this person types, found nowhere else. */
  letter: string;
  seed: number;
}

export class Writer {
  readonly session: ArticleSession;
  readonly letter: string;
  readonly userId: string;
  /** Receipts of the server, in the order they came. */
  readonly receipts: (Receipt & { clientId: string })[] = [];
  /** Codes of refusals that were not final. */
  readonly put: string[] = [];
  /** When something was refused for good, or the session ended: nothing here expects that. */
  readonly trouble: string[] = [];
  typed = 0;
  received = '';
  private readonly rng: Rng;
  private readonly socket: Socket<ServerEvents, ClientEvents>;
  private timer: ReturnType<typeof setInterval> | null = null;

  constructor({ userId, cookie, articleId, nodes, letter, seed }: WriterOptions) {
    this.letter = letter;
    this.userId = userId;
    this.rng = seeded(seed);
    let at = seed % nodes.length;
    const socket: Socket<ServerEvents, ClientEvents> = io(nodes[at] ?? '', {
      ...lineOptions,
      forceNew: true,
      reconnectionDelay: 100,
      reconnectionDelayMax: 500,
      extraHeaders: { cookie, origin: publicUrl },
    });
    this.socket = socket;
    // What a proxy in front of the nodes does: whoever cannot reach one is sent to the next.
    socket.io.on('reconnect_attempt', () => {
      at = (at + 1) % nodes.length;
      (socket.io as unknown as { uri: string }).uri = nodes[at] ?? '';
    });
    const connection = connectTo(articleId, socket);
    const watched = {
      ...connection,
      get connected() {
        return connection.connected;
      },
      commit: async (commit: Parameters<typeof connection.commit>[0]) => {
        const answer = await connection.commit(commit);
        if (answer?.ok) this.receipts.push({ ...answer, clientId: commit.clientId });
        else if (answer?.retryable) this.put.push(answer.code);
        else if (answer) this.trouble.push(answer.code);
        return answer;
      },
    };
    let ids = 0;
    this.session = ArticleSession.open(articleId, {
      connect: () => watched,
      device: null,
      id: () =>
        `${letter.codePointAt(0)?.toString(36)}-${seed}-${(ids++).toString().padStart(6, '0')}`,
    });
  }

  get isReady(): boolean {
    return this.session.getSnapshot().phase === 'ready';
  }

  get isConnected(): boolean {
    return this.socket.connected;
  }

  /** Changes that have no receipt yet. */
  get unsent(): number {
    const { connection } = this.session.getSnapshot();
    return 'unsent' in connection ? connection.unsent : 1;
  }

  get rev(): number {
    return this.session.getSnapshot().review.rev;
  }

  get doc(): Node {
    return this.session.state.doc;
  }

  get review(): ReturnType<ArticleSession['getSnapshot']>['review'] {
    return this.session.getSnapshot().review;
  }

  /** Types one letter somewhere in the text. */
  type(): void {
    const { state } = this.session;
    const { doc } = state;
    const index = 1 + this.rng.int(doc.childCount - 1);
    let pos = 1;
    for (let i = 0; i < index; i++) pos += doc.child(i).nodeSize;
    pos += this.rng.int(doc.child(index).content.size + 1);
    this.session.dispatch(state.tr.insertText(this.letter, pos));
    this.typed++;
  }

  /** Takes away one letter somewhere in the text, whoever wrote it. */
  erase(): void {
    const { state } = this.session;
    const { doc } = state;
    const index = 1 + this.rng.int(doc.childCount - 1);
    let pos = 1;
    for (let i = 0; i < index; i++) pos += doc.child(i).nodeSize;
    const { size } = doc.child(index).content;
    if (size === 0) return;
    pos += this.rng.int(size);
    this.session.dispatch(state.tr.delete(pos, pos + 1));
  }

  /** Types so many letters a second until told to stop. */
  start(perSecond: number): void {
    if (this.session.getSnapshot().mode !== 'edit') this.session.setMode('edit');
    this.timer = setInterval(() => this.type(), 1000 / perSecond);
  }

  stop(): void {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
  }

  close(): void {
    this.stop();
    this.session.close();
    this.socket.disconnect();
  }
}
