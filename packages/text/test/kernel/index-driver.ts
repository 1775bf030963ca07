// Runs a kernel or a twin over a text that arrives in pieces, in painted memory with little room, and collects the rows.

import assert from "node:assert/strict";

import type { Region } from "@millpond/core";

import * as layout from "../../src/kernel/index-layout.ts";
import { indexRows } from "../../src/kernel/index-twin.ts";
import { tableIndexKernel } from "../../src/kernel/table-index.wasm.ts";
import type { Reference, ReferenceDialect, ReferenceRow } from "./index-reference.ts";

/** One way to write an index, over the arrays of one region. */
export interface Indexer {
  readonly name: string;
  readonly region: Region;
  run(arrays: Parameters<typeof indexRows>[0]): number;
}

/** The kernel over a region. */
export function kernelOver(region: Region): Indexer {
  const kernel = tableIndexKernel.on(region)!;
  return {
    name: `${region.kind} kernel`,
    region,
    run: ({ state, text, ends, rows }) =>
      kernel.indexRows(state.byteOffset, text.byteOffset, ends.byteOffset, rows.byteOffset),
  };
}

/** The twin over a region. */
export function twinOver(region: Region): Indexer {
  return { name: `${region.kind} twin`, region, run: indexRows };
}

/** How a text is fed, and where everything lies. */
export interface Feeding {
  /** Bytes of the next piece. */
  readonly pieces: () => number;
  readonly base: number;
  readonly fieldLimit: number;
  readonly rowLimit: number;
}

const PAINT = 0xa5;
const QUOTE_BYTE = 0x22;
const LF_BYTE = 0x0a;
const GUARD = 64;

/** What was read, and how many ends of lines and which high bits were seen. */
export interface Outcome extends Reference {
  readonly lines: number;
  readonly high: boolean;
}

/** Reads a whole text. */
export function drive(
  indexer: Indexer,
  bytes: Uint8Array,
  dialect: ReferenceDialect,
  feeding: Feeding,
): Outcome {
  const { fieldLimit, rowLimit } = feeding;
  const room = new Room(indexer.region, feeding.base);
  const state = room.words(layout.STATE_WORDS);
  const text = room.bytes(bytes.length, feeding.base % 2 === 0 ? QUOTE_BYTE : LF_BYTE);
  const ends = room.words(fieldLimit);
  const rows = room.words(2 * (rowLimit + 1));
  describe(state, dialect, fieldLimit, rowLimit);
  rows.fill(0, 0, 2);
  const arrays = { state, text, ends, rows };
  const found: ReferenceRow[] = [];
  let fed = 0;
  for (;;) {
    const result = indexer.run(arrays);
    collect(arrays, dialect, found);
    if (result >= layout.BAD_QUOTE) {
      room.check();
      return { rows: found, error: [result, state[layout.ERROR_AT]], lines: -1, high: false };
    }
    if (result === layout.FULL) {
      assert(found.length > 0 || fieldLimit < 64, "there was room");
      continue;
    }
    if (fed === bytes.length && state[layout.FINAL] === 1) {
      // Whoever has reached the end stays there, however often he is asked.
      assert.equal(indexer.run(arrays), layout.MORE);
      assert.equal(state[layout.POSITION], bytes.length);
      break;
    }
    const piece = Math.min(feeding.pieces(), bytes.length - fed);
    text.set(bytes.subarray(fed, fed + piece), fed);
    fed += piece;
    state[layout.FILLED] = fed;
    if (fed === bytes.length) state[layout.FINAL] = 1;
  }
  room.check();
  const high = (state[layout.SEEN_BITS] & 0x80) !== 0;
  return { rows: found, error: undefined, lines: state[layout.LINES], high };
}

// Takes the complete rows out, and moves the fields of the row that was begun to the front.
function collect(
  { state, ends, rows }: Parameters<typeof indexRows>[0],
  dialect: ReferenceDialect,
  found: ReferenceRow[],
): void {
  const count = state[layout.ROW_COUNT];
  for (let row = 0; row < count; row++) {
    found.push([rows[2 * row + 1], [...ends.subarray(rows[2 * row], rows[2 * row + 2])]]);
  }
  assert.equal(rows[2 * count + 1], state[layout.ROW_START]);
  const first = rows[2 * count];
  ends.copyWithin(0, first, state[layout.FIELD_COUNT]);
  state[layout.FIELD_COUNT] -= first;
  state[layout.ROW_COUNT] = 0;
  rows[0] = 0;
  rows[1] = state[layout.ROW_START];
  assert(dialect.delimiter.length > 0);
}

function describe(state: Uint32Array, dialect: ReferenceDialect, fieldLimit: number, rowLimit: number): void {
  state.fill(0);
  state[layout.FIELD_LIMIT] = fieldLimit;
  state[layout.ROW_LIMIT] = rowLimit;
  state[layout.DELIMITER] = dialect.delimiter[0];
  state[layout.DELIMITER_LENGTH] = dialect.delimiter.length;
  state[layout.QUOTE] = dialect.quote;
  state[layout.ESCAPE] = dialect.escape;
  state[layout.TERMINATOR] = dialect.terminators[0];
  state[layout.OTHER_TERMINATOR] = dialect.terminators[1];
  state[layout.COMMENT_LENGTH] = dialect.comment.length;
  state[layout.SKIP_EMPTY] = Number(dialect.skipEmpty);
  state[layout.LENIENT] = Number(dialect.lenient);
  state[layout.TRIM] = Number(dialect.trim);
  const marks = new Uint8Array(state.buffer, state.byteOffset, state.byteLength);
  marks.set(dialect.delimiter, 4 * layout.DELIMITER_BYTES);
  marks.set(dialect.comment, 4 * layout.COMMENT_BYTES);
}

// Arrays one after the other, with paint between them that must not change.
class Room {
  readonly #region: Region;
  #at: number;
  readonly #guards: Uint8Array[] = [];

  constructor(region: Region, base: number) {
    this.#region = region;
    this.#at = base;
    this.#guard();
  }

  words(length: number): Uint32Array {
    this.#at = Math.ceil(this.#at / 4) * 4;
    const array = new Uint32Array(this.#region.buffer, this.#at, length).fill(0xa5a5a5a5);
    this.#at += 4 * length;
    this.#guard();
    return array;
  }

  // Behind what is filled nothing may count, so it is full of something that would.
  bytes(length: number, behind: number): Uint8Array {
    const array = new Uint8Array(this.#region.buffer, this.#at, length + GUARD)
      .fill(behind)
      .subarray(0, length);
    this.#at += length + GUARD;
    this.#guard();
    return array;
  }

  #guard(): void {
    this.#guards.push(new Uint8Array(this.#region.buffer, this.#at, GUARD).fill(PAINT));
    this.#at += GUARD;
  }

  check(): void {
    for (const guard of this.#guards)
      assert(
        guard.every((byte) => byte === PAINT),
        "a guard was written over",
      );
  }
}
