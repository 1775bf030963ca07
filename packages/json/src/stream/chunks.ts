// Streams as they come: iterables, readable streams of the web, strings or bytes, all as chunks of UTF-8.

import { unlike } from "../check.ts";
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
  const decoder =
    encoding === "auto" || encoding === "utf-8" ? undefined : new TextDecoder(encoding, { ignoreBOM: true });
  for await (const chunk of itemsOf(source)) {
    if (typeof chunk === "string") yield text.encode(chunk);
    else if (chunk instanceof Uint8Array) {
      yield decoder === undefined ? chunk : text.encode(decoder.decode(chunk, { stream: true }));
    } else throw unlike("chunks to be strings or Uint8Arrays", chunk);
  }
  const rest = text.rest();
  if (rest.length > 0) yield rest;
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
