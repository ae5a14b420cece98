/** Where other people's carets are in the text shown here. A peer tells them at a revision; they are carried to the confirmed
 *  revision, over the own unconfirmed steps, and from then on with every transaction. */
import { Mapping, type Mappable, type StepMap } from 'prosemirror-transform';
import type { Person } from '#core/annotate/annotation.ts';
import type { Peer } from '#core/sync/protocol.ts';

/** A caret in positions of the shown document. */
export interface Caret {
  clientId: string;
  person: Person;
  anchor: number;
  head: number;
  /** Counts the peer's own moves, so that its label can be shown anew. */
  moves: number;
}

const kept = 200;

export class Carets {
  #maps: { rev: number; maps: readonly StepMap[] }[] = [];
  #heard = new Map<string, Peer>();
  #carets = new Map<string, Caret>();

  get all(): readonly Caret[] {
    return [...this.#carets.values()];
  }

  /** Remembers what a revision did to positions, for peers that are still behind it. */
  passed(rev: number, maps: readonly StepMap[]): void {
    this.#maps.push({ rev, maps });
    if (this.#maps.length > kept) this.#maps.shift();
  }

  /** Forgets everything: the document was replaced. */
  clear(): void {
    this.#maps = [];
    this.#carets.clear();
    this.#heard.clear();
  }

  /** Carries all carets over a transaction; true when there were any. */
  map(mapping: Mappable): boolean {
    for (const [id, caret] of this.#carets)
      this.#carets.set(id, {
        ...caret,
        anchor: mapping.map(caret.anchor, -1),
        head: mapping.map(caret.head, -1),
      });
    return this.#carets.size > 0;
  }

  /** Takes the peers as the server tells them. `rev` is the confirmed revision, `own` the maps of unconfirmed steps, `size` the shown document's. */
  hear(peers: readonly Peer[], rev: number, own: readonly StepMap[], size: number): void {
    const present = new Set(peers.map((peer) => peer.clientId));
    for (const id of this.#carets.keys()) if (!present.has(id)) this.#carets.delete(id);
    for (const peer of peers) {
      const before = this.#heard.get(peer.clientId);
      this.#heard.set(peer.clientId, peer);
      if (peer.anchor === null || peer.head === null) this.#carets.delete(peer.clientId);
      else if (
        before?.at === peer.at &&
        before.anchor === peer.anchor &&
        before.head === peer.head &&
        this.#carets.has(peer.clientId)
      )
        continue;
      else this.#place(peer, peer.anchor, peer.head, rev, own, size);
    }
  }

  #place(
    peer: Peer,
    anchor: number,
    head: number,
    rev: number,
    own: readonly StepMap[],
    size: number,
  ): void {
    const mapping = new Mapping();
    for (const passed of this.#maps)
      if (passed.rev > peer.at && passed.rev <= rev)
        for (const map of passed.maps) mapping.appendMap(map);
    for (const map of own) mapping.appendMap(map);
    const clip = (pos: number): number => Math.max(0, Math.min(size, mapping.map(pos, -1)));
    this.#carets.set(peer.clientId, {
      clientId: peer.clientId,
      person: peer.person,
      anchor: clip(anchor),
      head: clip(head),
      moves: (this.#carets.get(peer.clientId)?.moves ?? 0) + 1,
    });
  }
}
