// What can go wrong with a source while it is read, as errors that say how far reading had come.

import type { AbortSignalLike } from "@millpond/core";

import { show } from "../check.ts";
import { TextError } from "../errors.ts";

/** How far reading has come. */
export interface ReadProgress {
  /** Lines so far. */
  readonly lines: number;
  /** Bytes so far. */
  readonly bytes: number;
}

/** The error of reading that its signal ended. */
function aborted({ reason }: AbortSignalLike, { lines, bytes }: ReadProgress): TextError {
  const place = { line: lines + 1, column: 1, offset: bytes };
  const message = `reading was aborted before line ${place.line} (byte ${bytes})`;
  return new TextError("ABORTED", message, place, reason);
}

/** Throws where a signal says so. */
export function refuseAborted(signal: AbortSignalLike | undefined, progress: ReadProgress): void {
  if (signal?.aborted === true) throw aborted(signal, progress);
}

/** The error of reading whose source failed. A place in its own error is one in another text, so that is the cause. */
export function sourceFailed(error: unknown, { lines, bytes }: ReadProgress): TextError {
  const place = { line: lines + 1, column: 1, offset: bytes };
  const known = error instanceof TextError && error.place === undefined;
  const message = error instanceof Error ? error.message : String(error);
  const where = bytes === 0 ? "before its first line" : `behind line ${lines}, whose end is byte ${bytes}`;
  return new TextError(
    known ? error.code : "SOURCE_FAILED",
    `the source failed ${where}: ${message}`,
    place,
    known ? error.cause : error,
  );
}

/** What a reader returned, unless it is no number of bytes that fit into the room that it got. */
export function countIn(room: Uint8Array, count: unknown): number {
  if (Number.isInteger(count) && (count as number) >= 0 && (count as number) <= room.length) {
    return count as number;
  }
  const expected = `expected read() to return how many of ${room.length} bytes it wrote`;
  throw new TextError("BAD_SOURCE", `${expected}, got ${show(count)}`);
}
