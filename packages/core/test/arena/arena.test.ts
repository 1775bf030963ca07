// Arenas as their users see them: blocks, addresses, marks, scopes, and what a reset keeps.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Arena, arena, type ArenaMark, KiB, MiB, Pool } from "@millpond/core";
import { refused, smallPool } from "../pool/modes.ts";

test("an arena acquires nothing before the first block, and one chunk for many small ones", () => {
  const pool = smallPool();
  const scratch = arena(pool);
  assert.equal(pool.stats().acquired, 0);
  for (let i = 0; i < 1000; i++) scratch.alloc(Float64Array, 4);
  assert.equal(pool.stats().acquired, 1);
  assert.equal(scratch.usedBytes, 32_000);
  assert.equal(scratch.reservedBytes, scratch.chunkBytes);
  assert.equal(scratch.wastedBytes, 0);
});

test("a chunk size is rounded up to a power of two", () => {
  const pool = smallPool();
  assert.equal(arena(pool).chunkBytes, 64 * KiB);
  assert.equal(arena(pool, { chunkBytes: 1024 }).chunkBytes, 1024);
  assert.equal(arena(pool, { chunkBytes: 1025 }).chunkBytes, 2048);
  assert.equal(arena(pool, { chunkBytes: 3 * MiB }).chunkBytes, 4 * MiB);
  assert.equal(arena(pool, { chunkBytes: 2 ** 30 }).chunkBytes, 2 ** 30);
  for (const chunkBytes of [1023, 2 ** 30 + 1, -1, Number.NaN, Infinity, "4096" as never]) {
    refused(() => arena(pool, { chunkBytes }), "BAD_ARGUMENT", /chunkBytes/);
  }
});

test("blocks follow each other without a gap where alignment asks for none", () => {
  const scratch = arena(smallPool());
  assert.equal(scratch.allocBytes(3, 1), 0);
  assert.equal(scratch.allocBytes(5, 1), 3);
  assert.equal(scratch.allocBytes(1), 8);
  assert.equal(scratch.allocBytesUnsafe(1), 16);
  assert.equal(scratch.allocBytes(64, 64), 64);
  assert.equal(scratch.usedBytes, 3 + 5 + 1 + 1 + 64);
  assert.equal(scratch.wastedBytes, 7 + 47);
});

test("every round has the same addresses", () => {
  const scratch = arena(smallPool(), { chunkBytes: KiB });
  const round = (): number[] => [100, 5000, 700, 700, 20_000, 8].map((bytes) => scratch.allocBytes(bytes));
  const first = round();
  for (const mode of ["keep", "trim"] as const) {
    scratch.reset(mode);
    assert.deepEqual(round(), first);
  }
});

test("a block that fits in no chunk has one of its own, and filling goes on where it was", () => {
  const pool = smallPool();
  const scratch = arena(pool, { chunkBytes: KiB });
  const before = scratch.alloc(Uint8Array, 8);
  const large = scratch.alloc(Float64Array, 10_000);
  const after = scratch.alloc(Uint8Array, 8);
  assert.equal(large.length, 10_000);
  assert.equal(after.byteOffset, before.byteOffset + 8);
  assert.equal(pool.stats().acquired, 2);
});

test("a chunk is left only when a quarter of it or less is lost", () => {
  const scratch = arena(smallPool(), { chunkBytes: 1024 });
  scratch.allocBytes(700);
  scratch.allocBytes(500); // 324 bytes are left: a chunk of its own
  assert.equal(scratch.allocBytes(8), 704);
  scratch.allocBytes(100);
  scratch.allocBytes(500); // 212 bytes are left: on to the next chunk
  assert.ok(scratch.allocBytes(8) > 2048);
});

test("chunks are listed by address, with the bytes that are used", () => {
  const scratch = arena(smallPool(), { chunkBytes: KiB });
  scratch.allocBytes(1000);
  scratch.allocBytes(3000);
  scratch.allocBytes(200);
  const chunks = [...scratch.chunks()];
  assert.deepEqual(
    chunks.map(({ address, usedBytes }) => [address, usedBytes]),
    [
      [0, 1000],
      [1024, 3000],
      [4096, 200],
    ],
  );
  assert.equal(
    scratch.reservedBytes,
    chunks.reduce((sum, { bytes }) => sum + bytes.length, 0),
  );
});

