// The snapshot of figures that a reader of an array pool gets.
import type { ArrayStrategy } from "./options.ts";

/** The figures of one size class of an array pool. */
export interface ArrayClassStats {
  /** The longest array of the class. */
  readonly length: number;
  /** Bytes that one array of the class takes, header and rounding included. */
  readonly blockBytes: number;
  /** Arrays given out since the pool was made. */
  readonly acquired: number;
  /** Array objects created for them: all in the strategies that never give out the same object twice. */
  readonly viewsCreated: number;
  /** Arrays in use now. */
  readonly inUse: number;
  /** Blocks that wait to be given out. */
  readonly idle: number;
  /** Blocks that are never given out again, since their header was overwritten. */
  readonly retired: number;
  /** Pieces of memory that were acquired for the class. */
  readonly slabs: number;
}

/** A snapshot of an array pool's figures. */
export interface ArrayPoolStats {
  /** The pool's name. */
  readonly name: string;
  /** How it knows its arrays again. */
  readonly strategy: ArrayStrategy;
  /** Arrays given out. */
  readonly acquired: number;
  /** Arrays given back. */
  readonly released: number;
  /** Arrays in use now. */
  readonly inUse: number;
  /** Wrong releases and damaged headers that were refused. */
  readonly refused: number;
  /** Arrays longer than every class, given out since the pool was made. */
  readonly large: number;
  /** Those of them that are in use. */
  readonly largeInUse: number;
  /** Bytes acquired from the memory behind: slabs, and long arrays in use. */
  readonly bytesRetained: number;
  /** By class, the shortest arrays first. */
  readonly classes: readonly ArrayClassStats[];
}
