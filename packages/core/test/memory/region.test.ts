// Regions: fixed reservations of three kinds, found by their buffers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { GiB, MiB, Region, regionOfBuffer, type WasmModule } from "@millpond/core";
import { MAX_REGION_BYTES, PAGE_BYTES } from "../../src/memory/region.ts";
import { refused } from "../pool/modes.ts";

interface Peek {
  peek(address: number): number;
}

const KINDS = ["wasm", "shared", "arraybuffer"] as const;

// (module (memory (import "env" "memory") 1) (func (export "peek") (param i32) (result i32) local.get 0 i32.load8_u)),
// with the limits of an unshared memory.
const PEEK = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 6, 1, 96, 1, 127, 1, 127, 2, 15, 1, 3, 101, 110, 118, 6, 109, 101, 109, 111,
  114, 121, 2, 0, 1, 3, 2, 1, 0, 7, 8, 1, 4, 112, 101, 101, 107, 0, 0, 10, 9, 1, 7, 0, 32, 0, 45, 0, 0, 11,
]);

test("a region has at least the bytes asked for, in whole pages, all zero", () => {
  for (const kind of KINDS) {
    for (const bytes of [1, PAGE_BYTES, PAGE_BYTES + 1, 3 * MiB]) {
      const region = Region.reserve(bytes, kind);
      assert.equal(region.kind, kind);
      assert.equal(region.byteLength, Math.ceil(bytes / PAGE_BYTES) * PAGE_BYTES);
      assert.equal(region.buffer.byteLength, region.byteLength);
      assert.equal(region.shared, kind === "shared");
      assert.equal(region.buffer instanceof SharedArrayBuffer, kind === "shared");
      assert.equal(region.memory === undefined, kind === "arraybuffer");
      assert.ok(new Uint8Array(region.buffer).every((byte) => byte === 0));
    }
  }
});

test("the largest region has 4 GiB, and costs no resident memory until it is touched", () => {
  const before = process.memoryUsage.rss();
  const region = Region.reserve(MAX_REGION_BYTES);
  assert.equal(region.byteLength, 4 * GiB);
  const bytes = new Uint8Array(region.buffer, 4 * GiB - 10);
  bytes.fill(7);
  assert.ok(bytes.every((byte) => byte === 7));
  assert.ok(process.memoryUsage.rss() - before < 512 * MiB);
});

test("a region is found by its buffer, and buffers of others lead nowhere", () => {
  for (const kind of KINDS) {
    const region = Region.reserve(1, kind);
    assert.equal(regionOfBuffer(region.buffer), region);
    assert.equal(regionOfBuffer(new Float64Array(region.buffer, 64, 8).buffer), region);
  }
  assert.equal(regionOfBuffer(new ArrayBuffer(8)), undefined);
  assert.equal(regionOfBuffer(undefined as never), undefined);
});

test("the region over a memory is one and the same for each call", () => {
  const memory = new WebAssembly.Memory({ initial: 2, maximum: 2 });
  const region = Region.over(memory);
  assert.equal(region.kind, "wasm");
  assert.equal(region.memory, memory);
  assert.equal(Region.over(memory), region);
  const shared = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  assert.equal(Region.over(shared).kind, "shared");
});

test("wrong sizes, kinds and memories are refused", () => {
  for (const bytes of [0, -1, 1.5, NaN, Infinity, 4 * GiB + 1, "1", null, undefined])
    refused(() => Region.reserve(bytes as number), "BAD_ARGUMENT", /1 to 4294967296 bytes/, /got/);
  for (const kind of ["plain", null, 7])
    refused(() => Region.reserve(1, kind as "wasm"), "BAD_ARGUMENT", /kind to be one of wasm, shared/, /got/);
  for (const memory of [undefined, null, {}, { buffer: 5 }, { buffer: new Uint8Array(8) }])
    refused(() => Region.over(memory as never), "BAD_ARGUMENT", /WebAssembly\.Memory/);
});

test("a refusal of the machine is POOL_EXHAUSTED with the machine's words", (t) => {
  t.mock.method(WebAssembly, "Memory", function refuse() {
    throw new RangeError("no more of this");
  });
  const error = refused(
    () => Region.reserve(MiB),
    "POOL_EXHAUSTED",
    /1 MiB/,
    /no more of this/,
    /lower regionBytes/,
  );
  assert.ok(error.cause instanceof RangeError);
});

test("a kernel is instantiated once a region, over the region's own bytes", () => {
  const module = new WebAssembly.Module(PEEK) as WasmModule<Peek>;
  const first = Region.reserve(MiB);
  const second = Region.reserve(MiB);
  new Uint8Array(first.buffer)[70_000] = 5;
  const exports = first.kernel(module);
  assert.equal(exports?.peek(70_000), 5);
  assert.equal(first.kernel(module), exports);
  assert.equal(second.kernel(module)?.peek(70_000), 0);
  assert.equal(Region.reserve(MiB, "arraybuffer").kernel(module), undefined);
});

test("regions come and go by the thousand without running out of address space", () => {
  for (let round = 0; round < 3000; round++) {
    const region = Region.reserve(2 * PAGE_BYTES);
    new Uint8Array(region.buffer)[PAGE_BYTES] = 1;
  }
});
