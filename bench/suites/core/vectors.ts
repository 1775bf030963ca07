// Numbers whose count is not known beforehand: pushed one by one, added up, done with.

import { Pool, vec } from "@millpond/core";

import type { Case, Scale, Subject } from "../../lib/definition.ts";

function withVec(pool: Pool, count: number): number {
  const vector = vec(pool, Float64Array);
  for (let i = 0; i < count; i++) vector.push(i / 2);
  const sum = sumOfTyped(vector.array);
  vector.release();
  return sum;
}

// What a typed array needs when nothing grows it: doubling by hand.
function withDoubling(_: undefined, count: number): number {
  let array = new Float64Array(32);
  for (let i = 0; i < count; i++) {
    if (i === array.length) {
      const larger = new Float64Array(2 * i);
      larger.set(array);
      array = larger;
    }
    array[i] = i / 2;
  }
  return sumOfTyped(array.subarray(0, count));
}

function withArray(_: undefined, count: number): number {
  const array: number[] = [];
  for (let i = 0; i < count; i++) array.push(i / 2);
  let sum = 0;
  for (let i = 0; i < array.length; i++) sum += array[i];
  return sum;
}

function sumOfTyped(array: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < array.length; i++) sum += array[i];
  return sum;
}

function subject<S>(
  name: string,
  role: Subject["role"],
  open: () => S,
  collect: (state: S, count: number) => number,
  numbers: number,
): Subject {
  const setup = () => {
    const state = open();
    return {
      run: (count: number) => {
        for (let i = 0; i < count; i++) collect(state, numbers);
      },
      answer: () => collect(state, numbers),
    };
  };
  return { name, role, setup };
}

/** The cases about growing vectors. */
export function vectorCases(scale: Scale): Case[] {
  const sizes = scale === "full" ? [100, 10_000, 1_000_000] : [100];
  return sizes.map((numbers) => ({
    group: "vec: so many numbers pushed one by one, added up, released",
    name: `vec, ${numbers.toLocaleString("en")} numbers`,
    row: numbers.toLocaleString("en"),
    subjects: [
      subject("millpond", "ours", () => new Pool(), withVec, numbers),
      subject("plain", "plain", () => undefined, withArray, numbers),
      subject("Float64Array, doubled", "variant", () => undefined, withDoubling, numbers),
    ],
  }));
}
