// A plain model of the pool, run beside it. The model carries steps out on the pool, right and wrong ones, and
// compares everything that can be seen from outside: no two arrays in use share a byte, every byte written is still there, what is handed out is zero and aligned,
// and all figures are those of the model.
import assert from "node:assert/strict";
import {
  type ArrayType,
  type CheckMode,
  type ChildOptions,
  type Lease,
  Pool,
  PoolError,
  type PoolErrorCode,
  type TypedArray,
} from "@millpond/core";
import { ARRAY_TYPES } from "../../src/memory/elements.ts";
import { PAGE_BYTES } from "../../src/memory/region.ts";
import { allEqual, bytesOf } from "./bytes.ts";
import { blockBytesFor, lengthFor } from "./sizes.ts";
import { strange } from "./strange.ts";

/** What the pool under test is made with. */
export interface Setting {
  readonly check: CheckMode;
  readonly memory: "wasm" | "arraybuffer";
  readonly zero: "acquire" | "release";
  readonly regionPages: number;
  readonly limitPages: number;
  readonly chaosSeed: number;
  readonly fallback: boolean;
}

interface Node {
  readonly pool: Pool;
  readonly parent: Node | undefined;
  readonly limitBytes: number;
  readonly fallback: boolean;
  acquired: number;
  released: number;
  unpooled: number;
  /** Bytes of blocks in use, those of the pools below included. */
  bytes: number;
  peak: number;
}

interface Held {
  readonly node: Node;
  readonly paint: number;
  readonly bytes: number;
  /** Bytes the pool counts for it. */
  readonly charged: number;
  readonly pooled: boolean;
  readonly lease: Lease | undefined;
  /** Where the memory lies: known even when the view is detached. */
  readonly buffer: ArrayBufferLike;
  readonly start: number;
}

const RELEASE_ERRORS: readonly PoolErrorCode[] = [
  "DOUBLE_RELEASE",
  "STALE_RELEASE",
  "SUBVIEW_RELEASE",
  "FOREIGN_RELEASE",
];

// Another pool, whose arrays no model may take and which may take none of theirs.
const STRANGER = new Pool({ regionBytes: 4 * PAGE_BYTES, check: "fast", trimAfterMs: Infinity });
const STRANGERS: TypedArray = STRANGER.acquire(Float64Array, 100);

export class PoolModel {
  readonly #setting: Setting;
  readonly #outsideOnly: boolean;
  readonly #guard: number;
  readonly #root: Node;
  #nodes: Node[];
  readonly #live = new Map<TypedArray, Held>();
  /** Arrays that were released, and are not in use again. */
  readonly #gone: TypedArray[] = [];
  readonly #ended: Lease[] = [];
  #paint = 0;
  #growthsWhenSealed = -1;

  constructor(setting: Setting) {
    this.#setting = setting;
    this.#outsideOnly = setting.check === "off" || setting.check === "strict";
    this.#guard = setting.check === "checked" ? 64 : 0;
    const limitBytes = setting.limitPages * PAGE_BYTES;
    const pool = new Pool({
      name: "root",
      limitBytes,
      regionBytes: setting.regionPages * PAGE_BYTES,
      memory: setting.memory,
      check: setting.check,
      zero: setting.zero,
      trimAfterMs: Infinity,
      pressure: () => 0,
      stackEvery: 1000,
      onExhausted: setting.fallback ? "unpooled" : "throw",
      ...(setting.chaosSeed > 0 ? { chaos: { seed: setting.chaosSeed } } : {}),
    });
    this.#root = makeNode(pool, undefined, limitBytes, setting.fallback);
    this.#nodes = [this.#root];
  }

  // ---- acquiring

