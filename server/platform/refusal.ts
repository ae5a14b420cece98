// A start that cannot go on for a reason the person at the keyboard can change.
// The entry file prints the message alone (no stack) and leaves with exit code 1.

/** The message is a whole sentence: what is wrong and what to do. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
