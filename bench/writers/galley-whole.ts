// Somebody who writes in Galley with all that a browser's tab has but the screen: the session of web/session with its document,
// its undo history and its caret, which is told to the others.
import { TextSelection } from 'prosemirror-state';
import { io, type Socket } from 'socket.io-client';
import type { AskedCommit } from '#core/sync/commit.ts';
import type { ClientEvents, ServerEvents } from '#core/sync/protocol.ts';
import { ArticleSession } from '#web/session/article-session.ts';
import { connectTo, lineOptions, type Connection } from '#web/session/connection.ts';
import { after, letterOf, type Client, type Key, type Place, type Setup } from './driver.ts';
import { positionOf } from './text.ts';

const readyWithin = 60_000;

export class GalleyWhole implements Client {
  readonly ready: Promise<void>;
  readonly faults: string[] = [];
  refused = 0;
  private readonly session: ArticleSession;
  private readonly socket: Socket<ServerEvents, ClientEvents>;
  private readonly setup: Setup;
  private readonly place: Place;
  private keys: Key[] = [];
  private counted = 0;

  constructor(setup: Setup, place: Place) {
    this.setup = setup;
    this.place = place;
    this.socket = io(setup.url, {
      ...lineOptions,
      forceNew: true,
      extraHeaders: { cookie: setup.cookies[place.n] ?? '', origin: setup.origin },
    });
    const line = this.slowed(connectTo(place.article, this.socket));
    let ids = 0;
    this.session = ArticleSession.open(place.article, {
      connect: () => line,
      device: null,
      id: () => `whole-${place.n}-${(ids++).toString().padStart(6, '0')}`,
    });
    this.ready = this.begin();
  }

  get head(): number {
    return this.session.getSnapshot().review.rev;
  }

  get waiting(): number {
    const { connection } = this.session.getSnapshot();
    return 'unsent' in connection ? connection.unsent : 1;
  }

  type(key: Key): void {
    this.keys.push(key);
    const { state } = this.session;
    this.session.dispatch(state.tr.insertText(letterOf(this.place.n)));
  }

  text(): string {
    return this.session.state.doc.textContent;
  }

  close(): void {
    this.session.close();
    this.socket.disconnect();
  }

  private async begin(): Promise<void> {
    const end = performance.now() + readyWithin;
    while (this.session.getSnapshot().phase !== 'ready') {
      if (performance.now() > end) throw new Error('A whole client did not get in.');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    if (!this.place.writes) return;
    this.session.setMode('edit');
    const { state } = this.session;
    const pos = positionOf(this.place);
    this.session.dispatch(state.tr.setSelection(TextSelection.create(state.doc, pos)));
  }

  /** The line with the delay on it, watched for what is sent and what comes. */
  private slowed(line: Connection): Connection {
    const wayMs = this.setup.roundTrip / 2;
    const wait = (): Promise<void> => new Promise((resolve) => after(wayMs, resolve));
    const { tracker } = this.setup;
    return {
      ...line,
      get connected() {
        return line.connected;
      },
      open: (events) =>
        line.open({
          ...events,
          commits: (commits) =>
            after(wayMs, () => {
              events.commits(commits);
              for (const { clientId, seq, userId } of commits)
                if (userId !== this.userId) tracker.arrived(tracker.find(`${clientId} ${seq}`));
            }),
        }),
      commit: async (commit) => {
        this.register(commit);
        await wait();
        const answer = await line.commit(commit);
        await wait();
        if (answer && !answer.ok) {
          this.refused++;
          if (!answer.retryable) this.faults.push(`Refused for good: ${answer.code}.`);
        }
        return answer;
      },
    };
  }

  private get userId(): string {
    return `writer-${this.place.n}`;
  }

  private register(commit: AskedCommit): void {
    if (commit.seq <= this.counted) return;
    this.counted = commit.seq;
    const letters = JSON.stringify(commit.steps).split(letterOf(this.place.n)).length - 1;
    const keys = this.keys.splice(0, letters);
    this.setup.tracker.sent(`${commit.clientId} ${commit.seq}`, keys, this.place.others);
  }
}
