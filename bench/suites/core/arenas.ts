// Small blocks that live equally long: a thousand of them, then all are given back, from an arena and from others.
//
// What stands for a block differs by nature, an address here and an object there; both are put into an array that is
// kept. Typed arrays of up to 64 bytes lie in V8's own heap, where they are cheap, and larger ones do not.

import { type Arena, arena, Pool } from "@millpond/core";
import type { MemPool } from "@thi.ng/malloc";

import type { Bar, Case, Look, Scale, Subject, Verdict } from "../../lib/definition.ts";
import { digits } from "../../lib/format.ts";

interface Blocks {
  /** Does `count` allocations or a few more, in whole rounds as long as the array that holds the blocks. */
  readonly run: (count: number) => void;
  /** What was written to a held block, and its length. */
  readonly look: (place: number) => readonly number[];
}

interface Shape {
  readonly bytes: number;
  /** Blocks in use at the end of a round. */
  readonly count: number;
  /** Whether the first and the last byte of each block is written, as a program would. */
  readonly written: boolean;
}

type Open = (shape: Shape) => Blocks | Promise<Blocks>;

function takeAddresses(scratch: Arena, { bytes, written }: Shape, held: Float64Array, count: number): void {
  for (let done = 0; done < count; done += held.length) {
    scratch.reset();
    for (let place = 0; place < held.length; place++) {
      const address = scratch.allocBytes(bytes);
      held[place] = address;
      if (!written) continue;
      const chunk = scratch.chunkOf(address);
      const offset = address - chunk.address;
      chunk.bytes[offset] = place;
      chunk.bytes[offset + bytes - 1] = place;
    }
  }
}

function byAddress(shape: Shape): Blocks {
  const scratch = arena(new Pool());
  const held = new Float64Array(shape.count);
  return {
    run: (count) => takeAddresses(scratch, shape, held, count),
    look: (place) => lookAt(scratch.view(Uint8Array, held[place], shape.bytes)),
  };
}

type TakeBlock<S> = (state: S, bytes: number) => Uint8Array;

/** The loop of all subjects that make an object for each block. */
function takeObjects<S>(
  state: S,
  take: TakeBlock<S>,
  giveAll: (state: S) => void,
  { bytes, written }: Shape,
  held: Uint8Array[],
  count: number,
): void {
  for (let done = 0; done < count; done += held.length) {
    giveAll(state);
    for (let place = 0; place < held.length; place++) {
      const block = take(state, bytes);
      held[place] = block;
      if (!written) continue;
      block[0] = place;
      block[bytes - 1] = place;
    }
  }
}

function byObject<S>(open: () => S | Promise<S>, take: TakeBlock<S>, giveAll: (state: S) => void): Open {
  return async (shape) => {
    const state = await open();
    const held = Array.from({ length: shape.count }, () => new Uint8Array(shape.bytes));
    return {
      run: (count) => takeObjects(state, take, giveAll, shape, held, count),
      look: (place) => lookAt(held[place]),
    };
  };
}

function lookAt(block: Uint8Array): readonly number[] {
  return [block[0], block[block.length - 1], block.length];
}

async function openThing(): Promise<MemPool> {
  const { MemPool } = await import("@thi.ng/malloc");
  return new MemPool({ size: 2 ** 20 });
}

function nothing(): void {}

const views: Open = byObject(
  () => arena(new Pool()),
  (scratch, bytes) => scratch.alloc(Uint8Array, bytes),
  (scratch) => scratch.reset(),
);
const fresh: Open = byObject(
  () => undefined,
  (_, bytes) => new Uint8Array(bytes),
  nothing,
);
const slab: Open = byObject(
  () => undefined,
  (_, bytes) => Buffer.allocUnsafe(bytes).fill(0),
  nothing,
);
const thing: Open = byObject(
  openThing,
  (pool, bytes) => pool.callocAs("u8", bytes) as Uint8Array,
  (pool) => pool.freeAll(),
);

function subject(name: string, role: Subject["role"], open: Open, shape: Shape): Subject {
  const setup = async () => {
    const blocks = await open(shape);
    const answer = (): unknown => {
      blocks.run(shape.count);
      return [0, 1, shape.count - 1].map((place) => blocks.look(place));
    };
    return { run: blocks.run, answer };
  };
  return { name, role, setup };
}

function caseOf(row: string, shape: Shape): Case {
  return {
    group: "arenas: 1,000 zeroed blocks, then all are given back; per block",
    name: `arena, ${row}`,
    row,
    subjects: [
      subject("millpond", "ours", byAddress, shape),
      subject("millpond, views", "variant", views, shape),
      subject("plain", "plain", fresh, shape),
      subject("allocUnsafe + fill", "peer", slab, shape),
      subject("thi.ng calloc", "peer", thing, shape),
    ],
  };
}

/** The cases about arenas of bytes. */
export function arenaCases(scale: Scale): Case[] {
  const count = scale === "full" ? 1000 : 10;
  return [
    caseOf("32 bytes, allocation alone", { bytes: 32, count, written: false }),
    caseOf("32 bytes, first and last written", { bytes: 32, count, written: true }),
    caseOf("128 bytes, first and last written", { bytes: 128, count, written: true }),
  ];
}

function judgeArena(look: Look): Verdict | undefined {
  const ratio = (row: string): number =>
    (look(`arena, ${row}`, "plain") ?? NaN) / (look(`arena, ${row}`, "millpond") ?? NaN);
  const alone = ratio("32 bytes, allocation alone");
  if (Number.isNaN(alone)) return undefined;
  const written = ratio("32 bytes, first and last written");
  return { measured: `${digits(alone)}x; with two writes ${digits(written)}x`, met: alone >= 10 };
}

/** What arenas are meant to reach. */
export const arenaBars: readonly Bar[] = [
  {
    name: "arena: times faster than new Uint8Array(32), per allocation",
    wanted: ">= 10x",
    judge: judgeArena,
  },
];
