// Scopes: results that live equally long, in one arena, and go back together.
//
//     withArena(work)        the arena of this scope: its memory is kept for the next one, a few for each thread
//       withArena(work)      a scope inside has an arena of its own, so it takes nothing away from the one outside
import {
  type Arena,
  arena,
  type ArenaManager,
  arenas,
  KiB,
  type Pool,
  type StringArena,
} from "@millpond/core";
import { checkOptions, isThenable, type NamesOf, unlike } from "../check.ts";
import { defaultPool, poolOr } from "../default-pool.ts";
import { TextError } from "../errors.ts";
import { ArenaHome } from "./arena-home.ts";

/** Options of `withArena()`. */
export interface WithArenaOptions {
  /**
   * Where the memory comes from; of the package's own, some is kept from scope to scope.
   *
   * @defaultValue a pool of this package
   */
  readonly pool?: Pool;
}

const CHUNK_BYTES = 64 * KiB;
const OPTIONS: NamesOf<WithArenaOptions> = { pool: true };

/**
 * Runs `work` with an arena for the results of splits, and takes everything back that is in it when `work` returns or
 * throws, or when its promise settles. Returns what `work` returns: that must not be a result that lies in the arena.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { splitter, withArena } from "@millpond/text";
 *
 * const fields = splitter(",");
 * const widest = withArena((arena) => {
 *   const lines = ["a,b", "c,d,e", "f"].map((line) => fields.split(line, arena));
 *   return Math.max(...lines.map(({ length }) => length));
 * });
 * assert.equal(widest, 3);
 * ```
 *
 * Scopes can be nested, and those of different tasks can overlap: each has an arena of its own. The default memory
 * belongs to the thread.
 */
export function withArena<R>(work: (arena: TextArena) => R, options: WithArenaOptions = {}): R {
  if (typeof work !== "function") throw unlike("a function to run in the scope", work);
  checkOptions(options, OPTIONS);
  const { pool } = options;
  const home = new ArenaHome(poolOr(pool), pool === undefined ? takeKept() : fresh(pool));
  let pending = false;
  try {
    const result = work(new TextArena(home));
    pending = isThenable(result);
    return pending ? (endWhenSettled(result as PromiseLike<unknown>, home) as R) : result;
  } finally {
    if (!pending) home.end();
  }
}

async function endWhenSettled(promise: PromiseLike<unknown>, home: ArenaHome): Promise<unknown> {
  try {
    return await promise;
  } finally {
    home.end();
  }
}

let kept: ArenaManager<"text"> | undefined;

// Each thread has this module, and with it the memory, for itself.
function takeKept(): Arena {
  kept ??= arenas(defaultPool(), { sizes: { text: CHUNK_BYTES } }) as ArenaManager<"text">;
  return kept.take("text");
}

function fresh(pool: Pool): Arena {
  return arena(pool, { name: "text", chunkBytes: CHUNK_BYTES });
}

/**
 * The arena of a scope. Results that lie in it need not be released, and are refused once the scope has ended.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { split, withArena } from "@millpond/text";
 *
 * const stale = withArena((arena) => {
 *   const name = arena.strings.add("kept as long as the scope");
 *   assert.equal(arena.strings.byteLength(name), 25);
 *   return [split("a b", " ", { arena })];
 * });
 * assert.throws(() => stale[0].text(0), { code: "USE_AFTER_RELEASE" });
 * ```
 */
export class TextArena {
  /** @internal */
  readonly _home: ArenaHome;

  /** @internal */
  constructor(home: ArenaHome) {
    this._home = home;
  }

  /** False once the scope has ended. */
  get live(): boolean {
    return this._home.live;
  }

  /** Bytes of what lies in the arena, strings included. */
  get usedBytes(): number {
    this.#refuseEnded();
    return this._home.usedBytes;
  }

  /** Strings that live as long as the scope, by id; unescaped text is among them. */
  get strings(): StringArena {
    this.#refuseEnded();
    return this._home.openStrings();
  }

  #refuseEnded(): void {
    if (this.live) return;
    throw new TextError("USE_AFTER_RELEASE", "the scope of this arena has ended; use it inside the function");
  }
}
