// String arenas as their users see them: ids, bytes, text, interning, order, generations.
import assert from "node:assert/strict";
import { test } from "node:test";
import { KiB, Pool, SharedPool, strings, type StringArena } from "@millpond/core";
import { refused, smallPool } from "../pool/modes.ts";

const TEXTS = [
  "",
  "a",
  "mill",
  "Mühlteich",
  "水車小屋",
  "🦆 and 🦢",
  "\u{10FFFF}",
  "\uFEFFmarked",
  "x".repeat(24),
  "x".repeat(25),
  "ü".repeat(12),
  "x".repeat(33),
  "long ".repeat(100),
  "länger ".repeat(5000),
  "🦆".repeat(40_000),
];

test("what is added comes back, as text, as bytes and as a length, across many chunks", () => {
  for (const chunkBytes of [1 * KiB, 64 * KiB]) {
    const arena = strings(smallPool(), { chunkBytes });
    const ids = [1, 2, 3].flatMap(() => TEXTS.map((text) => arena.add(text)));
    for (const [place, id] of ids.entries()) {
      const text = TEXTS[place % TEXTS.length];
      const bytes = Buffer.from(text);
      assert.equal(arena.get(id), text);
      assert.deepEqual(Buffer.from(arena.bytes(id)), bytes);
      assert.equal(arena.byteLength(id), bytes.length);
      const chunk = arena.chunkOf(id);
      const start = arena.offsetOf(id);
      assert.deepEqual(Buffer.from(chunk.bytes.subarray(start, start + bytes.length)), bytes);
    }
    assert.equal(arena.size, ids.length);
    assert.equal(arena.usedBytes, 3 * TEXTS.reduce((sum, text) => sum + Buffer.byteLength(text), 0));
    arena.release();
  }
});

test("ids are consecutive from firstId on, through resets", () => {
  const arena = strings(smallPool());
  for (let round = 0; round < 3; round++) {
    assert.equal(arena.firstId, round * 4);
    assert.deepEqual(
      ["a", "b", "a", "c"].map((text) => arena.add(text)),
      [0, 1, 2, 3].map((index) => round * 4 + index),
    );
    arena.reset();
  }
});

test("bytes and spans are copied: what happens to them later does not matter", () => {
  const arena = strings(smallPool());
  const source = new TextEncoder().encode("one,zwölf,three");
  const whole = arena.add(source);
  const part = arena.addSpan(source, 4, 10);
  const long = new Uint8Array(5000).fill(120);
  const end = arena.addSpan(long, 100, 5000);
  source.fill(0);
  long.fill(0);
  assert.equal(arena.get(whole), "one,zwölf,three");
  assert.equal(arena.get(part), "zwölf");
  assert.equal(arena.get(end), "x".repeat(4900));
  assert.equal(arena.get(arena.addSpan(source, 3, 3)), "");
});

test("spans of the arena's own bytes can be added", () => {
  const arena = strings(smallPool(), { chunkBytes: KiB });
  const first = arena.add("abcdefgh".repeat(50));
  for (let i = 0; i < 50; i++) {
    const id = arena.addSpan(arena.bytes(first), i, 200 + i);
    assert.equal(arena.get(id), "abcdefgh".repeat(50).slice(i, 200 + i));
    assert.equal(arena.internSpan(arena.bytes(id), 0, 200), arena.intern(arena.get(id)));
  }
});

test("bytes lie in pooled memory, and are a view, not a copy", () => {
  const pool = smallPool();
  const arena = strings(pool);
  const id = arena.add("mill");
  const { bytes } = arena.chunkOf(id);
  assert.equal(arena.bytes(id).buffer, bytes.buffer);
  assert.ok(pool.regionOf(bytes) !== undefined);
});

test("equal bytes are interned once, in whatever form they come", () => {
  const arena = strings(smallPool(), { chunkBytes: KiB });
  const ids = TEXTS.map((text) => arena.intern(text));
  assert.equal(new Set(ids).size, TEXTS.length);
  const used = arena.usedBytes;
  for (const [place, text] of TEXTS.entries()) {
    const padded = Buffer.from(`<<${text}>>`);
    assert.equal(arena.intern(text), ids[place]);
    assert.equal(arena.intern(Buffer.from(text)), ids[place]);
    assert.equal(arena.internSpan(padded, 2, padded.length - 2), ids[place]);
    assert.equal(arena.find(text), ids[place]);
    assert.equal(arena.find(Buffer.from(text)), ids[place]);
  }
  assert.equal(arena.usedBytes, used);
  assert.equal(arena.size, TEXTS.length);
});

