// Lists of the children of each container, for programs that ask for elements of many arrays by their number: on the bare tape that
// takes up to 64 steps, with a list one.
//
// Where the lists come from is a choice, so that ways to manage such memory can be compared inside a real parser: the
// result is the same for all. docs/json.md has the table.

import { type ArrayPool, arrays, type Pool } from "@millpond/core";

import { Kind, KIND_MASK } from "./kinds.ts";
import { firstAtLeast } from "./search.ts";

/**
 * Where lists of children come from.
 *
 * - `"tape"`: there are none; children are found by stepping over the tape. The default, and the fastest to parse.
 * - `"direct"`: a new `Uint32Array` for each, left to the collector.
 * - `"tracked"`, `"tagged"`: array pools of the core with these strategies; each list is released by itself.
 * - `"arena"`: all lists one behind the other in one pooled array.
 */
export type ChildStrategy = "tape" | "direct" | "tracked" | "tagged" | "arena";

/** The lists of one tape. */
export interface ChildLists {
  /** How many values are inside a node. */
  count(node: number): number;
  /** The value at `index`, from 0 on, inside a node, in the order of the text, or -1. */
  at(node: number, index: number): number;
  /** The index of a child in its container, found by a binary search. */
  indexOf(container: number, child: number): number;
  /** Makes the lists of a tape that was parsed; lists of an earlier text are given back. */
  build(columns: ChildColumns): void;
  /** Gives all memory back. The lists can be built again. */
  close(): void;
}

// What lists are made from: a tape.
interface ChildColumns {
  readonly count: number;
  readonly kinds: Uint8Array;
  readonly nexts: Uint32Array;
}

/** The lists of a strategy; undefined for `"tape"`, which has none. */
export function childLists(pool: Pool, strategy: ChildStrategy): ChildLists | undefined {
  if (strategy === "tape") return undefined;
  if (strategy === "arena") return new ListArena(pool);
  return new ListArrays(pool, strategy === "direct" ? new DirectSource() : new PooledSource(pool, strategy));
}

const NO_WORDS = new Uint32Array(0);

// 1 where a key stands in front of each child, 0 where none does, -1 for what has no children.
function stepOf({ kinds, nexts }: ChildColumns, node: number): number {
  const kind = kinds[node] & KIND_MASK;
  if ((kind !== Kind.ARRAY && kind !== Kind.OBJECT) || nexts[node] === node + 1) return -1;
  return kind === Kind.OBJECT ? 1 : 0;
}

