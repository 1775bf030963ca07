// The pool cases: acquire and release in several patterns, from several sources. Each pattern is one function that all
// sources go through, each in its own process.

import { randomFrom } from "@millpond/core";

import type { Case, Scale, Subject, Work } from "../../lib/definition.ts";
import {
  allocUnsafe,
  allocUnsafeSlow,
  type BenchArray,
  freeList,
  freeListFilled,
  fresh,
  type Give,
  type Kind,
  type Source,
  type Take,
  thingCalloc,
  thingMalloc,
  typedarrayPool,
  typedarrayPoolFilled,
  unsafe,
  variant,
  zeroed,
} from "./sources.ts";

/** One kind and length of array. */
interface Size {
  readonly label: string;
  readonly kind: Kind;
  readonly length: number;
  /** How many of them are in use at once in the cases with many. */
  readonly many: number;
}

const sizes: readonly Size[] = [
  { label: "u8 64 B", kind: "u8", length: 64, many: 1000 },
  { label: "u8 4 KB", kind: "u8", length: 4096, many: 1000 },
  { label: "u8 64 KB", kind: "u8", length: 65_536, many: 1000 },
  { label: "u8 2.4 MB", kind: "u8", length: 2_400_000, many: 32 },
  { label: "f64 x 1,000", kind: "f64", length: 1000, many: 1000 },
  { label: "f64 x 10,000", kind: "f64", length: 10_000, many: 1000 },
  { label: "f64 x 100,000", kind: "f64", length: 100_000, many: 32 },
];

/** The labels of all sizes, for bars that speak of every size. */
export const sizeLabels: readonly string[] = sizes.map(({ label }) => label);

function shrunk(size: Size): Size {
  return { ...size, length: Math.min(size.length, 100), many: Math.min(size.many, 5) };
}

/** Takes one array, writes its first and last element, and gives it back. */
function takeAndGive<S>(state: S, take: Take<S>, give: Give<S>, length: number, count: number): void {
  for (let i = 0; i < count; i++) {
    const array = take(state, length);
    array[0] = i;
    array[length - 1] = i;
    give(state, array);
  }
}

/** The same, and all elements are written. */
function takeFillAndGive<S>(state: S, take: Take<S>, give: Give<S>, length: number, count: number): void {
  for (let i = 0; i < count; i++) {
    const array = take(state, length);
    array.fill(i & 127, 0, length);
    give(state, array);
  }
}

/** Many arrays in use; each operation replaces the one that `order` says. */
class Crowd<S> {
  readonly held: BenchArray[];
  readonly order: Uint16Array;
  next = 0;

  constructor(state: S, take: Take<S>, size: Size, order: Uint16Array) {
    this.held = Array.from({ length: size.many }, () => take(state, size.length));
    this.order = order;
  }
}

function replaceOne<S>(
  state: S,
  take: Take<S>,
  give: Give<S>,
  length: number,
  crowd: Crowd<S>,
  count: number,
): void {
  const { held, order } = crowd;
  let next = crowd.next;
  for (let i = 0; i < count; i++) {
    const place = order[next];
    next = next + 1 === order.length ? 0 : next + 1;
    give(state, held[place]);
    const array = take(state, length);
    array[0] = i;
    array[length - 1] = i;
    held[place] = array;
  }
  crowd.next = next;
}

/** Takes as many arrays as the crowd has places, then gives all back, the oldest first. */
function fillAndEmpty<S>(
  state: S,
  take: Take<S>,
  give: Give<S>,
  length: number,
  crowd: Crowd<S>,
  count: number,
): void {
  const { held, order } = crowd;
  let next = crowd.next;
  for (let i = 0; i < count; i++) {
    const array = take(state, length);
    array[0] = i;
    array[length - 1] = i;
    held[order[next]] = array;
    if (++next < held.length) continue;
    next = 0;
    for (let place = 0; place < held.length; place++) give(state, held[place]);
  }
  crowd.next = next;
}

function inTurn({ many }: Size): Uint16Array {
  return Uint16Array.from({ length: many }, (_, place) => place);
}

// Sixteen shuffled passes: long enough that nothing learns it, and every place comes up equally often.
function shuffled({ many }: Size): Uint16Array {
  const random = randomFrom(7);
  const order = new Uint16Array(many * 16);
  for (let start = 0; start < order.length; start += many) {
    for (let i = 0; i < many; i++) {
      const other = Math.floor(random() * (i + 1));
      order[start + i] = order[start + other];
      order[start + other] = i;
    }
  }
  return order;
}

