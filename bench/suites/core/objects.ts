// Objects that own containers, filled with a few entries, read, and done with: a builder with a buffer and a list, and a
// tally with a map. Plain small objects are not here: no pool of them pays (docs/records.md). A `Map` that is cleared
// makes itself a new table, which is why pooling it does not pay either.

import { type ObjectPool, objects } from "@millpond/core";

import type { Case, Scale, Subject } from "../../lib/definition.ts";

interface Owner {
  /** Where reusify keeps its list. */
  next: Owner | null;
  clear(): void;
  /** Fills it a little, and reads it. */
  use(seed: number): number;
}

type OwnerClass = new () => Owner;

class Builder implements Owner {
  next: Owner | null = null;
  readonly #bytes = new Uint8Array(4096);
  readonly #ends: number[] = [];

  clear(): void {
    this.#ends.length = 0;
  }

  use(seed: number): number {
    let end = 0;
    for (let i = 0; i < 32; i++) {
      this.#bytes[end++] = seed + i;
      this.#ends.push(end);
    }
    return this.#ends.length + this.#bytes[end - 1];
  }
}

class Tally implements Owner {
  next: Owner | null = null;
  readonly #counts = new Map<number, number>();

  clear(): void {
    this.#counts.clear();
  }

  use(seed: number): number {
    for (let i = 0; i < 8; i++) {
      const key = (seed + i) % 5;
      this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    }
    return this.#counts.size;
  }
}

interface Source<S> {
  readonly open: (type: OwnerClass) => S | Promise<S>;
  readonly take: (state: S) => Owner;
  readonly give: (state: S, owner: Owner) => void;
}

interface Stack {
  readonly type: OwnerClass;
  readonly idle: Owner[];
}

interface Reusified {
  get(): Owner;
  release(owner: Owner): void;
}

const pooled: Source<ObjectPool<Owner>> = {
  open: (type) => objects({ create: () => new type(), reset: (owner: Owner) => owner.clear() }),
  take: (pool) => pool.acquire(),
  give: (pool, owner) => pool.release(owner),
};

const fresh: Source<OwnerClass> = { open: (type) => type, take: (type) => new type(), give: () => undefined };

const stack: Source<Stack> = {
  open: (type) => ({ type, idle: [] }),
  take: ({ type, idle }) => idle.pop() ?? new type(),
  give: ({ idle }, owner) => {
    owner.clear();
    idle.push(owner);
  },
};

const reusified: Source<Reusified> = {
  open: async (type) => {
    const { default: reusify } = await import("reusify");
    return reusify(type as never) as unknown as Reusified;
  },
  take: (list) => list.get(),
  give: (list, owner) => {
    owner.clear();
    list.release(owner);
  },
};

function repeat<S>({ take, give }: Source<S>, state: S, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const owner = take(state);
    sum += owner.use(i);
    give(state, owner);
  }
  return sum;
}

function subject<S>(name: string, role: Subject["role"], source: Source<S>, type: OwnerClass): Subject {
  const setup = async () => {
    const state = await source.open(type);
    return {
      run: (count: number) => {
        repeat(source, state, count);
      },
      answer: () => repeat(source, state, 100),
    };
  };
  return { name, role, setup };
}

function caseOf(row: string, type: OwnerClass): Case {
  return {
    group: "objects that own containers: acquire, use, release; one in use",
    name: `objects, ${row}`,
    row,
    subjects: [
      subject("millpond", "ours", pooled, type),
      subject("plain", "plain", fresh, type),
      subject("reusify", "peer", reusified, type),
      subject("array as a stack", "peer", stack, type),
    ],
  };
}

/** The cases about pools of objects. */
export function objectCases(_scale: Scale): Case[] {
  return [caseOf("a 4 KB buffer and a list", Builder), caseOf("a map", Tally)];
}
