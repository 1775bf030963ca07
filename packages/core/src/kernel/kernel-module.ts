// A compiled kernel that is carried in the source as base64: decoded and compiled when it is first needed, instantiated
// once for each region. Nothing is fetched and nothing is read from disk.

import { regionOfBuffer, type Region, type WasmModule } from "../memory/region.ts";

/**
 * A WebAssembly kernel in two variants, for plain and for shared memory. `npm run wasm` generates a constant of this
 * class for each kernel source; `E` is what the kernel exports.
 *
 * The functions of a kernel take addresses, which are byte offsets in `region.buffer`, and check nothing: whoever calls
 * them checks that the bytes are inside the region and aligned for their type.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { KernelModule, MiB, Region } from "@millpond/core";
 *
 * // (func (export "answer") (result i32) (i32.const 42)), next to an import of env.memory
 * const bytes = "AGFzbQEAAAABBQFgAAF/Ag8BA2VudgZtZW1vcnkCAAEDAgEABwoBBmFuc3dlcgAACgYBBABBKgs=";
 * const kernel = new KernelModule<{ answer(): number }>(bytes, bytes);
 * assert.equal(kernel.on(Region.reserve(1 * MiB))?.answer(), 42);
 * assert.equal(kernel.on(Region.reserve(1 * MiB, "arraybuffer")), undefined);
 * ```
 */
export class KernelModule<E extends object> {
  readonly #plainBase64: string;
  readonly #sharedBase64: string;
  #plain: WasmModule<E> | undefined;
  #shared: WasmModule<E> | undefined;
  // The exports over each buffer seen, so that a call with a typed array costs one look-up. Weak: a region that its pool
  // has dropped is not kept alive.
  readonly #exports = new WeakMap<ArrayBufferLike, E>();

  constructor(plainBase64: string, sharedBase64: string) {
    this.#plainBase64 = plainBase64;
    this.#sharedBase64 = sharedBase64;
  }

  /** The compiled variant for plain memory. */
  get plain(): WasmModule<E> {
    return (this.#plain ??= compile(this.#plainBase64));
  }

  /** The compiled variant for shared memory. */
  get shared(): WasmModule<E> {
    return (this.#shared ??= compile(this.#sharedBase64));
  }

  /** The exports over this region, or undefined where the region has no wasm memory: run the TypeScript twin there. */
  on(region: Region): E | undefined {
    return region.kernel(region.shared ? this.shared : this.plain);
  }

  /**
   * The exports over the region that a buffer belongs to, or undefined for any other buffer. For arrays of 64 bytes and
   * less, do not ask: reading their `buffer` makes V8 move them out of the JavaScript heap, which costs more than the
   * twin takes.
   */
  over(buffer: ArrayBufferLike): E | undefined {
    const known = this.#exports.get(buffer);
    if (known !== undefined) return known;
    const region = regionOfBuffer(buffer);
    const exports = region === undefined ? undefined : this.on(region);
    if (exports !== undefined) this.#exports.set(buffer, exports);
    return exports;
  }
}

// `atob` is in every browser and in Node; `Uint8Array.fromBase64` is not in Node 20.
function compile<E extends object>(base64: string): WasmModule<E> {
  const characters = atob(base64);
  const bytes = new Uint8Array(characters.length);
  for (let index = 0; index < bytes.length; index++) bytes[index] = characters.charCodeAt(index);
  return new WebAssembly.Module(bytes) as WasmModule<E>;
}
