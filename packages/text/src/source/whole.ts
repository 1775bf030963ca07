// Readers of text that is there already.

import type { SyncReader } from "./source.ts";

const encoder = new TextEncoder();
// A character of a string takes at most three bytes.
const MOST_BYTES_PER_UNIT = 3;

/** Copies bytes. @internal */
export class BytesReader implements SyncReader {
  readonly sync = true;
  readonly byteLength: number;
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.byteLength = bytes.length;
  }

  read(target: Uint8Array): number {
    const count = Math.min(target.length, this.#bytes.length - this.#at);
    target.set(this.#bytes.subarray(this.#at, this.#at + count));
    this.#at += count;
    return count;
  }
}

/** Encodes a string piece by piece. @internal */
export class StringReader implements SyncReader {
  readonly sync = true;
  readonly byteLength: number;
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.byteLength = MOST_BYTES_PER_UNIT * text.length;
  }

  read(target: Uint8Array): number {
    const units = encodeSome(this.#text, this.#at, target);
    this.#at += units.read;
    return units.written;
  }
}

/**
 * Encodes as much of a string from `start` on as fits into `target`, which any character fits into: whole characters
 * only.
 */
export function encodeSome(
  text: string,
  start: number,
  target: Uint8Array,
): { read: number; written: number } {
  let end = Math.min(text.length, start + target.length);
  // Half of a pair would be written as U+FFFD.
  const last = text.charCodeAt(end - 1);
  if (end < text.length && last >= 0xd800 && last < 0xdc00) end--;
  return encoder.encodeInto(start === 0 && end === text.length ? text : text.slice(start, end), target);
}