  acquireOne(which: number, how: number, size: number): void {
    const node = this.#nodes[which % this.#nodes.length];
    const kind = how % ARRAY_TYPES.length;
    const type = ARRAY_TYPES[kind];
    const length = lengthFor(size, type.BYTES_PER_ELEMENT, this.#guard);
    const way = Math.floor(how / ARRAY_TYPES.length) % 3;
    let lease: Lease | undefined;
    const array = this.#attempt(node, length * type.BYTES_PER_ELEMENT, () => {
      if (way === 0) return node.pool.acquire(type, length);
      if (way === 1) return node.pool.acquireUnsafe(type, length);
      lease = node.pool.lease(type, length, how % 2 === 0 ? {} : { tag: "model" });
      return lease.array;
    });
    if (array !== undefined) this.#enter(node, array, type, length, way !== 1, lease);
  }

  useOne(which: number, how: number, size: number): void {
    const node = this.#nodes[which % this.#nodes.length];
    const type = ARRAY_TYPES[how % ARRAY_TYPES.length];
    const length = lengthFor(size, type.BYTES_PER_ELEMENT, this.#guard);
    const failing = Math.floor(how / ARRAY_TYPES.length) % 2 === 0;
    const failure = new Error("on purpose");
    const work = (array: TypedArray): number => {
      this.#enter(node, array, type, length, true, undefined);
      this.verify();
      this.#leave(array);
      if (failing) throw failure;
      return 42;
    };
    this.#attempt(node, length * type.BYTES_PER_ELEMENT, () => {
      let result: number | undefined;
      try {
        result = node.pool.use(type, length, work);
      } catch (error) {
        if (error !== failure) throw error;
      }
      assert.ok(result === 42 || failing);
      return undefined;
    });
  }

  // Calls `take`; when that is refused for want of memory, checks that there really was none.
  #attempt(node: Node, bytes: number, take: () => TypedArray | undefined): TypedArray | undefined {
    const sealed = this.#growthsWhenSealed >= 0;
    try {
      return take();
    } catch (error) {
      assert.ok(error instanceof PoolError, String(error));
      if (error.code === "POOL_SEALED") {
        assert.ok(sealed && !this.#outsideOnly, "sealed");
        this.#assertNoIdle(bytes);
        return undefined;
      }
      assert.equal(error.code, "POOL_EXHAUSTED", error.message);
      assert.match(error.message, /limitBytes/);
      assert.ok(!node.fallback, "a pool with a fallback is never exhausted");
      this.#assertExhausted(node, bytes);
      return undefined;
    }
  }

  #assertExhausted(node: Node, bytes: number): void {
    const block = this.#outsideOnly ? Math.ceil(bytes / 64) * 64 : this.#blockBytes(bytes);
    for (const pool of line(node)) {
      if (pool.parent === undefined && !this.#outsideOnly) break;
      if (pool.bytes + block > pool.limitBytes) return;
    }
    assert.ok(!this.#outsideOnly, "exhausted although every budget had room");
    const { bytesRetained, bytesInUse, fragmentation, limitBytes } = this.#root.pool.stats();
    const pages = Math.ceil(block / PAGE_BYTES) * PAGE_BYTES;
    assert.ok(bytesRetained + pages > limitBytes, "exhausted although the limit had room");
    if (pages > limitBytes || this.#growthsWhenSealed >= 0) return;
    const stuck = fragmentation * bytesRetained;
    assert.ok(Math.abs(bytesInUse + stuck - bytesRetained) < 1, "exhausted although idle spans were left");
  }

  // A sealed pool may only refuse when no block of the class is idle.
  #assertNoIdle(bytes: number): void {
    const block = this.#blockBytes(bytes);
    let inUse = 0;
    for (const { pooled, charged } of this.#live.values()) if (pooled && charged === block) inUse++;
    for (const { pool } of this.#nodes) {
      const found = pool.stats().classes.find(({ blockBytes }) => blockBytes === block);
      if (found !== undefined) assert.equal(found.blocks, inUse, `idle blocks of ${block} bytes were left`);
    }
  }

  #blockBytes(bytes: number): number {
    return blockBytesFor(bytes + this.#guard);
  }

  #enter(
    node: Node,
    array: TypedArray,
    type: ArrayType,
    length: number,
    zeroed: boolean,
    lease: Lease | undefined,
  ): void {
    assert.equal(array.constructor, type);
    assert.equal(array.length, length);
    assert.ok(!this.#live.has(array), "an array in use was handed out again");
    const bytes = array.byteLength;
    const pooled = node.pool.regionOf(array) !== undefined;
    assert.equal(pooled && this.#outsideOnly, false);
    if (!pooled && !this.#outsideOnly) {
      assert.ok(node.fallback, "an array outside the pool without the option");
      this.#assertExhausted(node, bytes);
      node.unpooled++;
    }
    if (this.#outsideOnly) node.unpooled++;
    const cleanAlways =
      this.#setting.zero === "release" && this.#guard === 0 && this.#setting.chaosSeed === 0;
    if (zeroed || cleanAlways || this.#outsideOnly) assert.ok(allEqual(array, 0), "not zero when handed out");
    const charged = this.#charged(node, bytes, pooled);
    const held = {
      node,
      paint: (this.#paint = (this.#paint % 255) + 1),
      bytes,
      charged,
      pooled,
      lease,
      buffer: array.buffer,
      start: array.byteOffset,
    };
    if (pooled) this.#checkPlace(held);
    node.acquired++;
    for (const pool of line(node)) pool.bytes += charged;
    bytesOf(array).fill(held.paint);
    this.#live.set(array, held);
    const again = this.#gone.indexOf(array);
    if (again >= 0) this.#gone.splice(again, 1);
    this.#settlePeaks();
  }

  #charged(node: Node, bytes: number, pooled: boolean): number {
    if (!pooled) return this.#outsideOnly ? Math.ceil(bytes / 64) * 64 : 0;
    const charged = node.pool.stats().bytesInUse - node.bytes;
    const least = this.#blockBytes(bytes);
    assert.ok(charged >= least && charged <= (least > PAGE_BYTES * 16.01 ? least * 1.125 : least));
    return charged;
  }

  #checkPlace(held: Held): void {
    assert.equal(held.start % 64, 0, "not on a cache line");
    assert.ok(held.start >= PAGE_BYTES, "in the page of the kernels");
    const end = held.start + held.charged;
    assert.ok(end <= held.buffer.byteLength);
    for (const other of this.#live.values()) {
      if (other.buffer !== held.buffer) continue;
      assert.ok(end <= other.start || other.start + other.charged <= held.start, "two blocks overlap");
    }
  }

  #settlePeaks(): void {
    for (const node of this.#nodes) node.peak = Math.max(node.peak, node.bytes);
  }

  // ---- giving back

  releaseOne(which: number, how: number): void {
    const found = this.#pick(which);
    if (found === undefined) return;
    const [array, { lease, node }] = found;
    this.#assertIntact(array);
    if (lease === undefined) {
      this.#leave(array);
      node.pool.release(array);
      return;
    }
    const way = how % 4;
    this.#leave(array);
    if (way === 0) lease.release();
    else if (way === 1) lease[Symbol.dispose]();
    else if (way === 2) node.pool.release(lease.keep());
    else node.pool.release(array);
    this.#ended.push(lease);
  }

  #pick(which: number): [TypedArray, Held] | undefined {
    if (this.#live.size === 0) return undefined;
    return [...this.#live][which % this.#live.size];
  }

  // The model's half of a release.
  #leave(array: TypedArray): void {
    const held = this.#live.get(array) as Held;
    this.#live.delete(array);
    this.#gone.push(array);
    if (this.#gone.length > 40) this.#gone.shift();
    held.node.released++;
    for (const pool of line(held.node)) pool.bytes -= held.charged;
  }

  // ---- mistakes

  // `act` must throw one of `codes`, and nothing may have changed.
  #refused(act: () => unknown, codes: readonly PoolErrorCode[], what: string): PoolError {
    const before = this.#root.pool.stats();
    let caught: unknown;
    try {
      act();
    } catch (error) {
      caught = error;
    }
    assert.ok(caught instanceof PoolError, `${what}: expected a PoolError, got ${String(caught)}`);
    assert.ok(codes.includes(caught.code), `${what}: got ${caught.code}: ${caught.message}`);
    assert.deepEqual(this.#root.pool.stats(), before, what);
    return caught;
  }

  releaseGone(which: number, how: number): void {
    if (this.#gone.length === 0) return;
    const latest = this.#gone.length - 1;
    const array = this.#gone[how % 2 === 0 ? latest : which % this.#gone.length];
    const { pool } = this.#nodes[which % this.#nodes.length];
    this.#refused(() => pool.release(array), this.#codesOfGone(), "double or stale release");
  }

  #codesOfGone(): readonly PoolErrorCode[] {
    if (this.#setting.check === "fast") return RELEASE_ERRORS;
    return ["DOUBLE_RELEASE", "STALE_RELEASE", "FOREIGN_RELEASE"];
  }

  releaseTwice(which: number): void {
    const found = this.#pick(which);
    if (found === undefined || found[1].lease !== undefined) return;
    const [array, { node }] = found;
    this.#leave(array);
    node.pool.release(array);
    this.#refused(() => node.pool.release(array), ["DOUBLE_RELEASE"], "double release");
  }

  releasePart(which: number, how: number): void {
    const found = this.#pick(which);
    if (found === undefined) return;
    const [array, { node, start, bytes, buffer }] = found;
    const parts: (() => TypedArray)[] = [
      () => array.subarray(0),
      () => new Uint8Array(buffer as ArrayBuffer, start, bytes),
      () => new Float64Array(buffer as ArrayBuffer, start, Math.floor(bytes / 8)),
      () => array.subarray(0, array.length - 1),
      () => (array.length < 2 ? array.subarray(0) : array.subarray(1)),
    ];
    const part = parts[how % parts.length]();
    this.#refused(() => node.pool.release(part), ["SUBVIEW_RELEASE"], "release of a part");
  }

  releaseElsewhere(which: number, how: number): void {
    const found = this.#pick(which);
    if (found === undefined) return;
    const [array, { node }] = found;
    const other = this.#nodes[how % this.#nodes.length];
    if (other !== node) {
      const error = this.#refused(() => other.pool.release(array), ["FOREIGN_RELEASE"], "wrong pool");
      assert.ok(error.message.includes(`"${node.pool.name}"`), error.message);
    }
    assert.throws(() => STRANGER.release(array), { code: "FOREIGN_RELEASE" });
    this.#refused(() => other.pool.release(STRANGERS), ["FOREIGN_RELEASE"], "another pool's array");
  }

  releaseStrange(which: number, how: number): void {
    const node = this.#nodes[which % this.#nodes.length];
    const found = this.#pick(which);
    const at = found === undefined ? PAGE_BYTES : found[1].start;
    const [what, code] = strange(how, at, found?.[1].buffer);
    this.#refused(() => node.pool.release(what as TypedArray), [code], `strange release ${how}`);
  }

  askWrongly(which: number, how: number): void {
    const { pool } = this.#nodes[which % this.#nodes.length];
    const wrong: (() => unknown)[] = [
      () => pool.acquire(Float64Array, -1),
      () => pool.acquireUnsafe(Uint8Array, 1.5),
      () => pool.lease(Uint8Array, NaN),
      () => pool.acquire(Uint8Array, 2 ** 32),
      () => pool.acquire(BigInt64Array, 2 ** 53),
      () => pool.acquire(Int8Array, "8" as never),
      () => pool.acquire(DataView as never, 8),
      () => pool.acquire(undefined as never, -1),
      () => pool.acquireUnsafe(null as never, 1),
      () => pool.use(Array as never, 1, () => 1),
      () => pool.warm(Uint8Array, 8, -1),
      () => pool.capacityFor(Uint8Array, Infinity),
      () => pool.child({ limitBytes: -1 }),
    ];
    this.#refused(wrong[how % wrong.length], ["BAD_ARGUMENT"], `wrong request ${how % wrong.length}`);
  }

  releaseEndedLease(which: number): void {
    if (this.#ended.length === 0) return;
    const lease = this.#ended[which % this.#ended.length];
    const codes: PoolErrorCode[] = ["DOUBLE_RELEASE", "STALE_RELEASE", "POOL_CLOSED"];
    this.#refused(() => lease.release(), codes, "release of an ended lease");
    this.#refused(() => lease.release(), ["DOUBLE_RELEASE"], "second release of an ended lease");
    this.#refused(() => lease.array, ["USE_AFTER_RELEASE"], "use of an ended lease");
    lease[Symbol.dispose]();
  }

  // ---- growing and shrinking

  trim(which: number): void {
    const trimmed = this.#nodes[which % this.#nodes.length].pool.trim();
    assert.ok(trimmed.bytes >= 0 && trimmed.regions >= 0);
    if (this.#setting.chaosSeed > 0) return;
    const { bytesRetained, bytesInUse, fragmentation } = this.#root.pool.stats();
    if (this.#outsideOnly) assert.equal(bytesRetained, 0);
    else
      assert.ok(Math.abs(bytesInUse + fragmentation * bytesRetained - bytesRetained) < 1, "idle spans left");
  }

  decay(): void {
    this.#root.pool._decay();
  }

  warm(which: number, how: number, size: number): void {
    const node = this.#nodes[which % this.#nodes.length];
    const type = ARRAY_TYPES[how % ARRAY_TYPES.length];
    const length = lengthFor(size, type.BYTES_PER_ELEMENT, this.#guard) % 5000;
    const count = 1 + (how % 3);
    const before = node.pool.stats();
    // How far it got is not the model's business; that it leaves nothing in use is.
    try {
      node.pool.warm(type, length, count);
      assert.equal(node.pool.stats().acquired, before.acquired + count);
    } catch (error) {
      assert.ok(error instanceof PoolError && /^POOL_(?:EXHAUSTED|SEALED)$/.test(error.code), String(error));
    }
    const after = node.pool.stats();
    node.acquired += after.acquired - before.acquired;
    node.released += after.acquired - before.acquired;
    node.unpooled += after.unpooled - before.unpooled;
    for (const at of line(node)) at.peak = Math.max(at.peak, at.pool.stats().bytesPeak);
  }

  capacity(which: number, how: number, size: number): void {
    const { pool } = this.#nodes[which % this.#nodes.length];
    const type = ARRAY_TYPES[how % ARRAY_TYPES.length];
    const width = type.BYTES_PER_ELEMENT;
    const length = lengthFor(size, width, this.#guard);
    const capacity = pool.capacityFor(type, length);
    assert.ok(capacity >= length);
    assert.equal(this.#blockBytes(capacity * width), this.#blockBytes(length * width));
    assert.ok(this.#blockBytes((capacity + 1) * width) > this.#blockBytes(length * width));
  }

  seal(which: number, how: number): void {
    // Seldom: nothing much happens in a sealed pool.
    if (how % 8 !== 0 || this.#growthsWhenSealed >= 0) return;
    this.#nodes[which % this.#nodes.length].pool.seal();
    this.#growthsWhenSealed = this.#root.pool.stats().growths;
  }

  addChild(which: number, how: number, size: number): void {
    if (this.#nodes.length > 5) return;
    const parent = this.#nodes[which % this.#nodes.length];
    const limitBytes = how % 3 === 0 ? parent.limitBytes : 64 + (size % 300_000);
    const fallback = how % 5 === 0;
    const options: ChildOptions = how % 3 === 0 ? {} : { limitBytes };
    const pool = parent.pool.child({ ...options, ...(fallback ? { onExhausted: "unpooled" } : {}) });
    assert.equal(pool.limitBytes, limitBytes);
    this.#nodes.push(makeNode(pool, parent, limitBytes, fallback));
  }

  closeChild(which: number, how: number): void {
    const node = this.#nodes[which % this.#nodes.length];
    if (node.parent === undefined) return;
    const below = this.#nodes.filter((other) => isBelow(other, node));
    const held = [...this.#live].filter(([, { node: holder }]) => below.includes(holder));
    // In mode "off" nobody keeps a list of what is in use.
    if (held.length > 0 && this.#setting.check !== "off")
      this.#refused(() => node.pool.close(), ["POOL_IN_USE"], "closing a pool in use");
    if (held.length > 0 && how % 3 !== 0) return;
    for (const [array, { lease }] of held) {
      this.#leave(array);
      if (lease !== undefined) this.#ended.push(lease);
    }
    node.pool.close({ force: held.length > 0 });
    this.#nodes = this.#nodes.filter((other) => !below.includes(other));
    // What a closed pool did stays in its parent's sums.
    for (const { acquired, released, unpooled } of below) {
      node.parent.acquired += acquired;
      node.parent.released += released;
      node.parent.unpooled += unpooled;
    }
    for (const { pool } of below) assertClosed(pool, held[0]?.[0]);
  }

  // ---- comparing

  /** Compares all that can be seen from outside. */
  verify(): void {
    for (const array of this.#live.keys()) this.#assertIntact(array);
    for (const node of this.#nodes) this.#compare(node);
    const { bytesRetained, limitBytes, growths } = this.#root.pool.stats();
    assert.ok(bytesRetained <= limitBytes, "more retained than limitBytes");
    if (this.#growthsWhenSealed >= 0) assert.equal(growths, this.#growthsWhenSealed, "grew although sealed");
  }

  #assertIntact(array: TypedArray): void {
    const held = this.#live.get(array) as Held;
    assert.equal(array.byteLength, held.bytes, "a view in use changed its length");
    assert.ok(allEqual(array, held.paint), "bytes of an array in use were overwritten");
  }

  #compare(node: Node): void {
    const below = this.#nodes.filter((other) => isBelow(other, node));
    const stats = node.pool.stats();
    const acquired = sum(below, (other) => other.acquired);
    const released = sum(below, (other) => other.released);
    assert.equal(stats.acquired, acquired, "acquired");
    assert.equal(stats.released, released, "released");
    assert.equal(stats.inUse, acquired - released, "inUse");
    assert.equal(stats.hits + stats.misses, acquired, "hits + misses");
    assert.equal(
      stats.unpooled,
      sum(below, (other) => other.unpooled),
      "unpooled",
    );
    assert.equal(stats.bytesInUse, node.bytes, "bytesInUse");
    assert.equal(stats.bytesPeak, node.peak, "bytesPeak");
    assert.equal(stats.children.length, this.#nodes.filter((other) => other.parent === node).length);
    let requested = 0;
    for (const held of this.#live.values())
      if (below.includes(held.node) && (held.pooled || this.#outsideOnly)) requested += held.bytes;
    assert.equal(stats.bytesRequested, requested, "bytesRequested");
    assert.equal(stats.bytesWasted, node.bytes - requested, "bytesWasted");
    // Budgets: a child's blocks in use never exceed its own.
    if (node.parent !== undefined && !this.#outsideOnly) assert.ok(stats.bytesInUse <= node.limitBytes);
  }

  // ---- the end

  /** Ends the pool: in order, everything given back first, or by force. */
  finish(orderly: boolean): void {
    const root = this.#root.pool;
    if (!orderly) {
      this.#closeByForce();
      return;
    }
    for (const [array, { lease, node }] of this.#live) {
      this.#assertIntact(array);
      this.#leave(array);
      if (lease === undefined) node.pool.release(array);
      else lease.release();
    }
    this.verify();
    assert.equal(root.stats().inUse, 0);
    assert.equal(root.stats().bytesInUse, 0);
    root.trim();
    if (this.#setting.chaosSeed === 0) {
      const { bytesRetained, regions, bytesReserved } = root.stats();
      assert.deepEqual(
        { bytesRetained, regions, bytesReserved },
        { bytesRetained: 0, regions: 0, bytesReserved: 0 },
      );
    }
    root.close();
    for (const { pool } of this.#nodes) assertClosed(pool, this.#gone[0]);
  }

  #closeByForce(): void {
    this.#root.pool.close({ force: true });
    if (this.#setting.check !== "strict") {
      for (const array of this.#live.keys()) {
        if (this.#live.get(array)?.node === this.#root) this.#assertIntact(array);
      }
    }
    for (const { pool } of this.#nodes) {
      for (const array of this.#live.keys()) assertClosed(pool, array);
      assertClosed(pool, this.#gone[0]);
    }
  }
}

function makeNode(pool: Pool, parent: Node | undefined, limitBytes: number, fallback: boolean): Node {
  return { pool, parent, limitBytes, fallback, acquired: 0, released: 0, unpooled: 0, bytes: 0, peak: 0 };
}

function isBelow(node: Node, top: Node): boolean {
  return line(node).includes(top);
}

// A node and the ones above it.
function line(node: Node): Node[] {
  return node.parent === undefined ? [node] : [node, ...line(node.parent)];
}

function sum(nodes: readonly Node[], read: (node: Node) => number): number {
  return nodes.reduce((total, node) => total + read(node), 0);
}

function assertClosed(pool: Pool, array: TypedArray | undefined): void {
  assert.ok(pool.closed);
  assert.throws(() => pool.acquire(Uint8Array, 1), { code: "POOL_CLOSED" });
  assert.throws(() => pool.child(), { code: "POOL_CLOSED" });
  assert.throws(() => pool.trim(), { code: "POOL_CLOSED" });
  if (array !== undefined) assert.throws(() => pool.release(array), { code: "POOL_CLOSED" });
  pool.close();
}