test("an empty block has an address and a view, wherever the arena stands", () => {
  const scratch = arena(smallPool(), { chunkBytes: KiB });
  for (const fill of [0, 1024, 3000]) {
    scratch.allocBytes(fill);
    const address = scratch.allocBytes(0);
    assert.equal(scratch.view(Uint8Array, address, 0).length, 0);
    assert.equal(scratch.alloc(BigInt64Array, 0).length, 0);
  }
});

test("a view shows the bytes of an address, and refuses those that were not given out", () => {
  const scratch = arena(smallPool(), { chunkBytes: KiB });
  const address = scratch.allocBytes(16);
  scratch.view(Uint16Array, address, 8).fill(0x0102);
  assert.equal(scratch.view(Uint32Array, address + 4, 1)[0], 0x01020102);
  refused(() => scratch.view(Uint8Array, address, 17), "OUT_OF_BOUNDS");
  refused(() => scratch.view(Uint8Array, 1024, 1), "OUT_OF_BOUNDS");
  refused(() => scratch.view(Uint8Array, -1, 1), "OUT_OF_BOUNDS");
  refused(() => scratch.view(Uint8Array, -(2 ** 32), 1), "OUT_OF_BOUNDS");
  refused(() => scratch.view(Uint8Array, -Infinity, 1), "OUT_OF_BOUNDS");
  refused(() => scratch.view(Uint32Array, address + 2, 1), "BAD_ARGUMENT", /multiple of 4/);
  refused(() => scratch.view(Uint8Array, address + 0.5, 1), "BAD_ARGUMENT");
  scratch.reset();
  refused(() => scratch.view(Uint8Array, address, 1), "OUT_OF_BOUNDS");
});

test("a copy has the type, the length and the content of its original, which may be shared or a Buffer", () => {
  const scratch = arena(smallPool());
  const shared = new Int32Array(new SharedArrayBuffer(12));
  shared.set([1, -2, 3]);
  for (const original of [
    new BigUint64Array([1n, 2n ** 64n - 1n]),
    Float32Array.of(1.5, Number.NaN),
    shared,
  ]) {
    const copy = scratch.copy(original);
    assert.equal(copy.constructor, original.constructor);
    assert.deepEqual([...copy], [...original]);
  }
  const bytes = scratch.copy(Buffer.from("mill"));
  assert.equal(bytes.constructor, Uint8Array);
  assert.equal(new TextDecoder().decode(bytes), "mill");
  refused(() => scratch.copy(new DataView(new ArrayBuffer(8)) as never), "BAD_ARGUMENT");
});

test("zeroed blocks are zero though the memory was written to, also after unzeroed ones", () => {
  const pool = smallPool();
  const scratch = arena(pool, { chunkBytes: 64 * KiB });
  for (let round = 0; round < 4; round++) {
    for (let bytes = 1; bytes < 300; bytes++) {
      const block =
        bytes % 3 === 0 ? scratch.allocUnsafe(Uint8Array, bytes) : scratch.alloc(Uint8Array, bytes);
      if (bytes % 3 !== 0) assert.ok(block.every((byte) => byte === 0));
      block.fill(255);
    }
    scratch.reset();
  }
});

test("the last block can be shrunk, an earlier one cannot", () => {
  const scratch = arena(smallPool(), { chunkBytes: KiB });
  const first = scratch.allocBytes(100);
  const second = scratch.allocBytes(100, 4);
  refused(() => scratch.shrinkLast(first, 100, 10), "BAD_ARGUMENT", /taken last/);
  scratch.shrinkLast(second, 100, 10);
  assert.equal(scratch.allocBytes(4, 1), second + 10);
  const large = scratch.allocBytes(5000);
  scratch.shrinkLast(large, 5000, 4000);
  assert.equal(scratch.usedBytes, 100 + 10 + 4 + 4000);
  refused(() => scratch.shrinkLast(large, 5000, 1), "BAD_ARGUMENT");
});

test("a block is not shrunk past a mark or out of a scope", () => {
  const scratch = arena(smallPool(), { chunkBytes: KiB });
  for (const bytes of [100, 5000]) {
    let address = scratch.allocBytes(bytes);
    scratch.mark();
    refused(() => scratch.shrinkLast(address, bytes, 1), "BAD_SCOPE");
    scratch.reset();
    address = scratch.allocBytes(bytes);
    scratch.scope(() => refused(() => scratch.shrinkLast(address, bytes, 1), "BAD_SCOPE"));
    scratch.shrinkLast(address, bytes, 1);
    assert.equal(scratch.usedBytes, 1);
    scratch.reset();
  }
});

