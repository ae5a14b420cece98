// What a bench of people at work needs of a system: clients that type and tell when a change has come to them. One file per
// system keeps to this, so that all of them are loaded and measured by the same code.

/** One keystroke, and when it was to be struck. */
export interface Key {
  due: number;
  /** Struck while measuring; the others only warm up. */
  counted: boolean;
}

/** Keystrokes that travel together, and how many clients have not seen them yet. */
export interface Parcel {
  keys: readonly Key[];
  left: number;
}

export interface Tracker {
  /** So many others are to see these keys, sent under a name that nothing else has. */
  sent(name: string, keys: readonly Key[], others: number): Parcel;
  find(name: string): Parcel | undefined;
  /** One client more shows them. */
  arrived(parcel: Parcel | undefined): void;
}

/** Somebody with the article open. */
export interface Client {
  /** Resolves when the client may type. */
  readonly ready: Promise<void>;
  /** Strikes its letter at its place. */
  type(key: Key): void;
  /** Keystrokes of its own that are not confirmed. */
  readonly waiting: number;
  /** Commits that the server sent back: each went again, rebased. */
  readonly refused: number;
  /** How far it has come; all clients of an article end at the same. */
  readonly head: number | string;
  /** The text of the whole article, when this client holds it. */
  text(): string | null;
  /** What it saw that must not be, in sentences. */
  readonly faults: readonly string[];
  close(): void;
}

export interface Place {
  article: string;
  /** Which client of the whole run it is: its identity and its letter. */
  n: number;
  /** The paragraph it writes in, and after how many letters of it. */
  paragraph: number;
  offset: number;
  /** Clients in the same article beside this one. */
  others: number;
  /** The whole client of the system, with its document; else one that carries its own place only. */
  whole: boolean;
  writes: boolean;
}

/** What drivers are made with. */
export interface Setup {
  url: string;
  /** Milliseconds there and back that are added on the way; half of them each way. */
  roundTrip: number;
  /** What each client signs in with, by its number; empty where nobody signs in. */
  cookies: readonly string[];
  origin: string;
  headline: string;
  paragraphs: readonly string[];
  tracker: Tracker;
  /** Of socket.io-client: reads a frame once for all clients of this process. */
  parser: object;
}

export interface Driver {
  join(place: Place): Client;
  /** The text as somebody is given it who comes now. */
  textNow(article: string): Promise<string>;
}

/** The letter a client types, found nowhere else. */
export const letterOf = (n: number): string => String.fromCharCode(0x4e00 + n);

/** Runs `act` after so many milliseconds, at once when there are none. Equal delays keep their order. */
export function after(ms: number, act: () => void): void {
  if (ms > 0) setTimeout(act, ms);
  else act();
}
