// Where text comes from: strings, bytes, files, streams, anything that gives chunks. All of them become one thing, a
// reader that fills memory which is there already.

/** A piece of text: UTF-8 bytes, which may end in the middle of a character, or a string. */
export type Chunk = Uint8Array | string;

/**
 * Fills memory with bytes, now or never. `fileSync` of `@millpond/text/node` gives one, and you can write your own.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { rows, type SyncReader } from "@millpond/text";
 *
 * let left = 3;
 * const source: SyncReader = {
 *   sync: true,
 *   read: (target) => (left-- > 0 ? new TextEncoder().encodeInto("1,2\n", target).written : 0),
 * };
 * let sum = 0;
 * for (const row of rows(source)) sum += row.number(1);
 * assert.equal(sum, 6);
 * ```
 */
export interface SyncReader {
  /** Tells it from one that reads in its own time. */
  readonly sync: true;
  /**
   * Writes bytes to the start of `target`, and says how many; 0 at the end. There is room for 256 at least, unless lines are
   * read through a window of less than 1 KiB.
   */
  read(target: Uint8Array): number;
  /** Called once, when reading has ended or was given up. */
  close?(): void;
}

/** Fills memory with bytes in its own time. `file` of `@millpond/text/node` gives one. */
export interface AsyncReader {
  /** Tells it from one that reads at once. */
  readonly sync: false;
  /**
   * Writes bytes to the start of `target`, and says how many; 0 at the end. There is room for 256 at least, unless lines are
   * read through a window of less than 1 KiB.
   */
  read(target: Uint8Array): Promise<number>;
  /** Called once, when reading has ended or was given up. */
  close?(): Promise<void>;
}

/** A web `ReadableStream`, as far as it is used here. */
export interface WebStreamLike {
  /** Locks the stream to one reader. */
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: unknown }>;
    cancel(reason?: unknown): Promise<void>;
    releaseLock(): void;
  };
}

/** Text that is there already, or comes without waiting. */
export type SyncSource = string | Uint8Array | SyncReader;

/** Text that comes in time: a web stream, a Node stream or any other async iterable of chunks, or a reader. */
export type AsyncSource = AsyncIterable<Chunk> | WebStreamLike | AsyncReader;

/** Everything that `rows` reads. */
export type TableSource = SyncSource | AsyncSource;

/** What a source has become. `byteLength` is known for text that is there already. @internal */
export type Reader = (SyncReader | AsyncReader) & { readonly byteLength?: number };

const LEAST_ROOM = 256;
const MOST_BYTES_PER_CHARACTER = 4;

/** The room that a reader is given at least, in a window of so many bytes. */
export function leastRoomOf(windowBytes: number): number {
  return Math.max(MOST_BYTES_PER_CHARACTER, Math.min(LEAST_ROOM, windowBytes / 4));
}
