// From UTF-16, Latin-1 and Windows-1252 to UTF-8, piece by piece: what arrives is kept in a buffer until it has been written on.

import type { Allocator } from "@millpond/core";

/** How text is encoded. */
export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "latin1" | "windows-1252";

const LATIN1: Uint16Array = Uint16Array.from({ length: 256 }, (_, byte) => byte);
/** By byte: the character, which is that of Latin-1 but for 27 of its control characters. */
export const WINDOWS_1252: Uint16Array = LATIN1.slice();
Array.from("€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ").forEach((letter, index) => {
  WINDOWS_1252[0x80 + index] = letter.charCodeAt(0);
});

const STAGED_BYTES = 64 * 1024;
// A pair of surrogates becomes four bytes, anything else at most three.
const MOST_BYTES = 4;
const NOTHING = new Uint8Array(0);
const REPLACEMENT = 0xfffd;
// No byte of UTF-8.
const NO_UTF8 = 0xff;

/** Turns the bytes of one encoding into UTF-8. @internal */
export class Transcoder {
  readonly #pool: Allocator;
  readonly #encoding: Encoding;
  // What is no text becomes U+FFFD, or bytes that are not UTF-8, so that whoever validates finds it.
  readonly #replace: boolean;
  #staged: Uint8Array = NOTHING;
  #at = 0;
  #filled = 0;
  /** True when no more bytes will arrive. */
  ended = false;

  constructor(pool: Allocator, encoding: Encoding, replace: boolean) {
    this.#pool = pool;
    this.#encoding = encoding;
    this.#replace = replace;
  }

  /** Where bytes are to be put next. */
  room(): Uint8Array {
    if (this.#staged === NOTHING) this.#staged = this.#pool.acquireUnsafe(Uint8Array, STAGED_BYTES);
    this.#staged.copyWithin(0, this.#at, this.#filled);
    this.#filled -= this.#at;
    this.#at = 0;
    return this.#staged.subarray(this.#filled);
  }

  /** Takes the first bytes, which were read to somewhere else. */
  feed(bytes: Uint8Array): void {
    this.#staged = this.#pool.acquireUnsafe(Uint8Array, Math.max(STAGED_BYTES, 2 * bytes.length));
    this.#staged.set(bytes);
    this.#filled = bytes.length;
  }

  /** Says how many bytes were put there; 0 when there are no more. */
  accept(bytes: number): void {
    this.#filled += bytes;
    if (bytes === 0) this.ended = true;
  }

  /** Writes as much as there is and fits, and says how many bytes that were. `target` has room for four. */
  write(target: Uint8Array): number {
    if (this.#encoding === "latin1") return this.#writeBytes(target, LATIN1);
    return this.#encoding === "windows-1252"
      ? this.#writeBytes(target, WINDOWS_1252)
      : this.#writeUtf16(target);
  }

  // A character a byte.
  #writeBytes(target: Uint8Array, points: Uint16Array): number {
    const last = target.length - MOST_BYTES;
    let to = 0;
    let at = this.#at;
    for (; at < this.#filled && to <= last; at++) to = encodePoint(points[this.#staged[at]], target, to);
    this.#at = at;
    return to;
  }

  #writeUtf16(target: Uint8Array): number {
    const last = target.length - MOST_BYTES;
    let to = 0;
    while (this.#at < this.#filled && to <= last) {
      const point = this.#nextPoint();
      if (point === undefined) break;
      to = point < 0 ? this.#writeNoText(target, to) : encodePoint(point, target, to);
    }
    return to;
  }

  // The next code point, -1 for what is none, undefined where its end has not arrived yet.
  #nextPoint(): number | undefined {
    const left = this.#filled - this.#at;
    if (left < 2) return this.#lastByte();
    const unit = this.#unit(this.#at);
    if (unit < 0xd800 || unit > 0xdfff) {
      this.#at += 2;
      return unit;
    }
    if (left < 4 && !this.ended) return undefined;
    const next = unit < 0xdc00 && left >= 4 ? this.#unit(this.#at + 2) : 0;
    const paired = next >= 0xdc00 && next <= 0xdfff;
    this.#at += paired ? 4 : 2;
    return paired ? 0x10000 + ((unit - 0xd800) << 10) + next - 0xdc00 : -1;
  }

  // Half of a unit is no text, unless the other half is still to come.
  #lastByte(): number | undefined {
    if (!this.ended) return undefined;
    this.#at++;
    return -1;
  }

  #unit(at: number): number {
    const first = this.#staged[at];
    const second = this.#staged[at + 1];
    return this.#encoding === "utf-16le" ? first | (second << 8) : second | (first << 8);
  }

  #writeNoText(target: Uint8Array, to: number): number {
    if (this.#replace) return encodePoint(REPLACEMENT, target, to);
    target[to] = NO_UTF8;
    return to + 1;
  }

  /** Gives the memory back. */
  release(): void {
    const staged = this.#staged;
    this.#staged = NOTHING;
    if (staged !== NOTHING) this.#pool.release(staged);
  }
}

// Writes a code point that is no surrogate, and returns where it ends.
function encodePoint(point: number, target: Uint8Array, to: number): number {
  if (point < 0x80) {
    target[to] = point;
    return to + 1;
  }
  let at = to;
  if (point < 0x800) target[at++] = 0xc0 | (point >> 6);
  else {
    if (point < 0x10000) target[at++] = 0xe0 | (point >> 12);
    else {
      target[at++] = 0xf0 | (point >> 18);
      target[at++] = 0x80 | ((point >> 12) & 0x3f);
    }
    target[at++] = 0x80 | ((point >> 6) & 0x3f);
  }
  target[at++] = 0x80 | (point & 0x3f);
  return at;
}
