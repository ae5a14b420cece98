// Somebody who opens an article and then takes nothing of what is sent, while another writes far more than a wire holds.
import { io, type Socket } from 'socket.io-client';
import { publicUrl, type NodeProcess } from '#tests/nodes/node-process.ts';
import { until, type Scene } from '#tests/nodes/scene.ts';
import { comment } from '#tests/server/live-server.ts';

/** Notes of a commit, and commits: twelve megabytes, more than the buffers of the machine take in on the way. */
const notes = 10;
const commits = 60;
const words = 'word '.repeat(4000);

async function open({ url }: NodeProcess, cookie: string): Promise<Socket> {
  const socket = io(url, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: { cookie, origin: publicUrl },
  });
  await until(() => socket.connected, 45_000, 'somebody was not let in');
  return socket;
}

export interface SlowlyRead {
  /** Commits that reached the slow reader once they took what was sent. */
  received: number;
  /** Why they were told to load again. */
  why: string[];
  /** How many the others had. */
  written: number;
}

/** Lets one person take nothing while another writes and a third reads; then lets them take what was kept for them. */
export async function readSlowly(scene: Scene, node: NodeProcess): Promise<SlowlyRead> {
  const { articleId } = scene;
  const [writer, other, slow] = await Promise.all(
    scene.people.slice(0, 3).map(({ cookie }) => open(node, cookie)),
  );
  if (!writer || !other || !slow) throw new RangeError('Three people are needed.');
  const told = { received: 0, other: 0, why: [] as string[] };
  try {
    for (const [n, socket] of [writer, other, slow].entries())
      await socket.emitWithAck('article:join', { articleId, clientId: `client-of-${n}` });
    slow.on('article:commits', (frame: { commits: unknown[] }) => {
      told.received += frame.commits.length;
    });
    slow.on('article:resync', (frame: { why: string }) => told.why.push(frame.why));
    other.on('article:commits', (frame: { commits: unknown[] }) => {
      told.other += frame.commits.length;
    });
    // The socket under the client's websocket: paused, it lets nothing through.
    const { ws } = slow.io.engine.transport as unknown as {
      ws: { _socket: { pause(): void; resume(): void } };
    };
    ws._socket.pause();
    for (let n = 0; n < commits; n++) {
      const ops = Array.from({ length: notes }, (_, i) => comment(`c${n}-${i}`, words));
      const commit = {
        clientId: 'client-of-0',
        seq: n + 1,
        base: n,
        intent: 'annotate',
        steps: [],
      };
      const asked = { articleId, commit: { ...commit, ops } };
      let answer: { ok: boolean; retryMs?: number };
      for (;;) {
        answer = (await writer.emitWithAck('article:commit', asked)) as typeof answer;
        if (answer.retryMs === undefined) break;
        await new Promise((resolve) => setTimeout(resolve, answer.retryMs));
      }
      if (!answer.ok) throw new Error(`A commit was refused: ${JSON.stringify(answer)}`);
    }
    await until(() => told.other === commits, 45_000, 'the other reader has not everything');
    ws._socket.resume();
    await until(
      () => told.why.length > 0 || told.received === commits,
      45_000,
      'the slow reader was neither sent everything nor told to load again',
    );
    return { received: told.received, why: told.why, written: commits };
  } finally {
    for (const socket of [writer, other, slow]) socket.disconnect();
  }
}
