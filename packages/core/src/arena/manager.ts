// A manager of arenas: keeps the memory of a few arenas of each name, and lends it out as arenas.
//
// What is kept is memory, not arenas: whoever takes one gets a new `Arena` object over kept chunks, and giving it
// back ends that object. So a holder who goes on using an arena that he gave back is refused, though its memory
// has a new user by then.
import type { Allocator } from "../memory/allocator.ts";
import { checkLength } from "../memory/elements.ts";
import { PoolError, show } from "../memory/errors.ts";
import { isThenable } from "../memory/thenable.ts";
import { KiB, MiB } from "../memory/units.ts";
import { Arena, type ArenaHome } from "./arena.ts";
import { checkChunkBytes, checkWork } from "./arguments.ts";
import { ChunkStore } from "./chunks.ts";

/** The names of arenas that every manager knows. */
export type DefaultArenaName = "primitive" | "search" | "json";

const DEFAULT_SIZES: Readonly<Record<DefaultArenaName, number>> = {
  primitive: 256 * KiB,
  search: 1 * MiB,
  json: 128 * KiB,
};

/** Options of `arenas()`; every one has a default. */
export interface ArenaManagerOptions<Name extends string = never> {
  /**
   * Chunk sizes of arenas, by name, 1 KiB to 1 GiB each. They come on top of the default ones, which are
   * `primitive` with 256 KiB, `search` with 1 MiB and `json` with 128 KiB, or replace these.
   */
  readonly sizes?: Readonly<Record<Name, number>>;
  /** For how many arenas of each name memory is kept while nobody uses them. Default 4. */
  readonly keep?: number;
}

/** The figures of the arenas of one name. */
export interface ArenaStats {
  /** The name. */
  readonly name: string;
  /** The size of a chunk. */
  readonly chunkBytes: number;
  /** How often an arena was taken. */
  readonly taken: number;
  /** How often no memory was kept for it. */
  readonly created: number;
  /** Arenas in use now. */
  readonly inUse: number;
  /** The most that were in use at once. */
  readonly peak: number;
  /** For how many arenas memory is kept now. */
  readonly kept: number;
  /** The bytes of that memory. */
  readonly keptBytes: number;
}

/**
 * A manager of arenas over pooled memory.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { arenas, KiB, Pool } from "@millpond/core";
 *
 * const scratch = arenas(new Pool(), { sizes: { row: 16 * KiB } });
 * const sum = scratch.use("row", (row) => {
 *   const cells = row.alloc(Float64Array, 3).fill(2);
 *   return cells[0] + cells[1] + cells[2];
 * });
 * assert.equal(sum, 6);
 * scratch.release();
 * ```
 */
export function arenas<Name extends string = never>(
  allocator: Allocator,
  options: ArenaManagerOptions<Name> = {},
): ArenaManager<Name | DefaultArenaName> {
  return new ArenaManager(allocator, options);
}

/**
 * Lends out arenas by name, each to one user at a time, and keeps their memory for the next. Uses can be nested
 * and can overlap: each gets an arena of its own.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { arenas, Pool } from "@millpond/core";
 *
 * const pool = new Pool();
 * const scratch = arenas(pool);
 * scratch.use("json", (outer) => {
 *   const text = outer.copy(new Uint8Array([123, 125]));
 *   scratch.use("json", (inner) => inner.alloc(Uint8Array, 1000)); // another arena: text is untouched
 *   assert.deepEqual([...text], [123, 125]);
 * });
 * scratch.release();
 * assert.equal(pool.stats().inUse, 0);
 * ```
 *
 * An arena that comes back is reset as `reset("trim")` does: it keeps as much as its last eight uses needed.
 */
export class ArenaManager<Name extends string = DefaultArenaName> {
  readonly #shelves = new Map<string, Shelf>();
  #released = false;

  /** @internal */
  constructor(allocator: Allocator, options: ArenaManagerOptions<Name>) {
    const { keep = 4 } = options;
    checkLength(keep, 1_000_000, "keep");
    const sizes: Record<string, number> = { ...DEFAULT_SIZES, ...options.sizes };
    for (const [name, bytes] of Object.entries(sizes)) {
      this.#shelves.set(name, new Shelf(allocator, name, checkChunkBytes(bytes, `sizes.${name}`), keep));
    }
  }

  /**
   * An arena for as long as the caller wants it. It goes back by `give`, by its own `release()`, or by `using`.
   *
   * ```ts
   * import assert from "node:assert/strict";
   * import { arenas, Pool } from "@millpond/core";
   *
   * const scratch = arenas(new Pool());
   * {
   *   using search = scratch.take("search");
   *   search.alloc(Float32Array, 384);
   * }
   * assert.equal(scratch.stats().find(({ name }) => name === "search")?.kept, 1);
   * scratch.release();
   * ```
   */
  take(name: Name): Arena {
    if (this.#released) {
      throw new PoolError("USE_AFTER_RELEASE", "this manager of arenas was released; make a new one");
    }
    const shelf = this.#shelves.get(name);
    if (shelf === undefined) throw this.#unknown(name);
    return shelf.take();
  }

