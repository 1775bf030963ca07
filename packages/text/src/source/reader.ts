// Makes a reader of whatever text comes from.

import { isThenable, show } from "../check.ts";
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
    refuseUsed(source);
    if ("getReader" in source) return new ChunkReader(chunksOfWebStream(source));
    if (Symbol.asyncIterator in source) return new ChunkReader(chunksOf(source));
  }
  throw new TextError(
    "BAD_ARGUMENT",
    `expected a string, a Uint8Array, a stream, an async iterable of chunks or a reader, got ${show(source)}` +
      adviceFor(source),
  );
}

function chunksOf(source: AsyncIterable<unknown>): AsyncIterator<unknown> {
  return source[Symbol.asyncIterator]();
}

// A stream that was read before would look like one without text.
function refuseUsed(source: object): void {
  const { locked, readableEnded, destroyed } = source as Record<string, unknown>;
  if (locked === true) {
    throw new TextError("BAD_SOURCE", "expected a stream that nobody else reads, got one that is locked");
  }
  if (readableEnded === true || destroyed === true) {
    throw new TextError("ALREADY_READ", "this stream was read to its end or destroyed; make another one");
  }
}

// What else holds text, and how to get at it.
function adviceFor(source: unknown): string {
  if (source instanceof ArrayBuffer) return "; pass new Uint8Array(buffer)";
  if (isThenable(source)) return "; await it first";
  const { body, stream } = Object(source) as { body?: unknown; stream?: unknown };
  if (typeof stream === "function") return "; pass its stream()";
  if (body !== undefined && body !== null) return "; pass its body";
  return "";
}

// Not every platform can iterate over web streams, and where one can, a stream that is given up while it is waited for is
// not told before it gives something.
function chunksOfWebStream(stream: WebStreamLike): AsyncIterator<unknown> {
  const reader = stream.getReader();
  return {
    async next() {
      const { done, value } = await reader.read();
      if (!done) return { done, value };
      reader.releaseLock();
      return { done, value: undefined };
    },
    async return() {
      try {
        await reader.cancel();
      } finally {
        reader.releaseLock();
      }
      return { done: true, value: undefined };
    },
  };
}
