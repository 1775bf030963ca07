// The memory of a figure by itself: the same arrays taken, written through and given back, from a warm pool and as new ones.
// A third subject writes into arrays that it keeps: what the others take beyond that is allocation.

import { type ArrayType, Pool, type PoolOptions, type TypedArray } from "@millpond/core";

import type { Bar, Case, Look, Scale, Subject, Verdict } from "../../lib/definition.ts";
import { digits } from "../../lib/format.ts";
import { HEIGHT, wave, WIDTH } from "./data.ts";

/** An array that is taken, or, without a type, the one of that number being given back. */
interface Step {
  readonly number: number;
  readonly type?: ArrayType;
  readonly length: number;
  readonly zeroed: boolean;
}

/** Where arrays come from. */
interface Source {
  acquire(type: ArrayType, length: number): TypedArray;
  acquireUnsafe(type: ArrayType, length: number): TypedArray;
  release(array: TypedArray): void;
}

// Takes, writes and gives back in the order of the steps.
function replay(steps: readonly Step[], from: Source, held: TypedArray[]): void {
  for (const { number, type, length, zeroed } of steps) {
    if (type === undefined) {
      from.release(held[number]);
      continue;
    }
    const array = zeroed ? from.acquire(type, length) : from.acquireUnsafe(type, length);
    // No array of a figure holds bigints.
    (array as Float64Array).fill(1);
    held[number] = array;
  }
}

/** A pool that writes down what is asked of it. */
class Recorder extends Pool {
  readonly steps: Step[] = [];
  readonly #numbers = new Map<TypedArray, number>();
  #taken = 0;

  override acquire<A extends TypedArray>(type: ArrayType<A>, length: number): A {
    return this.#note(super.acquire(type, length), type, length, true);
  }

  override acquireUnsafe<A extends TypedArray>(type: ArrayType<A>, length: number): A {
    return this.#note(super.acquireUnsafe(type, length), type, length, false);
  }

  override release(array: TypedArray): void {
    this.steps.push({ number: this.#numbers.get(array) ?? -1, length: 0, zeroed: false });
    super.release(array);
  }

  #note<A extends TypedArray>(array: A, type: ArrayType<A>, length: number, zeroed: boolean): A {
    const number = this.#taken++;
    this.#numbers.set(array, number);
    this.steps.push({ number, type, length, zeroed });
    return array;
  }
}

// What a figure of the suite asks for, when markers and letters are known from the figure before.
async function stepsOfFigure(count: number): Promise<Step[]> {
  const { plot } = await import("@millpond/plot");
  const { xs, ys } = wave(count);
  const draw = (pool: Pool): Uint8Array => plot({ width: WIDTH, height: HEIGHT, pool }).line(xs, ys).png();
  draw(new Pool({ name: "first" }));
  const recorder = new Recorder({ name: "recorder" });
  draw(recorder);
  return recorder.steps;
}

// What a renderer takes that transforms every point: two columns of coordinates, and the pixels.
function stepsOfColumns(count: number): Step[] {
  const takes: Step[] = [
    { number: 0, type: Float64Array, length: count, zeroed: false },
    { number: 1, type: Float64Array, length: count, zeroed: false },
    { number: 2, type: Uint8Array, length: 4 * WIDTH * HEIGHT, zeroed: true },
  ];
  return [...takes, ...takes.map(({ number }) => ({ number, length: 0, zeroed: false }))];
}

// The arrays of the first round, again and again.
function keeping(): Source {
  const pool = new Pool({ check: "off" });
  const known = new Map<string, TypedArray[]>();
  const kept = (type: ArrayType, length: number): TypedArray =>
    known.get(`${type.name} ${length}`)?.pop() ?? pool.acquire(type, length);
  return {
    acquire: kept,
    acquireUnsafe: kept,
    release: (array) => {
      const key = `${array[Symbol.toStringTag]} ${array.length}`;
      known.set(key, [...(known.get(key) ?? []), array]);
    },
  };
}

const SUBJECTS: readonly (readonly [string, Subject["role"], () => Source])[] = [
  ["millpond", "ours", () => pooling({ name: "warm" })],
  ["plain", "plain", () => pooling({ name: "off", check: "off" })],
  ["arrays that are kept", "variant", keeping],
];

function pooling(options: PoolOptions): Source {
  return new Pool({ ...options, limitBytes: 2 ** 30 });
}

function allocationCase(
  group: string,
  label: string,
  name: string,
  steps: () => Step[] | Promise<Step[]>,
): Case {
  return {
    group,
    name,
    row: `${label} points`,
    subjects: SUBJECTS.map(([subject, role, make]) => ({
      name: subject,
      role,
      setup: async () => {
        const list = await steps();
        const source = make();
        const held: TypedArray[] = [];
        const run = (rounds: number): void => {
          for (let round = 0; round < rounds; round++) replay(list, source, held);
        };
        const taken = list.filter(({ type }) => type !== undefined);
        const elements = taken.reduce((sum, { length }) => sum + length, 0);
        return { run, answer: () => ({ taken: taken.length, steps: list.length, elements }) };
      },
    })),
  };
}

const SIZES = [
  ["10 K", 1e4],
  ["100 K", 1e5],
  ["1 M", 1e6],
] as const;

const figureName = (label: string): string => `memory of a figure, ${label} points`;
const columnsName = (label: string): string => `memory of coordinates, ${label} points`;

/** The cases about allocation. */
export function allocationCases(scale: Scale): Case[] {
  const sizes = scale === "quick" ? SIZES.slice(0, 1) : SIZES;
  return sizes.flatMap(([label, count]) => [
    allocationCase(
      "The arrays of a figure, taken, written through and given back",
      label,
      figureName(label),
      () => stepsOfFigure(count),
    ),
    allocationCase(
      "Two columns of coordinates and the pixels, taken, written through and given back",
      label,
      columnsName(label),
      () => stepsOfColumns(count),
    ),
  ]);
}

function bar(name: string): Bar {
  const judge = (look: Look): Verdict | undefined => {
    const [pooled, fresh, writing] = SUBJECTS.map(([subject]) => look(name, subject));
    if (pooled === undefined || fresh === undefined || writing === undefined) return undefined;
    const saved = 1 - (pooled - writing) / (fresh - writing);
    return { measured: `${digits(100 * saved)} %`, met: saved >= 0.3 };
  };
  return { name: `${name}: allocation time saved`, wanted: ">= 30 %", judge };
}

/** What a pool is meant to save. */
export const allocationBars: readonly Bar[] = SIZES.flatMap(([label]) => [
  bar(figureName(label)),
  bar(columnsName(label)),
]);
