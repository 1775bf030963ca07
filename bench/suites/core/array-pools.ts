// The array pool cases: short arrays by the three strategies, by the pool behind them, by `new`, and by the design that
// was published first: a Map from the slice that the user has to the full array that it is a slice of.

import { type ArrayPool, arrays, type ArrayStrategy, Pool, randomFrom } from "@millpond/core";

import type { Case, Role, Scale, Subject, Work } from "../../lib/definition.ts";

type Short = Float64Array | Uint32Array;
type Kind = "f64" | "u32";

/** One way to get short arrays of one type and to give them back. */
interface Way<S> {
  readonly name: string;
  readonly role: Role;
  readonly open: (kind: Kind) => S;
  readonly take: (state: S, length: number) => Short;
  readonly give: (state: S, array: Short) => void;
}

/** One row: lengths are taken in turn from `lengths`. */
interface Row {
  readonly label: string;
  readonly kind: Kind;
  readonly lengths: readonly number[];
}

const types = { f64: Float64Array, u32: Uint32Array } as const;
const CLASSES = [16, 256];

function strategy(name: string, role: Role, strategy: ArrayStrategy): Way<ArrayPool<Short>> {
  return {
    name,
    role,
    open: (kind) => arrays<Short>(new Pool({ check: "fast" }), types[kind], { strategy, classes: CLASSES }),
    take: (pool, length) => pool.acquireUnsafe(length),
    give: (pool, array) => pool.release(array),
  };
}

function zeroed(way: Way<ArrayPool<Short>>): Way<ArrayPool<Short>> {
  return { ...way, take: (pool, length) => pool.acquire(length) };
}

interface PoolAndType {
  readonly pool: Pool;
  readonly type: typeof Float64Array | typeof Uint32Array;
}

const straight: Way<PoolAndType> = {
  name: "pool",
  role: "variant",
  open: (kind) => ({ pool: new Pool({ check: "fast" }), type: types[kind] }),
  take: ({ pool, type }, length) => pool.acquireUnsafe<Short>(type, length),
  give: ({ pool }, array) => pool.release(array),
};

const plain: Way<typeof Float64Array | typeof Uint32Array> = {
  name: "plain",
  role: "plain",
  open: (kind) => types[kind],
  take: (type, length) => new type(length),
  give: () => undefined,
};

/** As published, but for the exact length of the slice. It checks nothing. */
class MapPool {
  readonly #type: typeof Float64Array | typeof Uint32Array;
  readonly #idle: readonly Short[][] = CLASSES.map(() => []);
  readonly #slices = new Map<Short, { readonly full: Short; readonly sizeClass: number }>();

  constructor(kind: Kind) {
    this.#type = types[kind];
  }

  acquire(length: number): Short {
    const sizeClass = length <= CLASSES[0] ? 0 : 1;
    const full = this.#idle[sizeClass].pop() ?? new this.#type(CLASSES[sizeClass]);
    const slice = full.subarray(0, length);
    this.#slices.set(slice, { full, sizeClass });
    return slice;
  }

  release(slice: Short): void {
    const entry = this.#slices.get(slice);
    if (entry === undefined) return;
    this.#slices.delete(slice);
    this.#idle[entry.sizeClass].push(entry.full);
  }
}

const published: Way<MapPool> = {
  name: "Map by view",
  role: "peer",
  open: (kind) => new MapPool(kind),
  take: (pool, length) => pool.acquire(length),
  give: (pool, array) => pool.release(array),
};

function takeAndGive<S>(state: S, { take, give }: Way<S>, length: number, count: number): void {
  for (let i = 0; i < count; i++) {
    const array = take(state, length);
    array[0] = i;
    array[length - 1] = i;
    give(state, array);
  }
}

/** Arrays in use, and the order in which they are replaced, with the length that comes then. */
interface Crowd {
  readonly held: Short[];
  readonly places: Uint16Array;
  readonly lengths: Uint16Array;
  next: number;
}

