// The driver of Galley.
import { io } from 'socket.io-client';
import { reviewFromJson } from '#core/sync/review.ts';
import type { Joined } from '#core/sync/protocol.ts';
import type { Client, Driver, Place, Setup } from './driver.ts';
import { GalleyLight } from './galley-light.ts';
import { GalleyWhole } from './galley-whole.ts';

export class GalleyDriver implements Driver {
  private readonly setup: Setup;

  constructor(setup: Setup) {
    this.setup = setup;
  }

  join(place: Place): Client {
    return place.whole ? new GalleyWhole(this.setup, place) : new GalleyLight(this.setup, place);
  }

  async textNow(articleId: string): Promise<string> {
    const { url, origin, cookies } = this.setup;
    const socket = io(url, {
      transports: ['websocket'],
      forceNew: true,
      extraHeaders: { cookie: cookies.at(-1) ?? '', origin },
    });
    try {
      const clientId = `newcomer-${articleId}`;
      const joined = (await socket
        .timeout(20_000)
        .emitWithAck('article:join', { articleId, clientId })) as Joined;
      if (!joined.review) throw new Error('The newcomer was not let in.');
      return reviewFromJson(joined.review).doc.textContent;
    } finally {
      socket.disconnect();
    }
  }
}