test("strings that were added are not found, those that were interned are", () => {
  const arena = strings(smallPool());
  assert.equal(arena.find("mill"), undefined);
  const added = arena.add("mill");
  assert.equal(arena.find("mill"), undefined);
  const interned = arena.intern("mill");
  assert.notEqual(interned, added);
  assert.equal(arena.find("mill"), interned);
  assert.equal(arena.intern("mill"), interned);
  assert.ok(arena.equals(added, interned));
});

test("many strings are interned, and found by their bytes alone", () => {
  const arena = strings(smallPool());
  const ids = Array.from({ length: 20_000 }, (_, i) => arena.intern(`string ${i}`));
  assert.equal(new Set(ids).size, 20_000);
  for (let i = 0; i < 20_000; i += 7) assert.equal(arena.find(Buffer.from(`string ${i}`)), ids[i]);
  assert.equal(arena.find("string 20000"), undefined);
});

test("compare has the order of code points, which is not that of UTF-16 units", () => {
  const arena = strings(smallPool());
  const texts = ["", "a", "aa", "ab", "b", "z", "é", "\uFFFD", "🦆", "\u{10FFFF}"];
  const ids = texts.map((text) => arena.add(text));
  for (const [i, a] of ids.entries()) {
    for (const [j, b] of ids.entries()) assert.equal(Math.sign(arena.compare(a, b)), Math.sign(i - j));
  }
  assert.ok(texts[7] > texts[8]);
});

test("equals, hash and startsWith go by bytes", () => {
  const [arena, other] = [strings(smallPool()), strings(smallPool(), { chunkBytes: KiB })];
  for (const text of TEXTS) {
    const [a, b] = [arena.add(text), arena.add(Buffer.from(text))];
    assert.ok(arena.equals(a, b));
    assert.ok(arena.equals(a, a));
    assert.ok(!arena.equals(a, arena.add(`${text}.`)));
    assert.equal(arena.hash(a), arena.hash(b));
    assert.equal(arena.hash(a), other.hash(other.add(text)));
    assert.ok(arena.hash(a) >= 0 && arena.hash(a) < 2 ** 32 && Number.isInteger(arena.hash(a)));
    assert.ok(arena.startsWith(a, ""));
    assert.ok(arena.startsWith(a, text));
    assert.ok(arena.startsWith(a, Buffer.from(text)));
    assert.ok(!arena.startsWith(a, `${text}.`));
    assert.ok(!arena.startsWith(a, `.${text.slice(1)}.`));
  }
  const duck = arena.add("🦆 and 🦢");
  assert.ok(arena.startsWith(duck, "🦆 a"));
  assert.ok(arena.startsWith(duck, Buffer.from("🦆").subarray(0, 2)));
  assert.ok(!arena.startsWith(duck, "🦢"));
});

test("a lone surrogate becomes the replacement character, at any length", () => {
  const arena = strings(smallPool());
  for (const padding of ["", "x".repeat(10), "x".repeat(40), "x".repeat(3000), "ü".repeat(3000)]) {
    for (const lone of ["\uD83E", "\uDD86", "\uDD86\uD83E", "a\uD83Eb"]) {
      const id = arena.add(padding + lone);
      assert.equal(arena.get(id), (padding + lone).toWellFormed());
      assert.equal(arena.intern(padding + lone), arena.intern((padding + lone).toWellFormed()));
    }
  }
});

test("bytes that are not UTF-8 stay as they are, and are decoded as TextDecoder does", () => {
  const arena = strings(smallPool());
  for (const bytes of [
    [0x80],
    [0xff, 0x41],
    [0xe2, 0x82],
    [0xc0, 0xaf],
    [0xed, 0xa0, 0x80],
    [0xf5, 0x80, 0x80, 0x80],
  ]) {
    const id = arena.add(Uint8Array.from(bytes));
    assert.deepEqual([...arena.bytes(id)], bytes);
    assert.equal(arena.get(id), new TextDecoder().decode(Uint8Array.from(bytes)));
  }
});

