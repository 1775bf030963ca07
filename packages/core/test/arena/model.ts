// A model of an arena: a list of blocks, each painted with a pattern of its own.
//
// Whatever a random program does, blocks that are in use never overlap, are aligned, lie in chunks, keep their bytes,
// and add up to what the arena says it uses.
import assert from "node:assert/strict";
import { type Arena, arena, type ArenaMark, type Pool, type TypedArray } from "@millpond/core";
import { ARRAY_TYPES } from "../../src/memory/elements.ts";
import { refused } from "../pool/modes.ts";

interface Block {
  readonly address: number;
  readonly bytes: Uint8Array;
  readonly pattern: number;
}

interface Mark {
  readonly mark: ArenaMark;
  readonly blocks: number;
}

/** Runs an arena and a list of its blocks side by side. */
export class ArenaModel {
  readonly pool: Pool;
  readonly arena: Arena;
  readonly #blocks: Block[] = [];
  // Those that are good, oldest first, and those that are not.
  readonly #marks: Mark[] = [];
  readonly #staleMarks: ArenaMark[] = [];
  readonly #lostMarks: ArenaMark[] = [];
  // How many marks were taken before the innermost scope was opened.
  #outerMarks = 0;
  #patterns = 0;

  constructor(pool: Pool, chunkBytes: number) {
    this.pool = pool;
    this.arena = arena(pool, { chunkBytes });
  }

  /** Takes an array. */
  alloc(kind: number, length: number, align: number, zeroed: boolean): void {
    const type = ARRAY_TYPES[kind];
    const array = zeroed
      ? this.arena.alloc(type, length, align)
      : this.arena.allocUnsafe(type, length, align);
    assert.equal(array.constructor, type);
    assert.equal(array.length, length);
    if (length === 0) return;
    assert.equal(array.byteOffset % Math.max(align, type.BYTES_PER_ELEMENT), 0);
    this.#add(this.#addressOf(array), bytesOf(array), zeroed);
  }

  /** Takes bytes by address. */
  allocBytes(bytes: number, align: number, zeroed: boolean): void {
    const address = zeroed ? this.arena.allocBytes(bytes, align) : this.arena.allocBytesUnsafe(bytes, align);
    const chunk = this.arena.chunkOf(address);
    const view = this.arena.view(Uint8Array, address, bytes);
    assert.equal(view.length, bytes);
    // An empty block at the end of a chunk has the address of the next one.
    if (bytes === 0) return;
    assert.equal((chunk.bytes.byteOffset + address - chunk.address) % align, 0);
    this.#add(address, view, zeroed);
  }

  /** Takes room for `bytes`, and gives the end of it back at once. */
  shrink(bytes: number, kept: number, align: number): void {
    const address = this.arena.allocBytesUnsafe(bytes, align);
    this.arena.view(Uint8Array, address, bytes).fill(0x55);
    this.arena.shrinkLast(address, bytes, kept);
    if (kept > 0) this.#add(address, this.arena.view(Uint8Array, address, kept), false);
  }

  /** Copies an array from elsewhere, or one of its own. */
  copy(which: number, length: number): void {
    const own = this.#blocks.length > 0 && which % 2 === 0;
    const source = own ? this.#blocks[which % this.#blocks.length].bytes : new Uint8Array(length).fill(which);
    const copy = this.arena.copy(source);
    assert.deepEqual(copy, source);
    if (copy.length > 0) this.#add(this.#addressOf(copy), copy, false);
  }

