// What was made before and will be wanted again, by name: the texts, ticks and clocks of one figure come again with the next.

/** Things by their names, of which the oldest one goes when there are too many. */
export class Kept<T> {
  readonly #most: number;
  readonly #things = new Map<string, T>();

  constructor(most: number) {
    this.#most = most;
  }

  /** What has a name, made if nothing has it yet. What cannot be made is not kept. */
  of(name: string, make: () => T): T {
    const known = this.#things.get(name);
    if (known !== undefined) return known;
    const made = make();
    // The oldest goes first, which is good enough where everything is used in turn.
    if (this.#things.size >= this.#most) this.#things.delete(this.#things.keys().next().value!);
    this.#things.set(name, made);
    return made;
  }

  /** Forgets everything. */
  clear(): void {
    this.#things.clear();
  }
}
