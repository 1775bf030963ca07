// The pool that everything in this package uses unless it is given one: made when it is first needed, one a thread.
import { type Allocator, Pool } from "@millpond/core";

import { unlike } from "./check.ts";

let pool: Pool | undefined;

/** The package's own pool. @internal */
export function defaultPool(): Pool {
  pool ??= new Pool({ name: "text" });
  return pool;
}

/** A pool that was given, or the package's own. Throws for what is none. @internal */
export function poolOr<P extends Allocator>(given: P | undefined): P | Pool {
  if (given === undefined) return defaultPool();
  if (typeof (given as Partial<P> | null)?.acquireUnsafe === "function") return given;
  throw unlike("pool to be a Pool", given);
}
