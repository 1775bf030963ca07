// The snapshot of figures that a reader of a pool gets.

/** The figures of one size class. */
export interface ClassStats {
  /** Bytes of a block of the class. */
  readonly blockBytes: number;
  /** Arrays given out since the pool was made. */
  readonly acquired: number;
  /** Arrays given back. */
  readonly released: number;
  /** Arrays in use now. */
  readonly inUse: number;
  /** The most that were in use at once, in the whole tree of pools. */
  readonly peak: number;
  /** Requests that created nothing: an idle block with a fitting view was there. */
  readonly hits: number;
  /** Requests that needed a block that no earlier release had left, or a new view. */
  readonly misses: number;
  /** Blocks carved for the class, in use or idle; of the whole pool, children included. */
  readonly blocks: number;
}

/** Why idle memory was given back. */
export type TrimReason = "call" | "decay" | "pressure" | "budget";

/** A snapshot of a pool's figures. Reading it costs time; keeping the figures costs nothing more. */
export interface PoolStats {
  /** The pool's name. */
  readonly name: string;
  /** The check mode. */
  readonly check: string;
  /** Arrays given out, children's included (also those of closed ones), unpooled ones included. */
  readonly acquired: number;
  /** Arrays given back. */
  readonly released: number;
  /** Arrays in use now. */
  readonly inUse: number;
  /** Requests that created nothing. */
  readonly hits: number;
  /** Bytes of the blocks that these requests were given: what was not left to the collector. Closed children's included. */
  readonly bytesReused: number;
  /** Requests that created a view, or both a view and a block. */
  readonly misses: number;
  /** hits / acquired, 1 before the first request. */
  readonly hitRate: number;
  /** released / acquired: 1 when everything came back. */
  readonly efficiency: number;
  /** Arrays made outside the pool: budget used up with `onExhausted: "unpooled"`, `check: "off"` or `"strict"`. */
  readonly unpooled: number;
  /** Bytes of arrays outside the pool that are in use. */
  readonly bytesUnpooled: number;
  /** Bytes of blocks in use; in the modes `"off"` and `"strict"`, of all arrays in use, in units of 64. */
  readonly bytesInUse: number;
  /** The most bytes of blocks that were in use at once. */
  readonly bytesPeak: number;
  /** Bytes that users asked for, of those in use. */
  readonly bytesRequested: number;
  /** bytesInUse - bytesRequested: what rounding up to block sizes costs now. */
  readonly bytesWasted: number;
  /** Bytes in blocks, in use or idle: what `limitBytes` bounds. A child has none of its own. */
  readonly bytesRetained: number;
  /** Bytes of address space reserved in regions; resident only where touched. */
  readonly bytesReserved: number;
  /** bytesInUse / bytesRetained. */
  readonly utilisation: number;
  /** Share of the retained bytes that is idle and cannot be given back, since a block of its span is in use. */
  readonly fragmentation: number;
  /** The budget. */
  readonly limitBytes: number;
  /** How often spans were carved from regions. */
  readonly growths: number;
  /** Regions held now. */
  readonly regions: number;
  /** Regions reserved since the pool was made. */
  readonly regionsReserved: number;
  /** Regions dropped since the pool was made. */
  readonly regionsDropped: number;
  /** How often idle memory was given back, by reason. */
  readonly trims: Readonly<Record<TrimReason, number>>;
  /** How much was given back in all. */
  readonly bytesTrimmed: number;
  /** True after `seal()`. */
  readonly sealed: boolean;
  /** The size classes this pool used; children have their own. */
  readonly classes: readonly ClassStats[];
  /** The figures of the pools below. */
  readonly children: readonly PoolStats[];
}