test("a large block that is shrunk to nothing leaves no chunk behind", () => {
  const scratch = arena(smallPool(), { chunkBytes: KiB });
  scratch.shrinkLast(scratch.allocBytes(9000), 9000, 0);
  assert.deepEqual([...scratch.chunks()], []);
  assert.equal(scratch.wastedBytes, 0);
});

test("a mark can be rewound to again and again, and younger marks are gone then", () => {
  const scratch = arena(smallPool());
  scratch.alloc(Uint8Array, 10);
  const outer = scratch.mark();
  scratch.alloc(Uint8Array, 10);
  const inner = scratch.mark();
  for (let round = 0; round < 3; round++) {
    scratch.alloc(Uint8Array, 100_000);
    scratch.rewind(outer);
    assert.equal(scratch.usedBytes, 10);
  }
  refused(() => scratch.rewind(inner), "BAD_SCOPE");
  scratch.alloc(Uint8Array, 500);
  refused(() => scratch.rewind(inner), "BAD_SCOPE");
  scratch.reset();
  refused(() => scratch.rewind(outer), "STALE_HANDLE");
  refused(() => scratch.rewind(inner), "STALE_HANDLE");
});

test("marks of other arenas, and numbers that are no marks, are refused", () => {
  const pool = smallPool();
  const [one, other] = [arena(pool), arena(pool)];
  const foreign = other.mark();
  one.alloc(Uint8Array, 10);
  one.mark();
  refused(() => one.rewind(foreign), "BAD_SCOPE");
  for (const mark of [0, -1, 1e15, 0.5, Number.NaN, undefined]) {
    refused(() => one.rewind(mark as ArenaMark), "BAD_ARGUMENT");
  }
  assert.equal(one.usedBytes, 10);
});

test("many marks that nobody rewinds to are all good", () => {
  const scratch = arena(smallPool());
  const marks = Array.from({ length: 1000 }, () => {
    scratch.allocBytes(8);
    return scratch.mark();
  });
  for (let i = 999; i >= 0; i -= 37) {
    scratch.rewind(marks[i]);
    assert.equal(scratch.usedBytes, (i + 1) * 8);
  }
});

test("a scope gives its memory back when it returns, when it throws, and when its promise settles", async () => {
  const scratch = arena(smallPool());
  scratch.alloc(Uint8Array, 7);
  assert.equal(
    scratch.scope((inner) => inner.alloc(Uint8Array, 1000).length),
    1000,
  );
  assert.throws(() => scratch.scope(() => scratch.scope(() => JSON.parse("{"))), SyntaxError);
  assert.equal(scratch.usedBytes, 7);
  const promise = scratch.scope(async () => {
    const bytes = scratch.alloc(Uint8Array, 1000).fill(1);
    await Promise.resolve();
    return bytes.length + scratch.usedBytes;
  });
  assert.equal(scratch.usedBytes, 1007);
  assert.equal(await promise, 2007);
  assert.equal(scratch.usedBytes, 7);
  await assert.rejects(
    scratch.scope(() => Promise.reject(new Error("on purpose"))),
    /on purpose/,
  );
  assert.equal(scratch.usedBytes, 7);
});

test("overlapping scopes are refused, and their memory goes with the last of them", async () => {
  const scratch = arena(smallPool());
  const { promise: first, resolve: endFirst } = Promise.withResolvers<void>();
  const { promise: second, resolve: endSecond } = Promise.withResolvers<void>();
  const one = scratch.scope(async () => {
    scratch.alloc(Uint8Array, 10);
    await first;
  });
  const other = scratch.scope(async () => {
    const bytes = scratch.alloc(Uint8Array, 20).fill(5);
    await second;
    return bytes;
  });
  endFirst();
  await assert.rejects(one, { code: "BAD_SCOPE" });
  assert.equal(scratch.usedBytes, 30);
  endSecond();
  assert.ok((await other).every((byte) => byte === 5));
  assert.equal(scratch.usedBytes, 0);
  scratch.reset();
});

test("the error of a scope is not replaced by the complaint that scopes overlap", async () => {
  const scratch = arena(smallPool());
  const { promise, resolve } = Promise.withResolvers<void>();
  const failing = scratch.scope(() => Promise.reject(new Error("on purpose")));
  const other = scratch.scope(() => promise);
  await assert.rejects(failing, /on purpose/);
  resolve();
  await other;
  assert.equal(scratch.usedBytes, 0);
});

