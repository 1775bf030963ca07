// A cache of short strings by their bytes, so that a key that is there a million times is decoded once and is one string.
// Fixed in size: a string that meets another in its slot takes its place.

const SLOTS = 4096;
const LONGEST = 32;

/** Strings that were decoded before. Only plain ASCII comes in here. */
export class StringCache {
  readonly #slots: string[] = Array.from({ length: SLOTS }, () => "");

  /** The string of the bytes from `from` to `to`, made by `decode` where it is not known. */
  take(
    bytes: Uint8Array,
    from: number,
    to: number,
    decode: (bytes: Uint8Array, from: number, to: number) => string,
  ): string {
    const length = to - from;
    if (length > LONGEST) return decode(bytes, from, to);
    let hash = length;
    for (let at = from; at < to; at++) hash = (Math.imul(hash, 31) + bytes[at]) | 0;
    const slot = (hash ^ (hash >>> 12)) & (SLOTS - 1);
    const known = this.#slots[slot];
    if (known.length === length && matches(bytes, from, known)) return known;
    const text = decode(bytes, from, to);
    this.#slots[slot] = text;
    return text;
  }
}

function matches(bytes: Uint8Array, from: number, text: string): boolean {
  for (let place = 0; place < text.length; place++)
    if (bytes[from + place] !== text.charCodeAt(place)) return false;
  return true;
}
