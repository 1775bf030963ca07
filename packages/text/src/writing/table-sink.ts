// Where written tables go: web streams, Node streams, functions. All of them become one thing, a writer that is waited for.

import { unlike } from "../check.ts";
import { TextError } from "../errors.ts";

/**
 * Something that takes bytes: a web `WritableStream`, a Node stream, or a function. A function has a chunk until it
 * returns, or until its promise settles; the memory is used again.
 */
export type TableSink =
  | ((chunk: Uint8Array) => void | Promise<void>)
  | { getWriter(): WebWriterLike; readonly locked?: boolean }
  | NodeWritableLike;

/** The writer of a web `WritableStream`, as far as it is used here. */
export interface WebWriterLike {
  /** Settles when the chunk was taken. */
  write(chunk: Uint8Array): Promise<void>;
  /** Ends the stream. */
  close(): Promise<void>;
  /** Gives the stream up. */
  abort(reason?: unknown): Promise<void>;
}

/** A Node `Writable`, as far as it is used here. */
export interface NodeWritableLike {
  /** Calls `done` when the chunk was taken. */
  write(chunk: Uint8Array, done: (error?: Error | null) => void): boolean;
  /** Listens for errors. */
  on?(event: "error", listener: (error: Error) => void): unknown;
  /** Listens no longer. */
  off?(event: "error", listener: (error: Error) => void): unknown;
}

/** Writes chunks into a sink, one after the other. @internal */
export interface SinkWriter {
  write(chunk: Uint8Array): void | Promise<void>;
  close?(): Promise<void>;
  abort?(reason: unknown): Promise<void>;
}

/** What writes into a sink. Throws for what is none. @internal */
export function writerOf(sink: TableSink): SinkWriter {
  if (typeof sink === "function") return { write: sink };
  if (typeof sink === "object" && sink !== null) {
    if ("getWriter" in sink) return webWriter(lockedWriterOf(sink));
    if ("write" in sink) return nodeWriter(sink);
  }
  throw unlike("a function, a WritableStream or a Node stream to write to", sink);
}

function lockedWriterOf(sink: { getWriter(): WebWriterLike; readonly locked?: boolean }): WebWriterLike {
  if (sink.locked !== true) return sink.getWriter();
  throw new TextError("BAD_ARGUMENT", "expected a stream that nobody else writes to, got one that is locked");
}

// Writes into a stream, which is busy with one chunk while the next is made. A stream may pass its chunk on or keep it for
// longer than it is busy, so it gets a copy.
class OneAhead {
  readonly #write: (chunk: Uint8Array) => Promise<void>;
  #last = Promise.resolve();

  constructor(write: (chunk: Uint8Array) => Promise<void>) {
    this.#write = write;
  }

  async write(chunk: Uint8Array): Promise<void> {
    await this.#last;
    this.#last = this.#write(chunk.slice());
    // Who writes or ends next is told.
    this.#last.catch(ignore);
  }

  async end(): Promise<void> {
    await this.#last;
  }
}

function ignore(): void {}

function webWriter(writer: WebWriterLike): SinkWriter {
  const ahead = new OneAhead((chunk) => writer.write(chunk));
  return {
    write: (chunk) => ahead.write(chunk),
    // Waits for what was written, too, and says whether that failed.
    close: () => writer.close(),
    // The reason is on its way to the caller, and says more than what aborting may throw.
    abort: (reason) => writer.abort(reason).catch(ignore),
  };
}

// A stream that fails says so twice: to whoever wrote, and with an event that ends the program if nobody listens.
function nodeWriter(stream: NodeWritableLike): SinkWriter {
  const ahead = new OneAhead((chunk) => writeToNode(stream, chunk));
  stream.on?.("error", ignore);
  return {
    write: (chunk) => ahead.write(chunk),
    close: async () => {
      await ahead.end();
      stream.off?.("error", ignore);
    },
  };
}

// The callback comes when the stream is done with the chunk, so slow streams are waited for.
function writeToNode(stream: NodeWritableLike, chunk: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(chunk, (error) => {
      if (error === undefined || error === null) resolve();
      else reject(error);
    });
  });
}