  mark(): void {
    const mark = this.arena.mark();
    const known = this.#marks.find((candidate) => candidate.mark === mark);
    if (known === undefined) this.#marks.push({ mark, blocks: this.#blocks.length });
    else
      assert.equal(known.blocks, this.#blocks.length, "marks are equal only where nothing happened between");
  }

  /** Rewinds to a mark of the innermost scope. */
  rewind(which: number): void {
    const reachable = this.#marks.length - this.#outerMarks;
    if (reachable === 0) return;
    const place = this.#outerMarks + (which % reachable);
    this.arena.rewind(this.#marks[place].mark);
    this.#blocks.length = this.#marks[place].blocks;
    this.#lose(place + 1);
  }

  /** Rewinds to marks that are no good: nothing may change. */
  rewindWrongly(which: number): void {
    const { arena } = this;
    if (this.#staleMarks.length > 0)
      refused(() => arena.rewind(pick(this.#staleMarks, which)), "STALE_HANDLE");
    if (this.#lostMarks.length > 0) refused(() => arena.rewind(pick(this.#lostMarks, which)), "BAD_SCOPE");
    if (this.#outerMarks > 0) {
      refused(() => arena.rewind(this.#marks[which % this.#outerMarks].mark), "BAD_SCOPE");
    }
    refused(() => arena.rewind((which + 0.5) as ArenaMark), "BAD_ARGUMENT");
  }

  /** Does `work` in a scope, which may end with an error. */
  scope(fails: boolean, work: () => void): void {
    const blocks = this.#blocks.length;
    const outer = this.#outerMarks;
    this.#outerMarks = this.#marks.length;
    const run = (): void =>
      this.arena.scope(() => {
        work();
        refused(() => this.arena.reset(), "BAD_SCOPE");
        if (fails) throw new Error("on purpose");
      });
    if (fails) assert.throws(run, /on purpose/);
    else run();
    this.#blocks.length = blocks;
    this.#lose(this.#outerMarks);
    this.#outerMarks = outer;
  }

  reset(mode: "keep" | "trim"): void {
    const reserved = this.arena.reservedBytes;
    this.arena.reset(mode);
    this.#blocks.length = 0;
    this.#staleMarks.push(...this.#marks.map(({ mark }) => mark), ...this.#lostMarks);
    this.#marks.length = this.#lostMarks.length = 0;
    if (mode === "keep" && this.pool.check !== "strict") assert.equal(this.arena.reservedBytes, reserved);
  }

  /** Requests that cannot be: nothing may change. */
  askWrongly(which: number): void {
    const { arena } = this;
    const wrong: readonly (() => unknown)[] = [
      () => arena.allocBytes(-1),
      () => arena.allocBytes(1.5),
      () => arena.allocBytesUnsafe(Number.NaN),
      () => arena.allocBytes(2 ** 33),
      () => arena.allocBytes(8, 3),
      () => arena.allocBytes(8, 0),
      () => arena.allocBytesUnsafe(8, 0.5),
      () => arena.allocBytes(8, -8),
      () => arena.allocBytes(8, 8192),
      () => arena.alloc(Float64Array, 0.125),
      () => arena.alloc(Array as never, 1),
      () => arena.copy([1, 2, 3] as never),
      () => arena.reset("all" as never),
      () => arena.scope(undefined as never),
      () => arena.shrinkLast(0, 8, 9),
    ];
    refused(pick(wrong, which), "BAD_ARGUMENT");
    refused(() => arena.view(Uint8Array, pick([-1, 2 ** 52, Number.NaN], which), 1), "OUT_OF_BOUNDS");
  }

  /** What must hold after every step. */
  verify(): void {
    let used = 0;
    for (const { bytes, pattern } of this.#blocks) {
      used += bytes.length;
      assert.ok(isFilled(bytes, pattern), "a block keeps its bytes");
    }
    assert.equal(this.arena.usedBytes, used);
    const { reservedBytes, wastedBytes } = this.arena;
    assert.ok(
      wastedBytes >= 0 && used + wastedBytes <= reservedBytes,
      `${used} ${wastedBytes} ${reservedBytes}`,
    );
    this.#verifyPlaces();
  }

  /** Gives everything back. */
  finish(): void {
    this.arena.release();
    assert.equal(this.pool.stats().inUse, 0);
    refused(() => this.arena.release(), "DOUBLE_RELEASE");
    this.pool.close();
  }

  #add(address: number, bytes: Uint8Array, zeroed: boolean): void {
    if (zeroed) assert.ok(isFilled(bytes, 0), "a zeroed block is all zero");
    const pattern = 1 + (this.#patterns++ % 200);
    bytes.fill(pattern);
    this.#blocks.push({ address, bytes, pattern });
  }

  // The address of an array that was just taken: its place in the chunk that has its buffer.
  #addressOf(array: TypedArray): number {
    for (const chunk of this.arena.chunks()) {
      const offset = array.byteOffset - chunk.bytes.byteOffset;
      if (array.buffer === chunk.bytes.buffer && offset >= 0 && offset < chunk.bytes.length) {
        return chunk.address + offset;
      }
    }
    return assert.fail("an array lies in a chunk of its arena");
  }

  // Blocks lie in chunks, at the place that their address says, and no two share a byte.
  #verifyPlaces(): void {
    let end = 0;
    for (const { address, bytes } of this.#blocks.toSorted((a, b) => a.address - b.address)) {
      assert.ok(address >= end, "blocks do not overlap");
      end = address + bytes.length;
      const chunk = this.arena.chunkOf(address);
      assert.equal(chunk.bytes.buffer, bytes.buffer);
      assert.equal(chunk.bytes.byteOffset + address - chunk.address, bytes.byteOffset);
      assert.ok(end - chunk.address <= chunk.usedBytes, "a block lies in the used part of its chunk");
    }
  }

  #lose(from: number): void {
    for (const { mark } of this.#marks.splice(from)) this.#lostMarks.push(mark);
  }
}

function bytesOf(array: TypedArray): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

function pick<T>(values: readonly T[], which: number): T {
  return values[which % values.length];
}

function isFilled(bytes: Uint8Array, value: number): boolean {
  for (const byte of bytes) if (byte !== value) return false;
  return true;
}
