// The pool that everything in this package uses unless it is given one: made when it is first needed, one a thread.
import { Pool } from "@millpond/core";

let pool: Pool | undefined;

/** The package's own pool. @internal */
export function defaultPool(): Pool {
  pool ??= new Pool({ name: "plot" });
  return pool;
}
