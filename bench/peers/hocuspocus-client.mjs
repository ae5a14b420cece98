// Somebody who writes through Hocuspocus: its protocol on a plain socket, with Yjs and nothing between it and the text. Whole clients
// take in every change; light ones write in a document of their own, as one does who is offline but is heard, and only note what came.
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import { writeSyncStep1, writeUpdate } from 'y-protocols/sync';
import * as Y from 'yjs';

const [sync, auth, syncReply, syncStatus] = [0, 2, 4, 8];
/** Keystrokes are gathered as long as Galley's clients gather them. */
const flushEvery = 50;
const letterOf = (n) => String.fromCharCode(0x4e00 + n);

const paragraphsOf = (doc) => doc.getXmlFragment('prosemirror').toArray();
const textOf = (doc) =>
  paragraphsOf(doc)
    .map((block) => block.get(0).toString())
    .join('');

class Client {
  constructor(setup, place) {
    this.setup = setup;
    this.place = place;
    this.wayMs = setup.roundTrip / 2;
    this.doc = new Y.Doc();
    this.faults = [];
    this.refused = 0;
    this.keys = [];
    this.unsaved = [];
    this.flying = 0;
    this.taken = 0;
    this.lastSent = -Infinity;
    this.timer = null;
    this.synced = false;
    this.socket = new WebSocket(setup.url.replace('http', 'ws'), { perMessageDeflate: false });
    this.socket.binaryType = 'nodebuffer';
    this.socket.on('close', () => this.closed || this.faults.push('Lost its line.'));
    this.doc.on('update', (update, origin) => {
      if (origin !== 'remote') this.post(update);
    });
    this.ready = new Promise((resolve, reject) => {
      this.isIn = resolve;
      this.socket.on('error', reject);
      this.socket.on('open', () => {
        this.send((to) => {
          encoding.writeVarUint(to, auth);
          encoding.writeVarUint(to, 0);
          encoding.writeVarString(to, '');
        });
        this.send((to) => {
          encoding.writeVarUint(to, sync);
          writeSyncStep1(to, this.doc);
        });
      });
    });
    this.socket.on('message', (data) => this.later(() => this.hear(data)));
  }

  /** Changes made and taken in. */
  get head() {
    return this.taken;
  }

  get waiting() {
    return this.keys.length + this.flying;
  }

  later(act) {
    if (this.wayMs > 0) setTimeout(() => act(), this.wayMs);
    else act();
  }

  send(write) {
    const to = encoding.createEncoder();
    encoding.writeVarString(to, this.place.article);
    write(to);
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(encoding.toUint8Array(to));
  }

  type(key) {
    this.keys.push(key);
    if (this.timer) return;
    const wait = Math.max(0, this.lastSent + flushEvery - performance.now());
    this.timer = setTimeout(() => {
      this.timer = null;
      this.write();
    }, wait);
  }

  write() {
    const keys = this.keys.splice(0);
    this.lastSent = performance.now();
    this.flying += keys.length;
    this.unsaved.push(keys.length);
    this.taken++;
    const clock = Y.getState(this.doc.store, this.doc.clientID);
    this.setup.tracker.sent(`${this.doc.clientID} ${clock}`, keys, this.place.others);
    const { n, paragraph, offset } = this.place;
    const text = paragraphsOf(this.doc)[paragraph + 1].get(0);
    this.at = this.caret
      ? Y.createAbsolutePositionFromRelativePosition(this.caret, this.doc).index
      : offset;
    text.insert(this.at, letterOf(n).repeat(keys.length));
    this.caret = Y.createRelativePositionFromTypeIndex(text, this.at + keys.length, -1);
  }

  post(update) {
    this.later(() =>
      this.send((to) => {
        encoding.writeVarUint(to, sync);
        writeUpdate(to, update);
      }),
    );
  }

  hear(data) {
    const from = decoding.createDecoder(new Uint8Array(data.buffer, data.byteOffset, data.length));
    decoding.readVarString(from);
    const type = decoding.readVarUint(from);
    if (type === syncStatus) {
      if (decoding.readVarUint(from) === 1) this.flying -= this.unsaved.shift() ?? 0;
      else this.faults.push('A change was not taken.');
      return;
    }
    if (type !== sync && type !== syncReply) return;
    const message = decoding.readVarUint(from);
    const update = message === 0 ? null : decoding.readVarUint8Array(from);
    if (message === 1 && update) {
      Y.applyUpdate(this.doc, update, 'remote');
      if (!this.synced && paragraphsOf(this.doc).length > 0) {
        this.synced = true;
        this.isIn();
      }
    } else if (message === 2 && update) this.take(update);
  }

  /** One change of somebody: its client and clock stand at its beginning. */
  take(update) {
    const at = decoding.createDecoder(update);
    decoding.readVarUint(at);
    decoding.readVarUint(at);
    const client = decoding.readVarUint(at);
    const clock = decoding.readVarUint(at);
    if (client === this.doc.clientID) return;
    if (this.place.whole) Y.applyUpdate(this.doc, update, 'remote');
    this.taken++;
    this.setup.tracker.arrived(this.setup.tracker.find(`${client} ${clock}`));
  }

  text() {
    return this.place.whole ? textOf(this.doc) : null;
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
    this.socket.close();
    this.doc.destroy();
  }
}

export function makeDriver(setup) {
  const join = (place) => new Client(setup, place);
  return {
    join,
    async textNow(article) {
      const place = { article, whole: true, n: 0, paragraph: 0, offset: 0, others: 0 };
      const newcomer = join(place);
      await newcomer.ready;
      const text = newcomer.text();
      newcomer.close();
      return text;
    },
  };
}
