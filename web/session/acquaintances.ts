/** People who came to the house after an article was loaded: their names are learnt from who is seen in it. */
import type { Person } from '#core/annotate/annotation.ts';
import type { Review } from '#core/sync/review.ts';

type People = Review['people'];

export class Acquaintances {
  readonly #met = new Map<string, Person>();
  #known: People | null = null;
  #all: People = new Map();
  #of: Review | null = null;
  #named: Review | null = null;

  meet(people: readonly Person[]): void {
    for (const person of people) {
      if (this.#met.has(person.id)) continue;
      this.#met.set(person.id, person);
      this.#known = null;
      this.#of = null;
    }
  }

  /** The review with the names of everybody met; the same object for the same review, so that nothing is drawn anew. */
  name(review: Review): Review {
    if (this.#of === review && this.#named) return this.#named;
    if (this.#known !== review.people) {
      this.#known = review.people;
      const isNew = [...this.#met.keys()].some((id) => !review.people.has(id));
      this.#all = isNew ? new Map([...this.#met, ...review.people]) : review.people;
    }
    this.#of = review;
    this.#named = this.#all === review.people ? review : { ...review, people: this.#all };
    return this.#named;
  }
}
