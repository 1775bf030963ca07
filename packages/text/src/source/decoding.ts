// Readers that give UTF-8 whatever the bytes behind them are: as they were told, or as a byte order mark says.

import type { Allocator } from "@millpond/core";

import { type Encoding, Transcoder } from "../bytes/transcoder.ts";
import { countIn } from "./failures.ts";
import { readerOf } from "./reader.ts";
import type { AsyncReader, Reader, SyncReader, TableSource } from "./source.ts";

/** What options can name. */
export const ENCODINGS = ["auto", "utf-8", "utf-16le", "utf-16be", "latin1", "windows-1252"] as const;

/** How bytes are to be read. */
export interface Decoding {
  /** "auto" is UTF-8, or UTF-16 where a byte order mark says so. */
  readonly encoding: Encoding | "auto";
  /** U+FFFD for what is no text; bytes that are no UTF-8 otherwise. */
  readonly replace: boolean;
  readonly pool: Allocator;
}

/** A reader of a source that gives UTF-8: the source's own where its bytes are that, or one around it. */
export function decodedReaderOf(source: TableSource, decoding: Decoding): Reader {
  const reader = readerOf(source);
  // A string is no bytes in any encoding, and is not to be taken for some.
  if (typeof source === "string" || decoding.encoding === "utf-8") return reader;
  return reader.sync ? new SyncDecoder(reader, decoding) : new AsyncDecoder(reader, decoding);
}

// Finds out what the bytes are, and holds the transcoder if there is one.
class Decoder {
  readonly #decoding: Decoding;
  transcoder: Transcoder | undefined;
  /** True once it is known that bytes are passed on as they are. */
  plain = false;

  constructor(decoding: Decoding) {
    this.#decoding = decoding;
    if (decoding.encoding !== "auto") this.#transcode(decoding.encoding);
  }

  #transcode(encoding: Encoding): Transcoder {
    this.transcoder = new Transcoder(this.#decoding.pool, encoding, this.#decoding.replace);
    return this.transcoder;
  }

  /** Looks at the first bytes of all. False where one more is needed to tell what they are. */
  look(target: Uint8Array, bytes: number, ended: boolean): boolean {
    const [first, second] = target;
    if (bytes === 1 && !ended && (first === 0xff || first === 0xfe)) return false;
    const little = bytes > 1 && first === 0xff && second === 0xfe;
    const big = bytes > 1 && first === 0xfe && second === 0xff;
    if (little || big) this.#transcode(little ? "utf-16le" : "utf-16be").feed(target.subarray(0, bytes));
    else this.plain = true;
    return true;
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
    if (decoder.transcoder === undefined) {
      let bytes = this.#read(target);
      if (!decoder.look(target, bytes, false)) {
        bytes += this.#read(target.subarray(bytes));
        decoder.look(target, bytes, true);
      }
      if (decoder.transcoder === undefined) return bytes;
    }
    const transcoder: Transcoder = decoder.transcoder;
    for (;;) {
      const written = transcoder.write(target);
      if (written > 0 || transcoder.ended) return written;
      transcoder.accept(this.#read(transcoder.room()));
    }
  }

  #read(room: Uint8Array): number {
    return countIn(room, this.#reader.read(room));
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
  // The read that is under way, which may write into the transcoder's memory.
  #pending: Promise<unknown> | undefined;

  constructor(reader: AsyncReader, decoding: Decoding) {
    this.#reader = reader;
    this.#decoder = new Decoder(decoding);
  }

  read(target: Uint8Array): Promise<number> {
    if (this.#decoder.plain) return this.#reader.read(target);
    const reading = this.#decode(target);
    const settled = (): void => {
      this.#pending = undefined;
    };
    this.#pending = reading.then(settled, settled);
    return reading;
  }

  async #decode(target: Uint8Array): Promise<number> {
    const decoder = this.#decoder;
    if (decoder.transcoder === undefined) {
      let bytes = await this.#read(target);
      if (!decoder.look(target, bytes, false)) {
        bytes += await this.#read(target.subarray(bytes));
        decoder.look(target, bytes, true);
      }
      if (decoder.transcoder === undefined) return bytes;
    }
    const transcoder: Transcoder = decoder.transcoder;
    for (;;) {
      const written = transcoder.write(target);
      if (written > 0 || transcoder.ended) return written;
      transcoder.accept(await this.#read(transcoder.room()));
    }
  }

  async #read(room: Uint8Array): Promise<number> {
    return countIn(room, await this.#reader.read(room));
  }

  async close(): Promise<void> {
    const release = (): void => this.#decoder.transcoder?.release();
    if (this.#pending === undefined) release();
    else void this.#pending.then(release);
    await this.#reader.close?.();
  }
}
