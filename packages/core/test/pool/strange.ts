// What users give back by mistake although no pool gave it out.
import assert from "node:assert/strict";
import type { PoolErrorCode, TypedArray } from "@millpond/core";

/** Things that no pool gave out, placed where a block of a pool is, and the code that refuses them. */
export function strange(
  how: number,
  at: number,
  buffer: ArrayBufferLike | undefined,
): [unknown, PoolErrorCode] {
  const table: (() => [unknown, PoolErrorCode])[] = [
    () => [null, "BAD_ARGUMENT"],
    () => [undefined, "BAD_ARGUMENT"],
    () => [[1, 2, 3], "BAD_ARGUMENT"],
    () => [{ byteOffset: at, length: 3 }, "BAD_ARGUMENT"],
    () => [{ byteOffset: 2 ** 32 + at }, "BAD_ARGUMENT"],
    () => ["array", "BAD_ARGUMENT"],
    () => [Symbol("array"), "BAD_ARGUMENT"],
    () => [new DataView(buffer ?? new ArrayBuffer(8)), "BAD_ARGUMENT"],
    () => [new ArrayBuffer(8), "BAD_ARGUMENT"],
    () => [new Uint8Array(64), "FOREIGN_RELEASE"],
    () => [new Uint8Array(0), "FOREIGN_RELEASE"],
    () => [new Uint8Array(new ArrayBuffer(at + 64), at, 8), "FOREIGN_RELEASE"],
    () => [new Int32Array(new SharedArrayBuffer(at + 64), at, 8), "FOREIGN_RELEASE"],
    () => [detached(at), "FOREIGN_RELEASE"],
  ];
  return table[how % table.length]();
}

function detached(at: number): TypedArray {
  const array = new Uint8Array(new ArrayBuffer(at + 64), at, 8);
  structuredClone(array, { transfer: [array.buffer] });
  assert.equal(array.length, 0);
  return array;
}
