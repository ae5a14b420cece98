/** Everything a request needs, made once for a server and handed down; nothing is global, so two servers fit in one process. */
import type { Person } from '#core/annotate/annotation.ts';
import type { Assets } from '#server/store/assets.ts';
import type { Auth } from '#server/auth/auth.ts';
import type { Standings } from '#server/auth/standing.ts';
import type { Config } from '#server/config.ts';
import type { Converter } from '#server/convert/converter.ts';
import type { Logger } from '#server/log.ts';
import type { Meter } from '#server/metrics.ts';
import type { Notices } from '#server/store/notices.ts';
import type { Claims } from '#server/store/claims.ts';
import type { Desk } from '#server/store/desk.ts';
import type { Rooms } from '#server/review/rooms.ts';
import type { Accounts } from '#server/store/accounts.ts';
import type { Links } from '#server/store/links.ts';
import type { Parcels } from '#server/store/parcels.ts';
import type { People } from '#server/store/people.ts';
import type { Sendings } from '#server/store/sendings.ts';
import type { Store } from '#server/store/store.ts';
import type { Versions } from '#server/store/versions.ts';

/** Whether the server can work. */
export interface Health {
  /** False when the database did not answer just now. */
  databaseAnswers(): Promise<boolean>;
  /** What is in the way, as sentences; none when it can work. */
  complaints(): Promise<string[]>;
}

export interface Context {
  config: Config;
  /** The origins a browser may come from; the first is the address people are told. */
  origins: readonly string[];
  log: Logger;
  store: Store;
  assets: Assets;
  claims: Claims;
  desk: Desk;
  sendings: Sendings;
  parcels: Parcels;
  versions: Versions;
  accounts: Accounts;
  people: People;
  links: Links;
  auth: Auth;
  rooms: Rooms;
  /** Reads files and writes copies, beside the server. */
  converter: Converter;
  /** The line to the other nodes on this database. */
  notices: Notices;
  meter: Meter;
  health: Health;
  standings: Standings;
  /** Who is in an article just now. */
  activeIn(articleId: string): Person[];
  /** Runs something that only one node at a time may do. */
  inTurn<T>(act: () => Promise<T>): Promise<T>;
  /** How many nodes work on this database, as far as this one has heard. */
  nodes(): number;
  /** Looks again whether every live connection's session still stands; call it when one has ended. */
  recheckSessions(): void;
  /** True once the server is stopping: it is not ready any more. */
  stopping(): boolean;
  now(): string;
  newId(): string;
}
