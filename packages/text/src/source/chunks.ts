// A reader of chunks of any size: what does not fit waits for the next turn.

import { show } from "../check.ts";
import { TextError } from "../errors.ts";
import type { AsyncReader } from "./source.ts";
import { encodeSome } from "./whole.ts";

const NOTHING = new Uint8Array(0);

/** Copies chunks into memory; strings are encoded on the way. @internal */
export class ChunkReader implements AsyncReader {
  readonly sync = false;
  readonly #chunks: AsyncIterator<unknown>;
  #rest: Uint8Array | string = NOTHING;
  #at = 0;
  // The first half of a character whose second half is in the next string.
  #half = "";
  #ended = false;

  constructor(chunks: AsyncIterator<unknown>) {
    this.#chunks = chunks;
  }

  async read(target: Uint8Array): Promise<number> {
    for (;;) {
      const written = this.#copy(target);
      if (written > 0) return written;
      if (this.#ended) return 0;
      await this.#next();
    }
  }

  async close(): Promise<void> {
    this.#rest = NOTHING;
    if (this.#ended) return;
    this.#ended = true;
    await this.#chunks.return?.();
  }

  // Waits for the next chunk. One that fails has ended by itself.
  async #next(): Promise<void> {
    let result: IteratorResult<unknown>;
    try {
      result = await this.#chunks.next();
    } catch (error) {
      this.#ended = true;
      throw error;
    }
    this.#ended = result.done === true;
    this.#at = 0;
    const chunk = this.#ended ? "" : result.value;
    if (typeof chunk === "string") this.#rest = this.#joined(chunk);
    else if (chunk instanceof Uint8Array) this.#rest = chunk;
    else
      throw new TextError(
        "BAD_SOURCE",
        `expected chunks that are Uint8Arrays or strings, got ${show(chunk)}`,
      );
  }

  #joined(chunk: string): string {
    const text = this.#half + chunk;
    const last = text.charCodeAt(text.length - 1);
    const open = !this.#ended && last >= 0xd800 && last < 0xdc00;
    this.#half = open ? text.slice(-1) : "";
    return open ? text.slice(0, -1) : text;
  }

  #copy(target: Uint8Array): number {
    const rest = this.#rest;
    if (this.#at === rest.length) return 0;
    if (typeof rest === "string") {
      const { read, written } = encodeSome(rest, this.#at, target);
      this.#at += read;
      return written;
    }
    const count = Math.min(target.length, rest.length - this.#at);
    target.set(rest.subarray(this.#at, this.#at + count));
    this.#at += count;
    return count;
  }
}
