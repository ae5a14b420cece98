// An article with people who type in it, on nodes that come and go.
import { reviewFromJson } from '#core/sync/review.ts';
import { openDatabase } from '#server/store/client.ts';
import { PrismaStore } from '#server/store/prisma.ts';
import { liveServer } from '#tests/server/live-server.ts';
import { faultsIn, type Evidence } from '#tests/nodes/checks.ts';
import { publicUrl, type NodeProcess } from '#tests/nodes/node-process.ts';
import { Writer } from '#tests/nodes/writer.ts';
import { freshDatabase, type FreshDatabase } from '#tests/support/database.ts';

/** Letters nobody types by chance. */
const letters = [...'ÆØÞÐŁĦŦŊÅÑÇŞĐĀĒĪŌŪ'];

export class Scene {
  readonly databaseUrl: string;
  readonly articleId: string;
  readonly people: readonly { userId: string; cookie: string }[];
  readonly writers: Writer[] = [];
  /** Receipts of tabs that were closed. */
  private readonly before: Writer['receipts'] = [];
  private left = 0;
  private readonly drop: () => Promise<void>;

  private constructor(
    database: FreshDatabase,
    articleId: string,
    people: readonly { userId: string; cookie: string }[],
  ) {
    this.databaseUrl = database.url;
    this.drop = () => database.drop();
    this.articleId = articleId;
    this.people = people;
  }

  /** Makes an article and so many editors, on a database of its own unless one is given. */
  static async open(count: number, given?: FreshDatabase): Promise<Scene> {
    const database = given ?? (await freshDatabase());
    const house = await liveServer({ PUBLIC_URL: publicUrl }, database);
    const people: { userId: string; cookie: string }[] = [];
    for (let n = 0; n < count; n++) {
      const userId = await house.person(`Writer${n}`, 'editor');
      people.push({ userId, cookie: await house.cookie(userId) });
    }
    const articleId = await house.article();
    await house.end();
    return new Scene(database, articleId, people);
  }

  /** Everybody opens the article, each beginning at another node. */
  async sitDown(nodes: readonly NodeProcess[]): Promise<void> {
    for (const n of this.people.keys()) this.writers.push(this.newWriter(nodes, n));
    await until(
      () => this.writers.every((writer) => writer.isReady),
      45_000,
      'not everybody got in',
    );
  }

  private newWriter(nodes: readonly NodeProcess[], n: number): Writer {
    const person = this.people[n];
    if (!person) throw new RangeError('There are not so many people.');
    return new Writer({
      ...person,
      articleId: this.articleId,
      nodes: nodes.map(({ url }) => url),
      letter: letters[n] ?? '?',
      seed: n + this.left * 100,
    });
  }

  type(perSecond: number): void {
    for (const writer of this.writers) writer.start(perSecond);
  }

  stopTyping(): void {
    for (const writer of this.writers) writer.stop();
  }

  get receipts(): number {
    return this.writers.reduce((sum, writer) => sum + writer.receipts.length, 0);
  }

  /** Waits for so many more receipts. */
  async work(receipts: number, ms = 45_000): Promise<void> {
    const aim = this.receipts + receipts;
    await until(() => this.receipts >= aim, ms, `only ${this.receipts} of ${aim} receipts came`);
  }

  /** Stops typing and waits until everybody has sent everything and sees the end of the log. */
  async settle(ms = 45_000): Promise<void> {
    this.stopTyping();
    await until(() => this.writers.every(({ unsent }) => unsent === 0), ms, 'something is unsent');
    const head = Math.max(...this.writers.map(({ rev }) => rev));
    await until(() => this.writers.every(({ rev }) => rev >= head), ms, 'somebody is behind');
  }

  async evidence(): Promise<Evidence> {
    const database = openDatabase(this.databaseUrl);
    const store = new PrismaStore(database);
    try {
      const opened = await store.open(this.articleId, 0);
      if (!opened) throw new Error('The article is gone.');
      return {
        opening: reviewFromJson(opened.snapshot),
        log: await store.commits(this.articleId, 0, 1_000_000),
        views: this.writers.map(({ userId, rev, doc }) => ({ who: userId, rev, doc })),
        receipts: [...this.before, ...this.writers.flatMap(({ receipts }) => receipts)],
        typed: this.writers.map(({ letter, typed }) => ({ letter, times: typed })),
      };
    } finally {
      await store.close();
    }
  }

  /** Somebody closes their tab once all is sent, and opens the article anew. */
  async leaveAndReturn(nodes: readonly NodeProcess[]): Promise<void> {
    const n = this.left++ % this.people.length;
    const gone = this.writers[n];
    if (!gone || gone.unsent > 0) return;
    gone.close();
    this.before.push(...gone.receipts);
    const writer = this.newWriter(nodes, n);
    this.writers[n] = writer;
    await until(() => writer.isReady, 45_000, 'somebody did not get in again');
    writer.session.setMode('edit');
  }

  /** Every broken promise. */
  async faults(evidence?: Evidence): Promise<string[]> {
    const trouble = this.writers.flatMap((writer) =>
      writer.trouble.map((code) => `${writer.userId} was refused for good: ${code}`),
    );
    return [...trouble, ...faultsIn(evidence ?? (await this.evidence()))];
  }

  async end(): Promise<void> {
    for (const writer of this.writers) writer.close();
    await this.drop();
  }
}

export async function until(look: () => boolean, ms: number, otherwise: string): Promise<void> {
  const end = performance.now() + ms;
  while (!look()) {
    if (performance.now() > end) throw new Error(`After ${ms} ms ${otherwise}.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
