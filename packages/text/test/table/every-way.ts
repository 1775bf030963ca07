// Reads one text in every way there is: whole and in pieces, at once and in time, with the kernel and without. All ways
// have to agree, and all of them have to give their memory back.

import assert from "node:assert/strict";

import { expectNoLeaks, Pool } from "@millpond/core";
import { rows, type ColumnChoice, type RowsOptions, type SyncReader, TextError } from "@millpond/text";

/** What reading gave: the rows before the end or the error. */
export interface Outcome {
  readonly rows: readonly unknown[];
  readonly code?: string;
  readonly line?: number;
  readonly column?: number;
  readonly offset?: number;
}

const encoder = new TextEncoder();
const pieceSizes = [1, 2, 3, 7, 64, 1 << 20];
const pools = [new Pool({ name: "kernel" }), new Pool({ name: "twin", memory: "arraybuffer" })];

/** A reader that gives so many bytes at a time. */
function piecesOf(bytes: Uint8Array, size: number): SyncReader {
  let at = 0;
  return {
    sync: true,
    read(target) {
      const piece = bytes.subarray(at, at + Math.min(size, target.length));
      target.set(piece);
      at += piece.length;
      return piece.length;
    },
  };
}

/** The same as an async iterable. */
async function* chunksOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Reads lists, or objects, in every way. Fails unless all of them agree. */
export async function everyWay<C extends ColumnChoice>(
  text: string | Uint8Array,
  options: RowsOptions<C> & { readonly as?: "objects" } = {},
): Promise<Outcome> {
  const bytes = typeof text === "string" ? encoder.encode(text) : text;
  const { as, ...rest } = options;
  // Single bytes of long texts take too long, and show nothing that those of short ones do not.
  const sizes = bytes.length > 4000 ? pieceSizes.slice(4) : pieceSizes;
  let agreed: Outcome | undefined;
  const agree = (outcome: Outcome, way: string): void => {
    agreed ??= outcome;
    assert.deepEqual(outcome, agreed, way);
  };
  for (const pool of pools) {
    const all = { ...rest, pool } as RowsOptions<C>;
    const read = (source: string | Uint8Array | SyncReader): Outcome =>
      expectNoLeaks(pool, () =>
        collect(() => (as === undefined ? rows(source, all).arrays() : rows(source, all).objects())),
      );
    if (typeof text === "string") agree(read(text), `${pool.name}, a string`);
    agree(read(bytes), `${pool.name}, bytes`);
    for (const size of sizes) {
      agree(read(piecesOf(bytes, size)), `${pool.name}, pieces of ${size}`);
      const chunks = (): AsyncIterable<unknown> => {
        const table = rows(chunksOf(bytes, size), all);
        return as === undefined ? table.arrays() : table.objects();
      };
      agree(await collectInTime(chunks), `${pool.name}, chunks of ${size}`);
      assert.equal(pool.stats().inUse, 0);
    }
  }
  return agreed!;
}

function collect(open: () => Iterable<unknown>): Outcome {
  const found: unknown[] = [];
  try {
    for (const row of open()) found.push(row);
  } catch (error) {
    return failed(found, error);
  }
  return { rows: found };
}

async function collectInTime(open: () => AsyncIterable<unknown>): Promise<Outcome> {
  const found: unknown[] = [];
  try {
    for await (const row of open()) found.push(row);
  } catch (error) {
    return failed(found, error);
  }
  return { rows: found };
}

function failed(found: readonly unknown[], error: unknown): Outcome {
  if (!(error instanceof TextError)) throw error;
  return { rows: found, code: error.code, ...error.place };
}
