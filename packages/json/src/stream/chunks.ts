// Streams as they come: iterables, readable streams of the web, strings or bytes, all as chunks of UTF-8.

import { unlike } from "../check.ts";
import { wideEncoding } from "../parse/load.ts";
import type { Encoding } from "../parse/options.ts";

/** A chunk of a stream: bytes of UTF-8, or text. */
export type JsonChunk = string | Uint8Array;

/** A `ReadableStream` of the web, as far as it is used here. */
export interface JsonReadable {
  /** A reader of its chunks, which is cancelled when nobody reads on. */
  getReader(): {
    read(): Promise<{ done: boolean; value?: unknown }>;
    cancel(reason?: unknown): Promise<void>;
  };
}

/** Where a stream of JSON can come from. Streams of Node are async iterables. */
export type JsonSource = JsonChunk | Iterable<JsonChunk> | AsyncIterable<JsonChunk> | JsonReadable;

/** The chunks of a source as bytes of UTF-8. */
export async function* chunksOf(source: JsonSource, encoding: Encoding): AsyncIterableIterator<Uint8Array> {
  const text = new TextChunks();
  const bytes = new ByteChunks(encoding, text);
  for await (const chunk of itemsOf(source)) {
    if (typeof chunk === "string") yield text.encode(chunk);
    else if (chunk instanceof Uint8Array) yield bytes.encode(chunk);
    else throw unlike("chunks to be strings or Uint8Arrays", chunk);
  }
  yield bytes.rest();
  yield text.rest();
}

function itemsOf(source: JsonSource): Iterable<unknown> | AsyncIterable<unknown> {
  if (typeof source === "string" || source instanceof Uint8Array) return [source];
  if (typeof source === "object" && source !== null) {
    if (Symbol.asyncIterator in source || Symbol.iterator in source) return source;
    if ("getReader" in source) return fromReader(source);
  }
  throw unlike("a string, bytes, an iterable or a readable stream", source);
}

// Not every browser lets `for await` read its streams.
async function* fromReader(source: JsonReadable): AsyncIterableIterator<unknown> {
  const reader = source.getReader();
  let done = false;
  try {
    for (let item = await reader.read(); !item.done; item = await reader.read()) yield item.value;
    done = true;
  } finally {
    if (!done) await reader.cancel();
  }
}

// A character of two units may be cut in half between chunks.
class TextChunks {
  readonly #encoder = new TextEncoder();
  #half = "";

  encode(chunk: string): Uint8Array {
    const text = this.#half + chunk;
    const last = text.charCodeAt(text.length - 1);
    this.#half = last >= 0xd800 && last <= 0xdbff ? text.slice(-1) : "";
    return this.#encoder.encode(this.#half === "" ? text : text.slice(0, -1));
  }

  rest(): Uint8Array {
    return this.#encoder.encode(this.#half);
  }
}

const NO_BYTES: Uint8Array = new Uint8Array(0);

// Bytes in UTF-16 become text. Where it has not been said whether they are, the first two bytes say it.
class ByteChunks {
  readonly #text: TextChunks;
  #encoding: Encoding;
  #decoder: InstanceType<typeof TextDecoder> | undefined;
  #first: Uint8Array = NO_BYTES;

  constructor(encoding: Encoding, text: TextChunks) {
    this.#text = text;
    this.#encoding = encoding;
  }

  encode(chunk: Uint8Array): Uint8Array {
    const bytes = this.#first.length === 0 ? chunk : joined(this.#first, chunk);
    if (this.#encoding === "auto" && bytes.length < 2) {
      this.#first = bytes.slice();
      return NO_BYTES;
    }
    this.#first = NO_BYTES;
    this.#encoding = wideEncoding(bytes, this.#encoding) ?? "utf-8";
    if (this.#encoding === "utf-8") return bytes;
    this.#decoder ??= new TextDecoder(this.#encoding, { ignoreBOM: true });
    return this.#text.encode(this.#decoder.decode(bytes, { stream: true }));
  }

  rest(): Uint8Array {
    return this.#decoder === undefined ? this.#first : this.#text.encode(this.#decoder.decode());
  }
}

function joined(first: Uint8Array, chunk: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.length + chunk.length);
  bytes.set(first);
  bytes.set(chunk, first.length);
  return bytes;
}
