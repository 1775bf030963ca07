// Cuts a stream of chunks into the bytes of its documents. What is not complete yet waits in one pooled array; everything
// else is a view of the chunk it came in.

import type { Pool } from "@millpond/core";

import { JsonError, type JsonPlace } from "../errors.ts";
import type { DialectRules } from "../parse/dialects.ts";
import { commentCloses, commentEnd } from "../parse/loose-tokens.ts";
import { type Framer, skipSpace } from "./framer.ts";

const MARK: readonly number[] = [0xef, 0xbb, 0xbf];
const NO_BYTES = new Uint8Array(0);

/** Hands out the bytes of one document after another. */
export class Splitter {
  readonly #pool: Pool;
  readonly #rules: DialectRules;
  readonly #framer: Framer;
  readonly #maxBytes: number;
  #carry: Uint8Array = NO_BYTES;
  #carried = 0;
  #markBytes = 0;
  #inDocument = false;
  // Of the stream: bytes, line feeds and the offset behind the last one, in front of the place at hand.
  #offset = 0;
  #line = 1;
  #lineStart = 0;
  #origin: JsonPlace = { line: 1, column: 1, offset: 0 };

  constructor(pool: Pool, rules: DialectRules, framer: Framer, maxBytes: number) {
    this.#pool = pool;
    this.#rules = rules;
    this.#framer = framer;
    this.#maxBytes = maxBytes;
  }

  /** Where the document that was handed out last begins in the stream. */
  get origin(): JsonPlace {
    return this.#origin;
  }

  /** The documents that end in this chunk. Their bytes are valid until the next one is asked for. */
  *cut(chunk: Uint8Array): IterableIterator<Uint8Array> {
    const framer = this.#framer;
    let at = this.#skipMark(chunk);
    while (at < chunk.length) {
      if (!this.#inDocument) {
        const start = framer.begin(chunk, at);
        this.#advance(chunk, at, start);
        at = start;
        if (at >= chunk.length) return;
        this.#begin();
      }
      const end = framer.end(chunk, at);
      const part = chunk.subarray(at, end < 0 ? chunk.length : end);
      if (end < 0) this.#keep(part);
      else {
        const whole = this.#whole(part);
        if (!framer.blankAllowed || !this.#isBlank(whole)) yield whole;
      }
      const next = end < 0 ? chunk.length : Math.min(end + framer.separatorBytes, chunk.length);
      this.#advance(chunk, at, next);
      at = next;
      if (end < 0) continue;
      this.#carried = 0;
      this.#inDocument = false;
    }
  }

  // A byte order mark at the start of the stream belongs to no document.
  #skipMark(chunk: Uint8Array): number {
    let at = 0;
    while (
      this.#offset < MARK.length &&
      this.#offset === this.#markBytes &&
      chunk[at] === MARK[this.#offset]
    ) {
      this.#markBytes++;
      this.#offset++;
      at++;
    }
    const broken = this.#markBytes > 0 && this.#markBytes < MARK.length && at < chunk.length;
    if (broken) throw this.#refusal("BAD_UTF8", "the stream starts with a part of a byte order mark");
    return at;
  }

  /** The document that ends with the stream, if one does. */
  last(): Uint8Array | undefined {
    const waiting = this.#carry.subarray(0, this.#carried);
    this.#carried = 0;
    if (!this.#framer.mayEnd)
      throw this.#refusal("UNCLOSED_ARRAY", "the stream ends before the end of the array");
    return this.#isBlank(waiting) ? undefined : waiting;
  }

  /** Gives the memory back. */
  close(): void {
    if (this.#carry.length > 0) this.#pool.release(this.#carry);
    this.#carry = NO_BYTES;
  }

  #begin(): void {
    this.#inDocument = true;
    this.#origin = { line: this.#line, column: this.#offset - this.#lineStart + 1, offset: this.#offset };
    if (this.#framer.expectsDocument) return;
    const [code, words] = this.#framer.mayEnd
      ? ["TEXT_AFTER_VALUE", "expected the end of the stream after the array"]
      : ["EXPECTED_VALUE", "expected an array whose elements are the documents"];
    throw this.#refusal(code, words);
  }

  #refusal(code: string, words: string): JsonError {
    const place = { line: this.#line, column: this.#offset - this.#lineStart + 1, offset: this.#offset };
    return new JsonError(
      "BAD_SYNTAX",
      `${words}, at line ${place.line}, column ${place.column}`,
      place,
      code,
    );
  }

  // Whether there are spaces and, where the dialect has them, comments only.
  #isBlank(text: Uint8Array): boolean {
    let at = skipSpace(text, 0);
    while (at < text.length) {
      const end = this.#rules.comments ? commentEnd(text, at, text.length) : 0;
      if (end === 0 || !commentCloses(text, at, end)) return false;
      at = skipSpace(text, end);
    }
    return true;
  }

  #whole(part: Uint8Array): Uint8Array {
    if (this.#carried === 0) return part;
    this.#keep(part);
    return this.#carry.subarray(0, this.#carried);
  }

  #keep(part: Uint8Array): void {
    const needed = this.#carried + part.length;
    if (needed > this.#maxBytes) {
      const message = `a document of the stream has more than maxBytes = ${this.#maxBytes} bytes; raise it, or check the framing`;
      throw new JsonError("LIMIT_EXCEEDED", message, this.#origin);
    }
    if (needed > this.#carry.length) this.#grow(Math.max(needed, this.#carry.length * 2, 4096));
    this.#carry.set(part, this.#carried);
    this.#carried = needed;
  }

  #grow(bytes: number): void {
    const old = this.#carry;
    this.#carry = this.#pool.acquireUnsafe(Uint8Array, bytes);
    this.#carry.set(old.subarray(0, this.#carried));
    if (old.length > 0) this.#pool.release(old);
  }

  #advance(chunk: Uint8Array, from: number, to: number): void {
    for (let at = chunk.indexOf(0x0a, from); at >= 0 && at < to; at = chunk.indexOf(0x0a, at + 1)) {
      this.#line++;
      this.#lineStart = this.#offset + at - from + 1;
    }
    this.#offset += to - from;
  }
}
