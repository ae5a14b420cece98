/** Where requests may come from. */

/** True when a request with this Origin may change something or open a socket. One without an Origin is no browser page of ours. */
export const fromUs = (origins: readonly string[], origin: string | undefined): boolean =>
  origin !== undefined && origins.includes(origin);
