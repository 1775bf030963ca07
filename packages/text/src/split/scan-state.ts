// How far one pass over a text has come: the loops in scan.ts and the kernel move it on.
import type { StringArena } from "@millpond/core";
import type { Home } from "./home.ts";

const NO_WORDS = new Uint32Array(0);

/** One pass over a text. */
export interface Scan {
  bytes: Uint8Array;
  /** Where in `bytes` the text starts and ends. */
  origin: number;
  end: number;
  /** What lies before the text, where it is part of a larger one: for the places of errors. */
  linesBefore: number;
  bytesBefore: number;
  /** Where the next piece starts, in `bytes`. */
  at: number;
  /** Whether the text has been split to its end. */
  done: boolean;
  /** The delimiter that was found last: where it starts, `end` where there is none left, -1 before the first. */
  nextStart: number;
  nextEnd: number;
  /** The table, the next free word in it, and the word behind the last that may be used. */
  words: Uint32Array;
  top: number;
  limit: number;
  /** What unescaped text is added to, once there is some, and where that comes from. */
  readonly home: Home;
  unescaped: StringArena | undefined;
}

/** A pass over the bytes from `start` up to `end`, with no table yet. */
export function scanOf(bytes: Uint8Array, start: number, end: number, home: Home): Scan {
  return {
    bytes,
    origin: start,
    end,
    linesBefore: 0,
    bytesBefore: 0,
    at: start,
    done: false,
    nextStart: -1,
    nextEnd: -1,
    words: NO_WORDS,
    top: 0,
    limit: 0,
    home,
    unescaped: undefined,
  };
}