function crowdOf<S>(state: S, way: Way<S>, lengths: readonly number[], many: number): Crowd {
  const random = randomFrom(5);
  const pick = (): number => lengths[Math.floor(random() * lengths.length)];
  const turns = many * 64;
  return {
    held: Array.from({ length: many }, () => way.take(state, pick())),
    places: Uint16Array.from({ length: turns }, () => Math.floor(random() * many)),
    lengths: Uint16Array.from({ length: turns }, pick),
    next: 0,
  };
}

function replaceOne<S>(state: S, { take, give }: Way<S>, crowd: Crowd, count: number): void {
  const { held, places, lengths } = crowd;
  let next = crowd.next;
  for (let i = 0; i < count; i++) {
    const place = places[next];
    const length = lengths[next];
    next = next + 1 === places.length ? 0 : next + 1;
    give(state, held[place]);
    const array = take(state, length);
    array[0] = i;
    array[length - 1] = i;
    held[place] = array;
  }
  crowd.next = next;
}

// Three arrays at once, each painted with a number of its own.
function paintThree<S>(state: S, way: Way<S>, length: number): unknown {
  const three = [1, 2, 3].map((paint) => way.take(state, length).fill(paint));
  const sums = three.map((array) => Array.from(array).reduce((sum, value) => sum + value, 0));
  for (const array of three) way.give(state, array);
  return sums;
}

function subject<S>(way: Way<S>, { kind, lengths }: Row, many: number): Subject {
  const setup = (): Work => {
    const state = way.open(kind);
    const answer = (): unknown => paintThree(state, way, lengths[0]);
    if (many === 1) return { answer, run: (count) => takeAndGive(state, way, lengths[0], count) };
    const crowd = crowdOf(state, way, lengths, many);
    return { answer, run: (count) => replaceOne(state, way, crowd, count) };
  };
  return { name: way.name, role: way.role, setup };
}

const tracked = strategy("millpond", "ours", "tracked");
const direct = strategy("direct", "variant", "direct");
const tagged = strategy("tagged", "variant", "tagged");

const rows: readonly Row[] = [
  { label: "f64 x 16", kind: "f64", lengths: [16] },
  { label: "f64 x 256", kind: "f64", lengths: [256] },
  { label: "u32 x 16", kind: "u32", lengths: [16] },
  { label: "u32 x 256", kind: "u32", lengths: [256] },
];
const mixed: Row = {
  label: "u32 x 1 to 16",
  kind: "u32",
  lengths: Array.from({ length: 16 }, (_, i) => i + 1),
};
// The published design has no class for it.
const long: Row = { label: "f64 x 1,000", kind: "f64", lengths: [1000] };

function table(
  group: string,
  some: readonly Row[],
  many: number,
  subjectOf: (row: Row) => Subject[],
): Case[] {
  return some.map((row) => ({
    group,
    name: `${group}, ${row.label}`,
    row: many === 1 ? row.label : `${row.label}, ${many} in use`,
    subjects: subjectOf(row),
  }));
}

/** Array pools, "millpond" being the strategy "tracked". */
export function arrayPoolCases(scale: Scale): Case[] {
  const many = scale === "full" ? 1000 : 5;
  const subjects = (row: Row, count: number) => [
    subject(tracked, row, count),
    subject(direct, row, count),
    subject(tagged, row, count),
    subject(straight, row, count),
    subject(plain, row, count),
  ];
  const withMap = (count: number) => (row: Row) => [...subjects(row, count), subject(published, row, count)];
  const clean = (row: Row) => [
    subject(zeroed(tracked), row, 1),
    subject(zeroed(direct), row, 1),
    subject(zeroed(tagged), row, 1),
    subject(plain, row, 1),
  ];
  return [
    ...table("array pools: acquireUnsafe + release, one in use", rows, 1, withMap(1)),
    ...table(
      "array pools: acquireUnsafe + release, replaced at random",
      [...rows, mixed],
      many,
      withMap(many),
    ),
    ...table("array pools: acquire (zeroed) + release, one in use", rows, 1, clean),
    ...table("array pools: longer than every class, one in use", [long], 1, (row) => subjects(row, 1)),
  ];
}
