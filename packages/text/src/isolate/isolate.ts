// Isolating: a text in three parts, what is left of a delimiter, the delimiter, and what is right of it.
//
// From the left, delimiters are those that split() finds. From the right it is the same thing with everything
// reversed, text and delimiters: so it is linear too, and of delimiters that overlap, the one that ends last counts.
import { decodeUtf8, type Pool } from "@millpond/core";
import { checkOptions, checkText, type NamesOf, unlike } from "../check.ts";
import { poolOr } from "../default-pool.ts";
import { type DelimiterInput, delimiterBytes, Delimiters } from "../split/delimiters.ts";
import { encodeText } from "../split/tables.ts";

/** Options of `isolateLeft()` and `isolateRight()`; every one has a default. */
export interface IsolateOptions {
  /**
   * Which delimiter, counted from the side: the first is 1.
   *
   * @defaultValue 1
   */
  readonly times?: number;
  /**
   * Where the text goes when there are not so many delimiters: all of it is on the side that was counted from; with true,
   * that side is empty and the other has it.
   *
   * @defaultValue false
   */
  readonly none?: boolean;
  /**
   * Where the memory for the work comes from.
   *
   * @defaultValue a pool of this package
   */
  readonly pool?: Pool;
}

const OPTIONS: NamesOf<IsolateOptions> = { times: true, none: true, pool: true };

/** A text in three parts. */
export interface Isolated {
  /** What is left of the delimiter. */
  readonly left: string;
  /** The delimiter, or undefined where there are not so many. */
  readonly delimiter: string | undefined;
  /** What is right of it. */
  readonly right: string;
  /** Where the delimiter starts, in bytes of UTF-8; where the two parts meet when there is none. */
  readonly start: number;
  /** Where the delimiter ends. */
  readonly end: number;
}

/**
 * Takes a text apart at a delimiter, counted from the left.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { isolateLeft } from "@millpond/text";
 *
 * const { left, delimiter, right } = isolateLeft("key = value = more", " = ");
 * assert.deepEqual([left, delimiter, right], ["key", " = ", "value = more"]);
 * assert.equal(isolateLeft("abaca", "a", { times: 2 }).left, "ab");
 * assert.equal(isolateLeft("no delimiter", "=").left, "no delimiter");
 * assert.equal(isolateLeft("no delimiter", "=", { none: true }).right, "no delimiter");
 * ```
 */
export function isolateLeft(
  text: string,
  delimiters: DelimiterInput,
  options: IsolateOptions = {},
): Isolated {
  return isolate(text, delimiters, options, false);
}

/**
 * Takes a text apart at a delimiter, counted from the right.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { isolateRight } from "@millpond/text";
 *
 * const { left, right } = isolateRight("archive.tar.gz", ".");
 * assert.deepEqual([left, right], ["archive.tar", "gz"]);
 * assert.equal(isolateRight("abaca", "a", { times: 2 }).right, "ca");
 * assert.equal(isolateRight("no delimiter", "=").right, "no delimiter");
 * ```
 */
export function isolateRight(
  text: string,
  delimiters: DelimiterInput,
  options: IsolateOptions = {},
): Isolated {
  return isolate(text, delimiters, options, true);
}

function isolate(
  text: string,
  delimiters: DelimiterInput,
  options: IsolateOptions,
  fromRight: boolean,
): Isolated {
  checkText(text);
  checkOptions(options, OPTIONS);
  const { times = 1, none = false } = options;
  const pool = poolOr(options.pool);
  if (!(Number.isInteger(times) && times > 0)) throw unlike("times to be a whole number from 1 on", times);
  if (typeof none !== "boolean") throw unlike("none to be true or false", none);
  const list = delimiterBytes(delimiters);
  const set = new Delimiters(fromRight ? list.map((bytes) => bytes.toReversed()) : list, "shortest");
  const { bytes, end } = encodeText(pool, text);
  try {
    if (fromRight) bytes.subarray(0, end).reverse();
    const found = nth(bytes, end, set, times, pool);
    if (fromRight) bytes.subarray(0, end).reverse();
    // What was not found lies where the search ended, or where it began with `none`.
    const [from, to] = found ?? (none ? [0, 0] : [end, end]);
    const start = fromRight ? end - to : from;
    const stop = fromRight ? end - from : to;
    return {
      left: decodeUtf8(bytes, 0, start),
      delimiter: found === undefined ? undefined : decodeUtf8(bytes, start, stop),
      right: decodeUtf8(bytes, stop, end),
      start,
      end: stop,
    };
  } finally {
    pool.release(bytes);
  }
}

// Where the delimiter of this number starts and ends.
function nth(
  bytes: Uint8Array,
  end: number,
  set: Delimiters,
  times: number,
  pool: Pool,
): readonly [number, number] | undefined {
  const matcher = set.open(pool);
  try {
    let at = 0;
    for (let count = 0; count < times; count++) {
      if (!matcher.find(bytes, at, end)) return undefined;
      at = matcher.end;
    }
    return [matcher.start, matcher.end];
  } finally {
    matcher.close();
  }
}