test("ids of a generation that was reset are stale, however many strings came since", () => {
  const arena = strings(smallPool());
  const old = arena.intern("old");
  arena.reset();
  const uses = [
    () => arena.get(old),
    () => arena.bytes(old),
    () => arena.byteLength(old),
    () => arena.chunkOf(old),
    () => arena.offsetOf(old),
    () => arena.hash(old),
    () => arena.startsWith(old, "o"),
    () => arena.equals(arena.add("new"), old),
    () => arena.compare(old, arena.add("new")),
  ];
  for (const use of uses) refused(use, "STALE_HANDLE", /strings/);
  assert.notEqual(arena.intern("old"), old);
  assert.equal(arena.get(arena.intern("old")), "old");
});

test("numbers that are no ids are refused", () => {
  const arena = strings(smallPool(), { name: "labels" });
  arena.add("a");
  refused(() => arena.get(1), "OUT_OF_BOUNDS", /labels/);
  refused(() => arena.get(2 ** 32), "OUT_OF_BOUNDS");
  for (const id of [-1, 0.5, Number.NaN, Infinity, undefined as never]) {
    refused(() => arena.get(id), "BAD_ARGUMENT");
  }
});

test("arguments that cannot be are refused, and nothing is added", () => {
  const arena = strings(smallPool());
  const source = new Uint8Array(10);
  const wrong = [null, undefined, 7, [1], new Uint16Array(2), new DataView(new ArrayBuffer(4))] as never[];
  for (const text of wrong) {
    refused(() => arena.add(text), "BAD_ARGUMENT");
    refused(() => arena.intern(text), "BAD_ARGUMENT");
    refused(() => arena.find(text), "BAD_ARGUMENT");
    refused(() => arena.addSpan(text, 0, 0), "BAD_ARGUMENT");
  }
  for (const [start, end] of [
    [0, 11],
    [-1, 5],
    [6, 5],
    [0.5, 5],
    [0, Number.NaN],
  ]) {
    refused(() => arena.addSpan(source, start, end), "OUT_OF_BOUNDS");
    refused(() => arena.internSpan(source, start, end), "OUT_OF_BOUNDS");
  }
  assert.equal(arena.size, 0);
  for (const cachedStrings of [-1, 0.5, 2 ** 21, "8" as never]) {
    refused(() => strings(smallPool(), { cachedStrings }), "BAD_ARGUMENT", /cachedStrings/);
  }
  refused(() => strings(smallPool(), { chunkBytes: 1 }), "BAD_ARGUMENT");
  refused(() => arena.reset("all" as never), "BAD_ARGUMENT");
});

test("decoded strings are remembered on request, and forgotten by reset", () => {
  const arena = strings(smallPool(), { cachedStrings: 5 });
  for (let round = 0; round < 3; round++) {
    const ids = Array.from({ length: 20 }, (_, i) => arena.intern(`round ${round}, string ${i}`));
    for (const [i, id] of [...ids.entries(), ...ids.entries(), ...[...ids.entries()].reverse()]) {
      assert.equal(arena.get(id), `round ${round}, string ${i}`);
    }
    arena.reset();
    refused(() => arena.get(ids[0]), "STALE_HANDLE");
  }
});

test("whatever is done with a released string arena is refused, and its memory is back", () => {
  const pool = smallPool();
  const arena = strings(pool);
  const id = arena.intern("mill");
  arena.release();
  assert.equal(arena.released, true);
  assert.equal(pool.stats().inUse, 0);
  const uses: readonly (() => unknown)[] = [
    () => arena.add(""),
    () => arena.add("x"),
    () => arena.add(new Uint8Array(1)),
    () => arena.addSpan(new Uint8Array(1), 0, 0),
    () => arena.intern("mill"),
    () => arena.intern("mill".repeat(1000)),
    () => arena.internSpan(new Uint8Array(1), 0, 1),
    () => arena.find("mill"),
    () => arena.get(id),
    () => arena.bytes(id),
    () => arena.byteLength(id),
    () => arena.chunkOf(id),
    () => arena.offsetOf(id),
    () => arena.equals(id, id),
    () => arena.compare(id, id),
    () => arena.hash(id),
    () => arena.startsWith(id, ""),
    () => arena.size,
    () => arena.firstId,
    () => arena.usedBytes,
    () => arena.reservedBytes,
    () => arena.wastedBytes,
    () => arena.reset(),
  ];
  for (const use of uses) refused(use, "USE_AFTER_RELEASE");
  refused(() => arena.release(), "DOUBLE_RELEASE");
  arena[Symbol.dispose]();
  assert.equal(pool.stats().inUse, 0);
});

