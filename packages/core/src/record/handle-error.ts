// What is said about a handle that is not live.
import { PoolError, type PoolErrorCode, show } from "../memory/errors.ts";
import type { HandleFault, Slots } from "./slots.ts";

const CODES: Readonly<Record<HandleFault, { readonly use: PoolErrorCode; readonly release: PoolErrorCode }>> =
  {
    shape: { use: "BAD_ARGUMENT", release: "BAD_ARGUMENT" },
    outside: { use: "OUT_OF_BOUNDS", release: "FOREIGN_RELEASE" },
    foreign: { use: "OUT_OF_BOUNDS", release: "FOREIGN_RELEASE" },
    double: { use: "STALE_HANDLE", release: "DOUBLE_RELEASE" },
    stale: { use: "STALE_HANDLE", release: "STALE_RELEASE" },
  };

const REASONS: Readonly<Record<HandleFault, string>> = {
  shape: "is not a handle; expected a number that acquire() or add() returned",
  outside: "was never given out; take handles only from this table",
  foreign: "was never given out; take handles only from this table",
  double: "was released before; release each record once, and forget its handle then",
  stale:
    "was released, moved by compact(), or cleared, and its slot had another record since; forget handles with their records",
};

/** The error for using (`"use"`) or releasing a handle that is not live in the table called `name`. */
export function handleError(
  slots: Slots,
  handle: unknown,
  name: string,
  action: "use" | "release",
): PoolError {
  const fault = slots.faultOf(handle);
  return new PoolError(CODES[fault][action], `handle ${show(handle)} of "${name}" ${REASONS[fault]}`, {
    table: name,
    handle,
  });
}

/** The error for a slot index that has no live record. */
export function indexError(index: unknown, end: number, name: string): PoolError {
  const message = `index ${show(index)} of "${name}" has no live record; expected one that indexOf(), first() or next() gave`;
  return new PoolError("OUT_OF_BOUNDS", message, { table: name, index, end });
}

/** The error for a free record that is not zero, as checked modes find it. */
export function lateWriteError(index: number, name: string): PoolError {
  return new PoolError(
    "WRITE_AFTER_RELEASE",
    `record ${index} of "${name}" was written while it was free; do not use indices and rows after release()`,
    { table: name, index },
  );
}

/** The error for any call after `close()`. */
export function closedError(name: string): PoolError {
  return new PoolError("USE_AFTER_RELEASE", `"${name}" was closed; make a new table`, { table: name });
}

/** The error for a table that may not grow any more. */
export function fullError(name: string, option: string, most: number, retired: number): PoolError {
  const spent = retired === 0 ? "" : ` (${retired} slots are worn out and retired)`;
  return new PoolError(
    "POOL_EXHAUSTED",
    `"${name}" is full: ${option} is ${most}${spent}; release some, or raise ${option}`,
    { table: name, [option]: most, retired },
  );
}
