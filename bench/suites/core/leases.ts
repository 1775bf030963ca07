// Ways to be sure that an array goes back: leases, callbacks, `using`, and `finally` by hand.

import { Pool } from "@millpond/core";

import type { Case, Scale, Subject } from "../../lib/definition.ts";

const GROUP = "acquire and release whatever happens, f64 x 1,000, first and last element written";

type Once<S> = (state: S, length: number, value: number) => number;

function withLease(pool: Pool, length: number, value: number): number {
  const lease = pool.lease(Float64Array, length);
  try {
    return touch(lease.array, value);
  } finally {
    lease.release();
  }
}

function withUsing(pool: Pool, length: number, value: number): number {
  using lease = pool.lease(Float64Array, length);
  return touch(lease.array, value);
}

function withCallback(pool: Pool, length: number, value: number): number {
  return pool.use(Float64Array, length, (array) => touch(array, value));
}

function withAcquire(pool: Pool, length: number, value: number): number {
  const array = pool.acquire(Float64Array, length);
  try {
    return touch(array, value);
  } finally {
    pool.release(array);
  }
}

function withNew(_: undefined, length: number, value: number): number {
  return touch(new Float64Array(length), value);
}

function withFreeList(stack: Float64Array[], length: number, value: number): number {
  const array = stack.pop()?.fill(0) ?? new Float64Array(length);
  try {
    return touch(array, value);
  } finally {
    stack.push(array);
  }
}

// The answer is not 0 if the array was zeroed, and something else if it was not.
function touch(array: Float64Array, value: number): number {
  const before = array[0] + array[1];
  array[0] = value;
  array[array.length - 1] = value;
  return before + array[array.length - 1];
}

function repeat<S>(once: Once<S>, state: S, length: number, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += once(state, length, i & 7);
  return sum;
}

function subject<S>(
  name: string,
  role: Subject["role"],
  open: () => S,
  once: Once<S>,
  length: number,
): Subject {
  const setup = () => {
    const state = open();
    let sum = 0;
    return {
      run: (count: number) => {
        sum += repeat(once, state, length, count);
      },
      answer: () => ({ sum: repeat(once, state, length, 100), finite: Number.isFinite(sum) }),
    };
  };
  return { name, role, setup };
}

/** Leases against the other ways. */
export function leaseCases(scale: Scale): Case[] {
  const length = scale === "full" ? 1000 : 10;
  const pool = (): Pool => new Pool({ check: "fast" });
  const subjects = [
    subject("millpond", "ours", pool, withLease, length),
    subject("use()", "variant", pool, withCallback, length),
    subject("using", "variant", pool, withUsing, length),
    subject("acquire", "variant", pool, withAcquire, length),
    subject("plain", "plain", () => undefined, withNew, length),
    subject("free list + fill", "peer", () => [], withFreeList, length),
  ];
  return [{ group: GROUP, name: "lease + release, f64 x 1,000", row: "lease + release", subjects }];
}
