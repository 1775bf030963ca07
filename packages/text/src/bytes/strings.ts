// Strings from bytes, as fast as the platform can make them, and never a part of a larger string.
//
// In V8, a slice of at most 12 characters is a copy, a longer one is a reference to all of what it was sliced from. So a
// page of text is decoded at once, short values are sliced from it, and longer ones are decoded on their own: a value
// that is kept keeps its own bytes and nothing else. Other engines slice otherwise; there, each value is decoded on its
// own.
//
// Keeping strings of columns that repeat themselves, to give the same ones again, cost what it saved.

import { decodeUtf8 } from "@millpond/core";

/** The longest slice that V8 copies. */
export const LONGEST_COPY = 12;
// Up to this many bytes, a loop takes less time than a call into the platform: 45 ns against 58 for 14 bytes.
const LONGEST_LOOP = 16;
// A page is a young string that is dropped soon; this many bytes are decoded in a microsecond.
const PAGE_BYTES = 8192;

/** Node's `Buffer`, as far as it is used here. */
interface NodeBuffer {
  latin1Slice(start: number, end: number): string;
  utf8Slice(start: number, end: number): string;
}

interface Globals {
  readonly Buffer?: { from(buffer: ArrayBufferLike, byteOffset: number, length: number): NodeBuffer };
  readonly process?: { readonly versions?: { readonly v8?: string } };
  readonly Bun?: unknown;
}

function nodeBufferOf(bytes: Uint8Array): NodeBuffer | undefined {
  const { Buffer, process, Bun } = globalThis as unknown as Globals;
  if (Buffer === undefined || process?.versions?.v8 === undefined || Bun !== undefined) return undefined;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return typeof buffer.latin1Slice === "function" && typeof buffer.utf8Slice === "function"
    ? buffer
    : undefined;
}

/** Makes strings of parts of one array whose bytes change. @internal */
export class Strings {
  #bytes: Uint8Array;
  #buffer: NodeBuffer | undefined;
  /** A part of the bytes as a string of as many characters: hot loops slice short ASCII values from it. */
  page = "";
  /** Where the page starts. */
  pageStart = 0;
  /** Where it ends; before the first page, and after the bytes changed, no value lies before that. */
  pageEnd = -1;
  #filled = 0;
  /** True when all bytes are ASCII. */
  ascii = false;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#buffer = nodeBufferOf(bytes);
  }

  /** Says that the bytes have changed: which ones there are, how many, and whether all of them are ASCII. */
  renew(bytes: Uint8Array, filled: number, ascii: boolean): void {
    if (bytes !== this.#bytes) {
      this.#bytes = bytes;
      this.#buffer = nodeBufferOf(bytes);
    }
    this.#filled = filled;
    this.ascii = ascii;
    this.pageEnd = -1;
    this.page = "";
  }

  /** The string of the bytes from `from` to `to`. */
  decode(from: number, to: number): string {
    const length = to - from;
    if (length <= LONGEST_COPY && from >= this.pageStart && to <= this.pageEnd) {
      if (this.ascii || isAscii(this.#bytes, from, to)) {
        return this.page.slice(from - this.pageStart, to - this.pageStart);
      }
    }
    return this.#decodeElse(from, to);
  }

  #decodeElse(from: number, to: number): string {
    if (from === to) return "";
    const buffer = this.#buffer;
    if (buffer === undefined) return decodeUtf8(this.#bytes, from, to);
    if (!this.ascii && !isAscii(this.#bytes, from, to)) return buffer.utf8Slice(from, to);
    if (to - from > LONGEST_LOOP) return buffer.latin1Slice(from, to);
    if (to - from > LONGEST_COPY) return decodeUtf8(this.#bytes, from, to);
    this.pageStart = from;
    this.pageEnd = Math.min(this.#filled, from + PAGE_BYTES);
    this.page = buffer.latin1Slice(from, this.pageEnd);
    return this.page.slice(0, to - from);
  }
}

function isAscii(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at] >= 0x80) return false;
  return true;
}