// Three arrays at once, each painted with a number of its own: what they hold and how long they are must agree.
function paintThree<S>(state: S, take: Take<S>, give: Give<S>, length: number): unknown {
  const arrays = [1, 2, 3].map((paint) => take(state, length).fill(paint));
  const sums = arrays.map((array) => sumOf(array.subarray(0, length)));
  for (const array of arrays) give(state, array);
  const longEnough = arrays.every((array) => array.length >= length);
  return { sums, longEnough };
}

// What a source for zeroed arrays gives out after others have written to all it has.
function sumAfterPaint<S>(state: S, take: Take<S>, give: Give<S>, length: number): number {
  give(state, take(state, length).fill(9));
  const array = take(state, length);
  const sum = sumOf(array.subarray(0, length));
  give(state, array);
  return sum;
}

function sumOf(array: BenchArray): number {
  let sum = 0;
  for (const value of array) sum += value;
  return sum;
}

type Pattern = "one" | "written" | "in turn" | "at random" | "in bulk";

/** Sets one source up for one pattern and size. */
function subject(from: Source, pattern: Pattern, size: Size, isZeroed: boolean): Subject {
  const setup = async (): Promise<Work> => {
    const bytes = size.length * (size.kind === "f64" ? 8 : 1) * (size.many + 3);
    const state = await from.open({ bytes });
    const take = from.take[size.kind];
    const run = runnerOf(pattern, state, take, from.give, size);
    const answer = (): unknown => ({
      ...(paintThree(state, take, from.give, size.length) as object),
      ...(isZeroed ? { sumOfZeroed: sumAfterPaint(state, take, from.give, size.length) } : {}),
    });
    return { run, answer };
  };
  return { name: from.name, role: from.role, setup };
}

function runnerOf<S>(
  pattern: Pattern,
  state: S,
  take: Take<S>,
  give: Give<S>,
  size: Size,
): (count: number) => void {
  const { length } = size;
  if (pattern === "one") return (count) => takeAndGive(state, take, give, length, count);
  if (pattern === "written") return (count) => takeFillAndGive(state, take, give, length, count);
  const order = pattern === "at random" ? shuffled(size) : inTurn(size);
  const crowd = new Crowd(state, take, size, order);
  if (pattern !== "in bulk") return (count) => replaceOne(state, take, give, length, crowd, count);
  for (const array of crowd.held) give(state, array);
  return (count) => fillAndEmpty(state, take, give, length, crowd, count);
}

const dirtySources = [unsafe, fresh, allocUnsafe, allocUnsafeSlow, typedarrayPool, thingMalloc, freeList];
const zeroedSources = [zeroed, fresh, typedarrayPoolFilled, thingCalloc, freeListFilled];
const writtenSources = [
  zeroed,
  variant("millpond, not zeroed", unsafe),
  fresh,
  allocUnsafeSlow,
  typedarrayPool,
  thingMalloc,
  thingCalloc,
  freeList,
];
// @thi.ng/malloc looks through a list at each release: with many arrays in use that is all one would see.
const crowdSources = [unsafe, fresh, allocUnsafeSlow, typedarrayPool, thingMalloc, freeList];

/** The names of the tables, which bars look cases up by. */
export const groups = {
  one: "acquireUnsafe + release, one in use",
  zeroed: "acquire (zeroed) + release, one in use",
  written: "acquire (zeroed) + write all + release, one in use",
  inTurn: "acquireUnsafe + release, many in use, replaced in turn",
  atRandom: "acquireUnsafe + release, many in use, replaced at random",
  inBulk: "acquireUnsafe + release, many acquired, then all released",
} as const;

/** The name of the case for a size in a group. */
export function caseName(group: string, label: string): string {
  return `${group}, ${label}`;
}

function table(
  scale: Scale,
  group: string,
  pattern: Pattern,
  sources: readonly Source[],
  isZeroed: boolean,
): Case[] {
  return sizes.map((full) => {
    const size = scale === "full" ? full : shrunk(full);
    const row =
      pattern === "one" || pattern === "written" ? full.label : `${full.label}, ${full.many} in use`;
    const subjects = sources.map((from) => subject(from, pattern, size, isZeroed));
    return { group, name: caseName(group, full.label), row, subjects };
  });
}

/** All pool cases with one kind and size of array. */
export function poolCases(scale: Scale): Case[] {
  return [
    ...table(scale, groups.one, "one", dirtySources, false),
    ...table(scale, groups.zeroed, "one", zeroedSources, true),
    ...table(scale, groups.written, "written", writtenSources, false),
    ...table(scale, groups.inTurn, "in turn", crowdSources, false),
    ...table(scale, groups.atRandom, "at random", crowdSources, false),
    ...table(scale, groups.inBulk, "in bulk", crowdSources, false),
  ];
}
