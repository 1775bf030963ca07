// Makes a reader of whatever text comes from.

import { show } from "../check.ts";
import { TextError } from "../errors.ts";
import { ChunkReader } from "./chunks.ts";
import type { Reader, TableSource, WebStreamLike } from "./source.ts";
import { BytesReader, StringReader } from "./whole.ts";

/** Makes a reader of a source. Throws for what is none. */
export function readerOf(source: TableSource): Reader {
  if (typeof source === "string") return new StringReader(source);
  if (source instanceof Uint8Array) return new BytesReader(source);
  if (typeof source === "object" && source !== null) {
    if ("read" in source && "sync" in source) return source;
    if (Symbol.asyncIterator in source) return new ChunkReader(chunksOf(source));
    if ("getReader" in source) return new ChunkReader(chunksOfWebStream(source));
  }
  throw new TextError(
    "BAD_ARGUMENT",
    `expected a string, a Uint8Array, a stream, an async iterable of chunks or a reader, got ${show(source)}`,
  );
}

function chunksOf(source: AsyncIterable<unknown>): AsyncIterator<unknown> {
  return source[Symbol.asyncIterator]();
}

// Not every platform can iterate over web streams.
async function* chunksOfWebStream(stream: WebStreamLike): AsyncGenerator {
  const reader = stream.getReader();
  let ended = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield value;
    }
    ended = true;
  } finally {
    // A reader that was given up tells its source; one whose source failed has nobody to tell.
    if (!ended) await reader.cancel().catch(() => undefined);
    reader.releaseLock();
  }
}
