// The strings that a column made lately, to be given again where its fields repeat themselves: names, categories, dates.
//
// What rows cost that are kept is mostly the collector's work, which copies each string twice before it leaves it where it
// is. A string that exists already costs none of that, and finding it takes less time than making it. A column whose
// fields are all different only pays for the search, so columns are watched, and those that seldom find something are
// given up.
//
// A field is known by its bytes as they are written, quotes included: the same bytes of a column always mean the same.
//
// ```text
//  slot    | bytes 0..3 | bytes 4..7 |   …   | bytes 24..27 | length |    zeros behind the bytes
// ```

import type { Allocator } from "@millpond/core";

const SLOTS = 2048;
const SLOT_WORDS = 8;
const LENGTH = SLOT_WORDS - 1;
const WORD_BYTES = 4;
const MOST_BYTES = WORD_BYTES * LENGTH;
// Tables may have a million columns; each that is watched takes 64 KiB.
const MOST_COLUMNS = 64;
// A column is judged by so many fields, of which so large a part has to be known.
const FEWEST_TRIES = 512;
const LEAST_SHARE = 0.4;

/** Makes the string of the bytes from `start` to `end`. @internal */
export interface Maker {
  make(start: number, end: number): string;
}

/** What one column said lately. @internal */
export class RecentValues {
  readonly #keys: Int32Array;
  readonly #values: string[] = Array.from({ length: SLOTS }, () => "");
  #tries = 0;
  #hits = 0;

  /** `keys` are zeros: a slot of zeros is one of a field without bytes. */
  constructor(keys: Int32Array) {
    this.#keys = keys;
  }

  /** The memory that the keys lie in, to be released. */
  get keys(): Int32Array {
    return this.#keys;
  }

  /**
   * The string of a field, made by `make` where it is not known. SAFETY: up to three bytes behind the field are read, so
   * `text` ends later than fields do.
   */
  get(text: DataView, start: number, length: number, make: Maker): string {
    this.#tries++;
    if (length > MOST_BYTES) return make.make(start, start + length);
    const slot = slotOf(text, start, length);
    if (isAt(this.#keys, slot, text, start, length)) {
      this.#hits++;
      return this.#values[slot];
    }
    const value = make.make(start, start + length);
    this.#values[slot] = value;
    putAt(this.#keys, slot, text, start, length);
    return value;
  }

  /** True where searching does not pay, or nobody wants the column. Starts to count anew where it does. */
  judge(): boolean {
    if (this.#tries < FEWEST_TRIES) return this.#tries === 0;
    const poor = this.#hits < LEAST_SHARE * this.#tries;
    this.#tries = 0;
    this.#hits = 0;
    return poor;
  }
}

/** The columns of a table that are watched. @internal */
export class RecentColumns {
  readonly #pool: Allocator;
  /** By their numbers; undefined where a column was given up. */
  readonly columns: (RecentValues | undefined)[];

  constructor(pool: Allocator, width: number) {
    this.#pool = pool;
    this.columns = Array.from(
      { length: Math.min(width, MOST_COLUMNS) },
      () => new RecentValues(pool.acquire(Int32Array, SLOTS * SLOT_WORDS)),
    );
  }

  /** Gives up the columns that seldom repeat themselves. */
  judge(): void {
    this.#giveUp((values) => values.judge());
  }

  /** Gives the memory back. */
  release(): void {
    this.#giveUp(() => true);
  }

  #giveUp(poor: (values: RecentValues) => boolean): void {
    for (let column = 0; column < this.columns.length; column++) {
      const values = this.columns[column];
      if (values === undefined || !poor(values)) continue;
      this.columns[column] = undefined;
      this.#pool.release(values.keys);
    }
  }
}

// Four bytes from `at` on; what lies behind the field counts as zeros.
function wordAt(text: DataView, start: number, length: number, at: number): number {
  const word = text.getInt32(start + at, true);
  const left = length - at;
  return left >= WORD_BYTES ? word : word & ((1 << (8 * left)) - 1);
}

function slotOf(text: DataView, start: number, length: number): number {
  let hash = length;
  for (let at = 0; at < length; at += WORD_BYTES) {
    hash = Math.imul(hash ^ wordAt(text, start, length, at), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash & (SLOTS - 1);
}

function isAt(keys: Int32Array, slot: number, text: DataView, start: number, length: number): boolean {
  let word = slot * SLOT_WORDS;
  if (keys[word + LENGTH] !== length) return false;
  for (let at = 0; at < length; at += WORD_BYTES) {
    if (keys[word++] !== wordAt(text, start, length, at)) return false;
  }
  return true;
}

function putAt(keys: Int32Array, slot: number, text: DataView, start: number, length: number): void {
  let word = slot * SLOT_WORDS;
  keys[word + LENGTH] = length;
  for (let at = 0; at < length; at += WORD_BYTES) keys[word++] = wordAt(text, start, length, at);
}
