// Decoded strings that are likely to be asked for again, by id: a fixed number of places, the newest wins.
const NO_ID = -1;
// Long strings would make the cache heavy; they are decoded each time.
const MOST_BYTES = 256;

export class DecodeCache {
  readonly #ids: Float64Array;
  readonly #texts: (string | undefined)[];
  readonly #mask: number;
  #used = false;

  /** `places` is a power of two. */
  constructor(places: number) {
    this.#ids = new Float64Array(places).fill(NO_ID);
    this.#texts = Array.from({ length: places }, () => undefined);
    this.#mask = places - 1;
  }

  /** The text of an id, if it is known. `index` is the place of the string in its arena. */
  get(id: number, index: number): string | undefined {
    const place = index & this.#mask;
    return this.#ids[place] === id ? this.#texts[place] : undefined;
  }

  /** Remembers a text that was decoded. */
  put(id: number, index: number, text: string, bytes: number): void {
    if (bytes > MOST_BYTES) return;
    const place = index & this.#mask;
    this.#ids[place] = id;
    this.#texts[place] = text;
    this.#used = true;
  }

  /** Forgets everything. */
  clear(): void {
    if (!this.#used) return;
    this.#ids.fill(NO_ID);
    this.#texts.fill(undefined);
    this.#used = false;
  }
}
