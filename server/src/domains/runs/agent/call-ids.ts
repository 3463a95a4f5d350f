/** Characters of a vendor's id that the run's own keeps: the number of its repetition fits behind it. */
const MAX_ID = 180;

/**
 * Names the calls of a run. Decisions and child runs are kept by a call's name, so two calls must never share one: some vendors count
 * their ids from the start in every answer, and a model may repeat an id on purpose, to be taken for a call that was approved.
 */
export class CallIds {
  readonly #given: Set<string>;

  constructor(given: Iterable<string> = []) {
    this.#given = new Set(given);
  }

  /** A name that was never given before: what can be read of the vendor's id, numbered when it is taken. */
  next(vendorId: string): string {
    const readable = vendorId.slice(0, MAX_ID).replace(/[^\x21-\x7e]/g, '_') || 'call';
    let id = readable;
    for (let number = 2; this.#given.has(id); number += 1) id = `${readable}~${number}`;
    this.#given.add(id);
    return id;
  }

  /** All that were given. */
  given(): string[] {
    return [...this.#given];
  }
}
