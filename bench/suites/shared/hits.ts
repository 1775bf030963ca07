// Acquire and release where the thread's private cache has what is asked for.

import { Pool, SharedPool } from "@millpond/core";

import type { Case, Scale, Subject } from "../../lib/definition.ts";
import { HIT } from "./names.ts";

interface Source {
  acquireUnsafe(type: Float64ArrayConstructor, length: number): Float64Array;
  release(array: Float64Array): void;
}

const plain: Source = {
  acquireUnsafe: (Type, length) => new Type(length),
  release: () => {},
};

function cycle(source: Source, length: number, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const array = source.acquireUnsafe(Float64Array, length);
    array[0] = i & 7;
    array[length - 1] = i & 7;
    sum += array[0] + array[length - 1];
    source.release(array);
  }
  return sum;
}

function subject(name: string, role: Subject["role"], open: () => Source, length: number): Subject {
  const setup = () => {
    const source = open();
    let sum = 0;
    return {
      run: (count: number) => {
        sum += cycle(source, length, count);
      },
      answer: () => ({ sum: cycle(source, length, 100), sound: Number.isFinite(sum) }),
    };
  };
  return { name, role, setup };
}

/** A shared pool beside a pool of one thread. */
export function hitCases(scale: Scale): Case[] {
  const length = scale === "full" ? 1000 : 10;
  const subjects = [
    subject("millpond", "ours", () => SharedPool.create({ check: "fast" }), length),
    subject("Pool, one thread", "variant", () => new Pool({ check: "fast" }), length),
    subject("plain", "plain", () => plain, length),
  ];
  return [{ group: "a block from the thread's own cache", name: HIT, row: "f64 x 1,000", subjects }];
}