// All lists one behind the other in one array, each with its length in front: the memory is taken and given back at once,
// and there is no object for a list.
class ListArena implements ChildLists {
  readonly #pool: Pool;
  #nexts: Uint32Array = NO_WORDS;
  #words: Uint32Array = NO_WORDS;
  // By node: where its list is. What has no children has no place.
  #places: Uint32Array = NO_WORDS;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  count(node: number): number {
    return this.#nexts[node] === node + 1 ? 0 : this.#words[this.#places[node]];
  }

  at(node: number, index: number): number {
    return index < this.count(node) ? this.#words[this.#places[node] + 1 + index] : -1;
  }

  indexOf(container: number, child: number): number {
    const from = this.#places[container] + 1;
    return firstAtLeast(this.#words, from, from + this.count(container), child) - from;
  }

  build(columns: ChildColumns): void {
    const { count } = columns;
    // A list for every other node at most, and every node in one list at most.
    const words = Math.ceil(count * 1.5) + 1;
    if (this.#words.length < words) {
      this.close();
      this.#words = this.#pool.acquireUnsafe(Uint32Array, words);
      this.#places = this.#pool.acquireUnsafe(Uint32Array, count);
    }
    this.#nexts = columns.nexts;
    fillLists(columns, this.#words, this.#places);
  }

  close(): void {
    this.#nexts = NO_WORDS;
    if (this.#words.length > 0) this.#pool.release(this.#words);
    this.#words = NO_WORDS;
    if (this.#places.length > 0) this.#pool.release(this.#places);
    this.#places = NO_WORDS;
  }
}

function fillLists({ kinds, nexts, count }: ChildColumns, words: Uint32Array, places: Uint32Array): void {
  let free = 0;
  for (let node = 0; node < count; node++) {
    // Only what has children leads further than to the node behind.
    if (nexts[node] === node + 1) continue;
    const step = (kinds[node] & KIND_MASK) === Kind.OBJECT ? 1 : 0;
    const length = fillChildren(nexts, node, step, words, free + 1);
    places[node] = free;
    words[free] = length;
    free += length + 1;
  }
}

// Writes the children of a container from `to` on, and returns how many there are.
function fillChildren(
  nexts: Uint32Array,
  container: number,
  step: number,
  list: Uint32Array,
  to: number,
): number {
  const behind = nexts[container];
  let place = to;
  for (let child = container + 1 + step; child < behind; child = nexts[child] + step) list[place++] = child;
  return place - to;
}

// One way to get an array for a list, and to give all of them back.
interface ListSource {
  take(length: number): Uint32Array;
  giveAll(lists: readonly Uint32Array[]): void;
  close(): void;
}

// An array for each list.
class ListArrays implements ChildLists {
  readonly #pool: Pool;
  readonly #source: ListSource;
  // By the order of the containers that have children.
  readonly #lists: Uint32Array[] = [];
  // By node: one more than the place in `lists`, or 0.
  #places: Uint32Array = NO_WORDS;

  constructor(pool: Pool, source: ListSource) {
    this.#pool = pool;
    this.#source = source;
  }

  count(node: number): number {
    const place = this.#places[node];
    return place === 0 ? 0 : this.#lists[place - 1].length;
  }

  at(node: number, index: number): number {
    const place = this.#places[node];
    return place === 0 ? -1 : (this.#lists[place - 1][index] ?? -1);
  }

  indexOf(container: number, child: number): number {
    const list = this.#lists[this.#places[container] - 1];
    return firstAtLeast(list, 0, list.length, child);
  }

  build(columns: ChildColumns): void {
    const { count, nexts } = columns;
    this.#giveAll();
    this.#reserve(count);
    for (let node = 0; node < count; node++) {
      const step = stepOf(columns, node);
      this.#places[node] = 0;
      if (step < 0) continue;
      const list = this.#source.take(countChildren(nexts, node, step));
      fillChildren(nexts, node, step, list, 0);
      this.#places[node] = this.#lists.push(list);
    }
  }

  close(): void {
    this.#giveAll();
    this.#source.close();
    if (this.#places.length > 0) this.#pool.release(this.#places);
    this.#places = NO_WORDS;
  }

  #giveAll(): void {
    this.#source.giveAll(this.#lists);
    this.#lists.length = 0;
  }

  #reserve(count: number): void {
    if (count <= this.#places.length) return;
    if (this.#places.length > 0) this.#pool.release(this.#places);
    this.#places = NO_WORDS;
    this.#places = this.#pool.acquireUnsafe(Uint32Array, count);
  }
}

function countChildren(nexts: Uint32Array, container: number, step: number): number {
  const behind = nexts[container];
  let count = 0;
  for (let child = container + 1 + step; child < behind; child = nexts[child] + step) count++;
  return count;
}

class DirectSource implements ListSource {
  take(length: number): Uint32Array {
    return new Uint32Array(length);
  }

  giveAll(): void {}

  close(): void {}
}

class PooledSource implements ListSource {
  readonly #pool: Pool;
  readonly #strategy: "tracked" | "tagged";
  // Made anew after closing, since a parser may be used again.
  #arrays: ArrayPool<Uint32Array> | undefined;

  constructor(pool: Pool, strategy: "tracked" | "tagged") {
    this.#pool = pool;
    this.#strategy = strategy;
  }

  take(length: number): Uint32Array {
    this.#arrays ??= arrays(this.#pool, Uint32Array, { strategy: this.#strategy });
    return this.#arrays.acquireUnsafe(length);
  }

  giveAll(lists: readonly Uint32Array[]): void {
    for (const list of lists) this.#arrays?.release(list);
  }

  close(): void {
    this.#arrays?.close();
    this.#arrays = undefined;
  }
}
