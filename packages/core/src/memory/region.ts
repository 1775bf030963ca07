// A region: one fixed reservation of bytes. It never grows in place, so no view of it ever detaches.
import { formatBytes, GiB, KiB } from "./units.ts";
import { PoolError, show, unlike } from "./errors.ts";

/** WebAssembly's unit of memory; also the unit in which pools hand out a region. */
export const PAGE_BYTES: number = 64 * KiB;

/** The most one region can hold: what 32-bit addresses reach. */
export const MAX_REGION_BYTES: number = 4 * GiB;

/**
 * The first page of every region belongs to the kernels' static data; blocks start behind it. It also
 * makes address 0 one that no block ever has.
 */
export const FIRST_BLOCK_ADDRESS: number = 1 * PAGE_BYTES;

/** What a region is made of: wasm memory (the default), shared wasm memory, or plain buffers. */
export type RegionKind = "wasm" | "shared" | "arraybuffer";

/** A `WebAssembly.Memory`, as far as it is used here; declared so that no DOM types are needed. */
export interface WasmMemory {
  readonly buffer: ArrayBufferLike;
}

/** A compiled `WebAssembly.Module` whose instances export `E`. */
export interface WasmModule<E extends object = object> {
  /** Only for the type checker: no module has it. */
  readonly exportsType?: E;
}

const KINDS: readonly RegionKind[] = ["wasm", "shared", "arraybuffer"];

// Kernels and engines are handed typed arrays; this leads back to the region they lie in.
const regions = new WeakMap<ArrayBufferLike, Region>();

/**
 * The region that `buffer` belongs to, if it belongs to one.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { Pool, regionOfBuffer } from "@millpond/core";
 *
 * const pool = new Pool();
 * const xs = pool.acquire(Float64Array, 100);
 * assert.equal(regionOfBuffer(xs.buffer), pool.regionOf(xs));
 * assert.equal(regionOfBuffer(new ArrayBuffer(8)), undefined);
 * pool.release(xs);
 * ```
 */
export function regionOfBuffer(buffer: ArrayBufferLike): Region | undefined {
  return regions.get(buffer);
}

/**
 * One fixed reservation of bytes, all zero at first. Reserving costs no resident memory until bytes are
 * touched. Most programs never see a region: a `Pool` makes and drops them. Engines use one directly
 * when they want kernels to work on their own layout.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { MiB, Region } from "@millpond/core";
 *
 * const region = Region.reserve(64 * MiB);
 * const xs = new Float64Array(region.buffer, 65536, 1000);
 * assert.equal(xs[0], 0);
 * assert.equal(region.byteLength, 64 * MiB);
 * ```
 */
export class Region {
  /** What the bytes are made of. */
  readonly kind: RegionKind;
  /** How many bytes were reserved, the first page included. */
  readonly byteLength: number;
  /** The bytes. Shared regions have a `SharedArrayBuffer`. */
  readonly buffer: ArrayBufferLike;
  /** The wasm memory behind the bytes; undefined for `"arraybuffer"` regions, where no kernel can run. */
  readonly memory: WasmMemory | undefined;
  readonly #instances = new Map<WasmModule, WebAssembly.Instance>();

  private constructor(kind: RegionKind, buffer: ArrayBufferLike, memory: WasmMemory | undefined) {
    this.kind = kind;
    this.buffer = buffer;
    this.memory = memory;
    this.byteLength = buffer.byteLength;
    regions.set(buffer, this);
  }

  /**
   * Reserves at least `bytes` bytes, rounded up to whole pages of 64 KiB, at most 4 GiB.
   * Throws a `PoolError` with code `POOL_EXHAUSTED` when the machine refuses.
   */
  static reserve(bytes: number, kind: RegionKind = "wasm"): Region {
    if (!(Number.isInteger(bytes) && bytes > 0 && bytes <= MAX_REGION_BYTES)) {
      throw new PoolError(
        "BAD_ARGUMENT",
        `expected 1 to ${MAX_REGION_BYTES} bytes to reserve, got ${show(bytes)}`,
        {
          bytes,
          most: MAX_REGION_BYTES,
        },
      );
    }
    if (!KINDS.includes(kind)) throw unlike(`kind to be one of ${KINDS.join(", ")}`, kind);
    const pages = Math.ceil(bytes / PAGE_BYTES);
    try {
      if (kind === "arraybuffer") return new Region(kind, pinned(pages * PAGE_BYTES), undefined);
      return Region.over(
        new WebAssembly.Memory({ initial: pages, maximum: pages, shared: kind === "shared" }),
      );
    } catch (cause) {
      throw refusal(bytes, cause);
    }
  }

  /** The region over a memory that exists already, such as a shared one that came from another thread. */
  static over(memory: WasmMemory): Region {
    const bytes: unknown = (memory as WasmMemory | null | undefined)?.buffer;
    if (!isBuffer(bytes)) throw unlike("a WebAssembly.Memory", memory);
    const known = regions.get(memory.buffer);
    if (known !== undefined) return known;
    const shared = !(memory.buffer instanceof ArrayBuffer);
    return new Region(shared ? "shared" : "wasm", memory.buffer, memory);
  }

  /** True when other threads can see the bytes. */
  get shared(): boolean {
    return this.kind === "shared";
  }

  /**
   * The exports of a compiled module that imports `env.memory`, instantiated over this region once and
   * kept. Addresses given to its functions are byte offsets in `buffer`; the caller checks bounds.
   * Undefined where the region has no wasm memory: run the TypeScript twin instead.
   */
  kernel<E extends object>(module: WasmModule<E>): E | undefined {
    if (this.memory === undefined) return undefined;
    let instance = this.#instances.get(module);
    if (instance === undefined) {
      const memory = this.memory as WebAssembly.Memory;
      instance = new WebAssembly.Instance(module as WebAssembly.Module, { env: { memory } });
      this.#instances.set(module, instance);
    }
    return instance.exports as unknown as E;
  }
}

interface WorkerThreads {
  markAsUntransferable?(buffer: ArrayBuffer): void;
}

interface NodeProcess {
  getBuiltinModule?(id: string): unknown;
}

// A buffer that nobody can transfer away from under the arrays in it. Wasm memories are like that everywhere;
// plain buffers can be made so in Node only.
function pinned(bytes: number): ArrayBuffer {
  const buffer = new ArrayBuffer(bytes);
  const host = (globalThis as { process?: NodeProcess }).process;
  const threads = host?.getBuiltinModule?.("node:worker_threads") as WorkerThreads | undefined;
  threads?.markAsUntransferable?.(buffer);
  return buffer;
}

function isBuffer(value: unknown): boolean {
  return /^\[object (?:Shared)?ArrayBuffer\]$/.test(Object.prototype.toString.call(value));
}

function refusal(bytes: number, cause: unknown): PoolError {
  const error = new PoolError(
    "POOL_EXHAUSTED",
    `the machine refused to reserve ${formatBytes(bytes)}: ${cause instanceof Error ? cause.message : show(cause)}; ` +
      "lower regionBytes or limitBytes, or close pools that are no longer used",
    { bytes },
  );
  error.cause = cause;
  return error;
}
