// Tables over worker threads: the worker's side. It reads a part of a file, and tells where the next part starts.

import { type SharedTask, sharedTask, type TaskContext } from "@millpond/core";

import { checkOptions, type NamesOf, unlike } from "../check.ts";
import { TextError, type TextErrorCode, type TextPlace } from "../errors.ts";
import { fileSync } from "../source/files.ts";
import type { Reader, SyncReader } from "../source/source.ts";
import {
  type AllStrings,
  FORMAT_OPTIONS,
  type RowsOptions,
  type Schema,
  settle,
  type TableFormat,
} from "./options.ts";
import type { TablePart } from "./part.ts";
import { Table } from "./table.ts";

/** Options of `tableTask()`: those of `rows` that a function of the worker belongs to. */
export type TableTaskOptions<S extends Schema> = Pick<RowsOptions<S>, "columns" | "pool">;

const TASK_OPTIONS: NamesOf<TableTaskOptions<Schema>> = { columns: true, pool: true };

/** What a worker gets. */
export interface PartMessage {
  readonly path: string;
  readonly part: TablePart;
  readonly format: TableFormat;
  /** Shared memory for the answer: the first byte of the next part, and the ends of lines before it. */
  readonly end: Float64Array;
}

/** What comes back of a text with an error in it: a class of one's own does not survive the way. */
export interface TextFailure {
  readonly textFailure: {
    readonly code: TextErrorCode;
    readonly message: string;
    readonly place: TextPlace | undefined;
  };
}

/** The format among other options, as far as it was told. */
export function formatOf(options: TableFormat): TableFormat {
  const names = Object.keys(FORMAT_OPTIONS) as (keyof TableFormat)[];
  const told = names.filter((name) => options[name] !== undefined);
  return Object.fromEntries(told.map((name) => [name, options[name]]));
}

/**
 * Makes the function of a worker's file that `rowsParallel` has run: `work` is called with a part of the table, as a
 * table of its own, and what it returns is one of the results. That is anything that can be posted, or an array of the
 * pool of `context`, which is not copied.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { tableTask } from "@millpond/text/node";
 *
 * // sum-worker.js
 * export const sum = tableTask((table) => {
 *   let sum = 0;
 *   for (const row of table) sum += row.number("price");
 *   return sum;
 * });
 * export const days = tableTask((table) => [...table.objects()].map(({ day }) => day), { columns: { day: "date" } });
 * assert.equal(typeof sum, "function");
 * ```
 *
 * `work` may be called for a part that turns out to start in the middle of a row. What it returns then, or throws, is
 * dropped, and it is called again; so it is to do nothing but read and return. Rows and lines are
 * counted from the part's first.
 */
export function tableTask<R, const S extends Schema = AllStrings>(
  work: (table: Table<S>, context: TaskContext) => R | Promise<R>,
  options: TableTaskOptions<S> = {},
): SharedTask<unknown, R> {
  if (typeof work !== "function") throw unlike("a function that takes a table", work);
  checkOptions(options, TASK_OPTIONS);
  return sharedTask(async (item: unknown, context): Promise<unknown> => {
    const { path, part, format, end } = item as PartMessage;
    const table = new Table<S>(partOf(path, part), { ...settle({ ...format, ...options }), part });
    try {
      const result = await work(table, context);
      table.close();
      if (table._end !== undefined) end.set([table._end.offset, table._end.lines]);
      return result;
    } catch (error) {
      table._giveUp();
      if (error instanceof TextError) return failureOf(error);
      throw error;
    }
  }) as SharedTask<unknown, R>;
}

function failureOf({ code, message, place }: TextError): TextFailure {
  return { textFailure: { code, message, place } };
}

// The file from the start of a part on. It does not end where the part does: its last row may go on behind that.
function partOf(path: string, { start, until }: TablePart): SyncReader & Reader {
  const source = fileSync(path, { start: start.offset });
  let at = start.offset;
  return {
    sync: true,
    byteLength: until - at,
    read(target: Uint8Array): number {
      const bytes = source.read(at < until ? target.subarray(0, until - at) : target);
      at += bytes;
      return bytes;
    },
    close: () => source.close?.(),
  };
}
