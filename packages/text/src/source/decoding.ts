// Readers that give UTF-8 whatever the bytes behind them are: as they were told, or as a byte order mark says.

import type { Allocator } from "@millpond/core";

import { type Encoding, Transcoder } from "../bytes/transcoder.ts";
import type { AsyncReader, Reader, SyncReader } from "./source.ts";

/** How bytes are to be read. */
export interface Decoding {
  /** "auto" is UTF-8, or UTF-16 where a byte order mark says so. */
  readonly encoding: Encoding | "auto";
  /** U+FFFD for what is no text; bytes that are no UTF-8 otherwise. */
  readonly replace: boolean;
  readonly pool: Allocator;
}

/** The reader itself where its bytes are UTF-8, or one around it. */
export function decoded(reader: Reader, decoding: Decoding): Reader {
  if (decoding.encoding === "utf-8") return reader;
  return reader.sync ? new SyncDecoder(reader, decoding) : new AsyncDecoder(reader, decoding);
}

// Finds out what the bytes are, and holds the transcoder if there is one.
class Decoder {
  readonly #decoding: Decoding;
  transcoder: Transcoder | undefined;
  /** True once it is known that bytes are passed on as they are. */
  plain = false;
  readonly #mark = new Uint8Array(2);
  marked = 0;

  constructor(decoding: Decoding) {
    this.#decoding = decoding;
    if (decoding.encoding !== "auto") this.#transcode(decoding.encoding);
  }

  #transcode(encoding: Encoding): void {
    this.transcoder = new Transcoder(this.#decoding.pool, encoding, this.#decoding.replace);
  }

  /** Where the rest of the first two bytes is to be put. */
  markRoom(): Uint8Array {
    return this.#mark.subarray(this.marked);
  }

  /** Looks at the first bytes. Gives those that are to be passed on, or nothing until that is known. */
  look(bytes: number): Uint8Array | undefined {
    this.marked += bytes;
    const [first, second] = this.#mark;
    const open = this.marked === 0 || (this.marked === 1 && (first === 0xff || first === 0xfe));
    if (bytes > 0 && open) return undefined;
    const little = this.marked === 2 && first === 0xff && second === 0xfe;
    const big = this.marked === 2 && first === 0xfe && second === 0xff;
    if (little || big) this.#transcode(little ? "utf-16le" : "utf-16be");
    else this.plain = true;
    return this.#mark.subarray(0, little || big ? 0 : this.marked);
  }
}

class SyncDecoder implements SyncReader {
  readonly sync = true;
  readonly byteLength?: number;
  readonly #reader: SyncReader;
  readonly #decoder: Decoder;

  constructor(reader: SyncReader & { readonly byteLength?: number }, decoding: Decoding) {
    this.#reader = reader;
    this.#decoder = new Decoder(decoding);
    if (reader.byteLength !== undefined) this.byteLength = 3 * reader.byteLength;
  }

  read(target: Uint8Array): number {
    const decoder = this.#decoder;
    if (decoder.plain) return this.#reader.read(target);
    while (decoder.transcoder === undefined) {
      const first = decoder.look(this.#reader.read(decoder.markRoom()));
      if (!decoder.plain || first === undefined) continue;
      target.set(first);
      return first.length;
    }
    const { transcoder } = decoder;
    for (;;) {
      const written = transcoder.write(target);
      if (written > 0 || transcoder.ended) return written;
      transcoder.accept(this.#reader.read(transcoder.room()));
    }
  }

  close(): void {
    this.#decoder.transcoder?.release();
    this.#reader.close?.();
  }
}

class AsyncDecoder implements AsyncReader {
  readonly sync = false;
  readonly #reader: AsyncReader;
  readonly #decoder: Decoder;

  constructor(reader: AsyncReader, decoding: Decoding) {
    this.#reader = reader;
    this.#decoder = new Decoder(decoding);
  }

  async read(target: Uint8Array): Promise<number> {
    const decoder = this.#decoder;
    if (decoder.plain) return this.#reader.read(target);
    while (decoder.transcoder === undefined) {
      const first = decoder.look(await this.#reader.read(decoder.markRoom()));
      if (!decoder.plain || first === undefined) continue;
      target.set(first);
      return first.length;
    }
    const { transcoder } = decoder;
    for (;;) {
      const written = transcoder.write(target);
      if (written > 0 || transcoder.ended) return written;
      transcoder.accept(await this.#reader.read(transcoder.room()));
    }
  }

  async close(): Promise<void> {
    this.#decoder.transcoder?.release();
    await this.#reader.close?.();
  }
}