  /**
   * Takes an arena back. The object is of no use from then on.
   *
   * Throws `DOUBLE_RELEASE` for an arena that was given back or released, `FOREIGN_RELEASE` for one that was not
   * taken here.
   */
  give(arena: Arena): void {
    const home = arena instanceof Arena ? arena._home : undefined;
    if (home === undefined || ![...this.#shelves.values()].includes(home as Shelf)) {
      throw new PoolError(
        "FOREIGN_RELEASE",
        `expected an arena that was taken from this manager, got ${show(arena)}; release it where it comes from`,
      );
    }
    arena.release();
  }

  /**
   * Runs `work` with an arena, which goes back when `work` returns or throws, or, when it returns a promise,
   * when that settles. Returns what `work` returns: that must not be an array of the arena.
   */
  use<R>(name: Name, work: (arena: Arena) => R): R {
    checkWork(work);
    const arena = this.take(name);
    let pending = false;
    try {
      const result = work(arena);
      pending = isThenable(result);
      return pending ? (giveWhenSettled(result as PromiseLike<unknown>, arena) as R) : result;
    } finally {
      if (!pending) arena[Symbol.dispose]();
    }
  }

  /** The figures of each name. */
  stats(): ArenaStats[] {
    return Array.from(this.#shelves.values(), (shelf) => shelf.stats());
  }

  /** Gives the memory that is kept back to the pool. Arenas in use are not touched. */
  trim(): void {
    const errors = [...this.#shelves.values()].flatMap((shelf) => shelf.empty());
    if (errors.length > 0) throw errors[0];
  }

  /** Ends the manager. Kept memory goes back to the pool now, that of arenas in use when they are given back. */
  release(): void {
    if (this.#released) {
      throw new PoolError("DOUBLE_RELEASE", "this manager of arenas was released before; release each once");
    }
    this.#released = true;
    for (const shelf of this.#shelves.values()) shelf.close();
    this.trim();
  }

  /** For `using`: releases unless that has happened. */
  [Symbol.dispose](): void {
    if (!this.#released) this.release();
  }

  #unknown(name: unknown): PoolError {
    const names = [...this.#shelves.keys()].map((known) => `"${known}"`).join(", ");
    return new PoolError(
      "BAD_ARGUMENT",
      `expected the name of an arena, one of ${names}, got ${show(name)}; add names with the option sizes`,
      { got: name },
    );
  }
}

// The arenas of one name.
class Shelf implements ArenaHome {
  readonly #allocator: Allocator;
  readonly #name: string;
  readonly #chunkBytes: number;
  readonly #stores: ChunkStore[] = [];
  #keep: number;
  #taken = 0;
  #created = 0;
  #inUse = 0;
  #peak = 0;

  constructor(allocator: Allocator, name: string, chunkBytes: number, keep: number) {
    this.#allocator = allocator;
    this.#name = name;
    this.#chunkBytes = chunkBytes;
    this.#keep = keep;
  }

  take(): Arena {
    const kept = this.#stores.pop();
    if (kept === undefined) this.#created++;
    this.#taken++;
    this.#inUse++;
    this.#peak = Math.max(this.#peak, this.#inUse);
    return new Arena(kept ?? new ChunkStore(this.#allocator, this.#name, this.#chunkBytes), this);
  }

  takeBack(store: ChunkStore): void {
    this.#inUse--;
    if (this.#stores.length >= this.#keep) {
      store.release();
      return;
    }
    // Before what may find damage in a chunk: the others are kept all the same.
    this.#stores.push(store);
    store.rewindTo(0, -1);
    store.endRound(true);
  }

  /** Gives kept memory back; returns what went wrong on the way. */
  empty(): unknown[] {
    const errors: unknown[] = [];
    for (const store of this.#stores.splice(0)) {
      try {
        store.release();
      } catch (error) {
        errors.push(error);
      }
    }
    return errors;
  }

  /** Keeps nothing from now on. */
  close(): void {
    this.#keep = 0;
  }

  stats(): ArenaStats {
    let keptBytes = 0;
    for (const store of this.#stores) keptBytes += store.reservedBytes;
    return {
      name: this.#name,
      chunkBytes: this.#chunkBytes,
      taken: this.#taken,
      created: this.#created,
      inUse: this.#inUse,
      peak: this.#peak,
      kept: this.#stores.length,
      keptBytes,
    };
  }
}

async function giveWhenSettled(promise: PromiseLike<unknown>, arena: Arena): Promise<unknown> {
  try {
    return await promise;
  } finally {
    arena[Symbol.dispose]();
  }
}