test("an arena can be released inside a scope of its own", async () => {
  const pool = smallPool();
  const scratch = arena(pool);
  await scratch.scope(async () => {
    scratch.alloc(Uint8Array, 10);
    await Promise.resolve();
    scratch.release();
  });
  assert.equal(pool.stats().inUse, 0);
});

test("reset to trim keeps what was in use in the last eight rounds", () => {
  const pool = smallPool();
  const scratch = arena(pool, { chunkBytes: KiB });
  const round = (chunks: number, large: number): void => {
    for (let i = 0; i < chunks; i++) scratch.allocBytes(1024);
    for (let i = 0; i < large; i++) scratch.allocBytes(4096);
    scratch.reset("trim");
  };
  round(10, 3);
  for (let i = 0; i < 7; i++) round(2, 1);
  assert.equal(scratch.reservedBytes, 10 * 1024 + 3 * 4096);
  round(2, 1);
  assert.equal(scratch.reservedBytes, 2 * 1024 + 4096);
  scratch.allocBytes(1);
  scratch.reset("keep");
  assert.equal(scratch.reservedBytes, 2 * 1024 + 4096);
});

test("rounds of large blocks of ever other sizes do not pile up chunks", () => {
  const pool = smallPool();
  const scratch = arena(pool, { chunkBytes: KiB });
  for (let round = 1; round < 200; round++) {
    for (let i = 0; i < 3; i++) scratch.allocBytes(2000 + ((round * 7919 + i * 104_729) % 30_000));
    scratch.reset();
  }
  assert.ok(pool.stats().inUse <= 3, `${pool.stats().inUse} chunks for three blocks at a time`);
});

test("whatever is done with a released arena is refused", () => {
  const pool = smallPool();
  const scratch = arena(pool);
  const address = scratch.allocBytes(8);
  const mark = scratch.mark();
  assert.equal(scratch.released, false);
  scratch.release();
  const uses: readonly (() => unknown)[] = [
    () => scratch.alloc(Uint8Array, 1),
    () => scratch.alloc(Uint8Array, 0),
    () => scratch.allocUnsafe(Uint8Array, 1),
    () => scratch.allocBytes(0),
    () => scratch.allocBytesUnsafe(0),
    () => scratch.copy(new Uint8Array(1)),
    () => scratch.view(Uint8Array, address, 1),
    () => scratch.chunkOf(address),
    () => [...scratch.chunks()],
    () => scratch.shrinkLast(address, 8, 1),
    () => scratch.mark(),
    () => scratch.rewind(mark),
    () => scratch.scope(() => 1),
    () => scratch.reset(),
    () => scratch.chunkBytes,
    () => scratch.usedBytes,
    () => scratch.reservedBytes,
    () => scratch.wastedBytes,
  ];
  for (const use of uses) refused(use, "USE_AFTER_RELEASE");
  refused(() => scratch.release(), "DOUBLE_RELEASE");
  assert.equal(scratch.released, true);
  scratch[Symbol.dispose]();
});

test("using releases an arena once", () => {
  const pool = smallPool();
  {
    using scratch = arena(pool);
    scratch.alloc(Uint8Array, 1);
    assert.ok(scratch instanceof Arena);
  }
  assert.equal(pool.stats().inUse, 0);
});

test("chunks of a released arena show no memory of the next user", () => {
  const pool = smallPool();
  const scratch = arena(pool);
  const chunk = scratch.chunkOf(scratch.allocBytes(8));
  scratch.release();
  assert.equal(chunk.bytes.length, 0);
});

test("steady rounds acquire nothing and create no view", () => {
  const pool = new Pool({ trimAfterMs: Infinity });
  const scratch = arena(pool, { chunkBytes: 4 * KiB });
  const round = (): void => {
    for (let i = 0; i < 500; i++) scratch.allocBytes(i, 2 ** (i % 13));
    scratch.scope(() => scratch.allocBytes(100_000));
    scratch.reset("trim");
  };
  round();
  const { acquired, growths, misses } = pool.stats();
  for (let i = 0; i < 200; i++) round();
  const after = pool.stats();
  assert.deepEqual([after.acquired, after.growths, after.misses], [acquired, growths, misses]);
});
