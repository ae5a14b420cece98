// Somebody who writes through plain prosemirror-collab. Whole clients are an editor's state with the plugin; light ones carry their
// place over what came, and keep what is unsent as one insertion.
import { collab, getVersion, receiveTransaction, sendableSteps } from 'prosemirror-collab';
import { Node } from 'prosemirror-model';
import { EditorState, TextSelection } from 'prosemirror-state';
import { Step } from 'prosemirror-transform';
import { io } from 'socket.io-client';
import { schema } from './schema.mjs';

const flushEvery = 50;
const letterOf = (n) => String.fromCharCode(0x4e00 + n);

/** The keys of every attempt that is on its way, by its name. */
const attempts = new Map();

class Client {
  constructor(setup, place) {
    this.setup = setup;
    this.place = place;
    this.wayMs = setup.roundTrip / 2;
    this.client = `c${place.n}-${place.article}`;
    this.faults = [];
    this.refused = 0;
    this.version = -1;
    this.early = [];
    this.keys = [];
    /** Keys that are sent and not confirmed. */
    this.flying = [];
    this.lastSent = -Infinity;
    this.timer = null;
    this.asking = false;
    this.attempt = '';
    this.count = 0;
    this.accepted = false;
    this.echoed = false;
    this.behind = false;
    this.socket = io(setup.url, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      parser: setup.parser,
    });
    this.socket.on('disconnect', (why) => {
      if (why !== 'io client disconnect') this.faults.push(`Lost its line: ${why}.`);
    });
    this.socket.on('steps', (sent) => this.later(() => this.take(sent)));
    this.ready = new Promise((resolve, reject) => {
      this.socket.once('connect_error', reject);
      this.socket.once('connect', () =>
        this.socket.emit('join', place.article, ({ version, doc }) => {
          this.begin(version, doc);
          for (const sent of this.early.splice(0)) this.take(sent);
          resolve();
        }),
      );
    });
  }

  get head() {
    return this.version;
  }

  get waiting() {
    return this.keys.length + this.flying.length;
  }

  later(act) {
    if (this.wayMs > 0) setTimeout(() => act(), this.wayMs);
    else act();
  }

  begin(version, json) {
    this.version = version;
    const doc = Node.fromJSON(schema, json);
    let pos = doc.child(0).nodeSize;
    for (let p = 1; p <= this.place.paragraph; p++) pos += doc.child(p).nodeSize;
    this.pos = pos + 1 + this.place.offset;
    if (!this.place.whole) return;
    const selection = TextSelection.create(doc, this.pos);
    const plugins = [collab({ version, clientID: this.client })];
    this.state = EditorState.create({ doc, plugins, selection });
  }

  type(key) {
    this.keys.push(key);
    if (this.place.whole)
      this.state = this.state.apply(this.state.tr.insertText(letterOf(this.place.n)));
    this.plan();
  }

  plan() {
    if (this.timer || this.asking || this.waiting === 0) return;
    const wait = Math.max(0, this.lastSent + flushEvery - performance.now());
    this.timer = setTimeout(() => {
      this.timer = null;
      this.send();
    }, wait);
  }

  steps() {
    if (this.place.whole) return sendableSteps(this.state).steps.map((step) => step.toJSON());
    const text = letterOf(this.place.n).repeat(this.flying.length);
    const content = [{ type: 'text', text }];
    return [{ stepType: 'replace', from: this.pos, to: this.pos, slice: { content } }];
  }

  /** Everything that is unsent goes with every attempt, as the plugin does it. */
  send() {
    if (this.asking || this.waiting === 0) return;
    this.lastSent = performance.now();
    const keys = [...this.flying, ...this.keys.splice(0)];
    const name = `${this.client} ${++this.count}`;
    this.flying = keys;
    const { version } = this;
    const sent = { version, client: name, steps: this.steps() };
    this.asking = true;
    attempts.delete(this.attempt);
    attempts.set(name, keys);
    this.attempt = name;
    this.later(() =>
      this.socket.emit('steps', this.place.article, sent, (answer) =>
        this.later(() => this.answered(answer, version)),
      ),
    );
  }

  answered({ ok }, version) {
    if (ok) {
      this.accepted = true;
      this.confirm();
      return;
    }
    this.refused++;
    this.asking = false;
    // Whoever is behind waits for what came before; whoever has it already tries at once.
    this.behind = this.version === version;
    if (!this.behind) this.send();
  }

  take({ version, client, steps }) {
    if (this.version < 0) {
      this.early.push({ version, client, steps });
      return;
    }
    if (version < this.version) return;
    if (version > this.version) this.faults.push(`Version ${version} came after ${this.version}.`);
    this.version = version + steps.length;
    const isOwn = client === this.attempt;
    if (this.place.whole) {
      const read = steps.map((json) => Step.fromJSON(schema, json));
      const ids = steps.map(() => (isOwn ? this.client : client));
      const tr = receiveTransaction(this.state, read, ids, { mapSelectionBackward: false });
      this.state = this.state.apply(tr);
      if (getVersion(this.state) !== this.version) this.faults.push('The plugin lost its count.');
    } else
      for (const { from, slice } of steps) {
        const { length } = slice.content[0].text;
        if (isOwn) this.pos = from + length;
        else if (from <= this.pos) this.pos += length;
      }
    if (isOwn) {
      this.echoed = true;
      this.confirm();
      return;
    }
    this.setup.tracker.arrived(this.parcelOf(client));
    if (this.behind) {
      this.behind = false;
      this.send();
    }
  }

  /** What was accepted under this name. Attempts that are refused never travel, so it is made by whoever hears of it first. */
  parcelOf(name) {
    const { tracker } = this.setup;
    const known = tracker.find(name);
    if (known) return known;
    const keys = attempts.get(name) ?? [];
    attempts.delete(name);
    return tracker.sent(name, keys, this.place.others);
  }

  /** Done when the receipt and the echo are both here. */
  confirm() {
    if (!this.accepted || !this.echoed) return;
    this.accepted = false;
    this.echoed = false;
    this.asking = false;
    this.flying = [];
    this.plan();
  }

  text() {
    return this.place.whole ? this.state.doc.textContent : null;
  }

  close() {
    clearTimeout(this.timer);
    this.socket.disconnect();
  }
}

export function makeDriver(setup) {
  const join = (place) => new Client(setup, place);
  return {
    join,
    async textNow(article) {
      const newcomer = join({ article, whole: true, n: 9999, paragraph: 0, offset: 0, others: 0 });
      await newcomer.ready;
      const text = newcomer.text();
      newcomer.close();
      return text;
    },
  };
}
