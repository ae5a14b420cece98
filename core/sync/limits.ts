/** Limits of what travels. Apart from the parsers of the wire, which a browser has no need of. */

/** Limits of one commit. */
export const maxSteps = 500;
export const maxOps = 200;
export const maxCommitBytes = 256 * 1024;
/** A client at most this many commits behind catches up by commits, else by a whole review. */
export const maxCatchUp = 500;
/** A commit whose base is older than this many steps is refused with RESYNC: the client rebases first. */
export const maxStepsBehind = 5000;