test("using releases a string arena", () => {
  const pool = smallPool();
  {
    using arena = strings(pool);
    arena.intern("mill");
  }
  assert.equal(pool.stats().inUse, 0);
});

test("rounds of the same strings acquire nothing and create no view", () => {
  const pool = new Pool({ trimAfterMs: Infinity });
  const arena = strings(pool, { chunkBytes: 4 * KiB });
  const round = (mode: "keep" | "trim"): void => {
    for (let i = 0; i < 2000; i++) arena.add(`added ${i}`);
    for (let i = 0; i < 2000; i++) arena.intern(`interned ${i % 700}`);
    arena.add("long".repeat(5000));
    arena.reset(mode);
  };
  round("keep");
  const { acquired, growths, misses } = pool.stats();
  for (let i = 0; i < 40; i++) round(i % 2 === 0 ? "keep" : "trim");
  const after = pool.stats();
  assert.deepEqual([after.acquired, after.growths, after.misses], [acquired, growths, misses]);
});

test("reset to trim gives chunks and tables back that eight rounds did not need", () => {
  const pool = smallPool();
  const arena = strings(pool);
  for (let i = 0; i < 50_000; i++) arena.intern(`string ${i}`);
  const large = arena.reservedBytes;
  for (let round = 0; round < 7; round++) {
    arena.reset("trim");
    arena.intern("a");
  }
  assert.equal(arena.reservedBytes, large);
  for (let round = 0; round < 2; round++) {
    arena.reset("trim");
    arena.intern("a");
  }
  assert.ok(arena.reservedBytes < large / 10, `${arena.reservedBytes} of ${large} bytes are left`);
  assert.equal(arena.get(arena.intern("a")), "a");
});

test("in painted modes nothing is taken for a write where nobody may write", () => {
  for (const check of ["checked", "strict"] as const) {
    const pool = smallPool({ check });
    const arena = strings(pool, { chunkBytes: KiB });
    for (let round = 0; round < 3; round++) {
      for (const text of TEXTS) {
        assert.equal(arena.get(arena.add(text)), text);
        assert.equal(arena.intern(text), arena.intern(text));
      }
      arena.reset(round === 0 ? "keep" : "trim");
    }
    arena.release();
    pool.close();
  }
});

test("over shared memory, the platform's coders are not asked to touch it", () => {
  const arena = strings(SharedPool.create({ limitBytes: 8 * KiB * KiB }), { chunkBytes: KiB });
  withCodersThatRefuseSharedMemory(() => {
    for (const text of TEXTS) {
      assert.equal(arena.get(arena.add(text)), text);
      assert.equal(arena.get(arena.add(Buffer.from(text))), text);
      assert.equal(arena.intern(text), arena.intern(Buffer.from(text)));
      assert.ok(arena.startsWith(arena.intern(text), text));
    }
  });
  assertShared(arena);
  arena.release();
});

function assertShared(arena: StringArena): void {
  const { buffer } = arena.chunkOf(arena.add("x")).bytes;
  assert.ok(buffer instanceof SharedArrayBuffer);
}

// As browsers have it; Node's own coders allow shared memory.
function withCodersThatRefuseSharedMemory(work: () => void): void {
  const undo = [
    refuseShared(TextEncoder.prototype, "encodeInto", 1),
    refuseShared(TextDecoder.prototype, "decode", 0),
  ];
  try {
    work();
  } finally {
    for (const restore of undo) restore();
  }
}

function refuseShared(prototype: object, method: string, argument: number): () => void {
  const original = Object.getOwnPropertyDescriptor(prototype, method) ?? assert.fail(`no method ${method}`);
  const value = function (this: unknown, ...values: unknown[]): unknown {
    const view = values[argument] as ArrayBufferView;
    if (view.buffer instanceof SharedArrayBuffer) throw new TypeError("shared memory is refused");
    return Reflect.apply(original.value, this, values);
  };
  Object.defineProperty(prototype, method, { ...original, value });
  return () => Object.defineProperty(prototype, method, original);
}
