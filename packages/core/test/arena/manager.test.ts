// Managers of arenas: one user at a time for each arena, and memory that is kept for the next.
import assert from "node:assert/strict";
import { test } from "node:test";
import { arena, type ArenaManager, arenas, type ArenaStats, KiB, MiB } from "@millpond/core";
import { refused, smallPool } from "../pool/modes.ts";

function figures(manager: ArenaManager, name: string): ArenaStats {
  return manager.stats().find((stats) => stats.name === name) ?? assert.fail(`no arena ${name}`);
}

test("the default names have the sizes that the manual gives, and options add and replace", () => {
  const manager = arenas(smallPool(), { sizes: { row: 3000, json: MiB } });
  const sizes = manager.stats().map(({ name, chunkBytes }) => [name, chunkBytes]);
  assert.deepEqual(Object.fromEntries(sizes), {
    primitive: 256 * KiB,
    search: 1 * MiB,
    json: 1 * MiB,
    row: 4 * KiB,
  });
  refused(() => arenas(smallPool(), { sizes: { row: 1 } }), "BAD_ARGUMENT", /sizes\.row/);
  refused(() => arenas(smallPool(), { keep: -1 }), "BAD_ARGUMENT", /keep/);
});

test("a nested use gets another arena: the inner one does not reset the outer one", () => {
  const manager = arenas(smallPool());
  manager.use("json", (outer) => {
    const text = outer.alloc(Uint8Array, 100).fill(7);
    manager.use("json", (inner) => {
      assert.notEqual(inner, outer);
      inner.alloc(Uint8Array, 100_000).fill(9);
    });
    assert.ok(text.every((byte) => byte === 7));
    assert.equal(outer.usedBytes, 100);
  });
  assert.equal(figures(manager, "json").peak, 2);
});

test("uses that overlap in time each have an arena of their own", async () => {
  const manager = arenas(smallPool());
  const work = async (value: number): Promise<boolean> =>
    manager.use("search", async (scratch) => {
      const bytes = scratch.alloc(Uint8Array, 1000).fill(value);
      for (let i = 0; i < value; i++) await Promise.resolve();
      return bytes.every((byte) => byte === value);
    });
  assert.ok((await Promise.all([3, 1, 2, 5, 4].map(work))).every(Boolean));
  const { inUse, peak, kept } = figures(manager, "search");
  assert.deepEqual([inUse, peak, kept], [0, 5, 4]);
});

test("memory comes back to the next user of the name, and no more than so much is kept", () => {
  const pool = smallPool();
  const manager = arenas(pool, { keep: 2 });
  manager.use("json", (scratch) => scratch.alloc(Uint8Array, 1000));
  const { acquired } = pool.stats();
  for (let i = 0; i < 100; i++) manager.use("json", (scratch) => scratch.alloc(Uint8Array, 1000));
  assert.equal(pool.stats().acquired, acquired);
  const taken = Array.from({ length: 5 }, () => manager.take("json"));
  for (const scratch of taken) scratch.allocBytes(8);
  for (const scratch of taken) manager.give(scratch);
  const { kept, keptBytes, created } = figures(manager, "json");
  assert.deepEqual([kept, keptBytes, created], [2, 256 * KiB, 5]);
  assert.equal(pool.stats().inUse, 2);
});

test("an arena goes back when its use fails, at once or later", async () => {
  const manager = arenas(smallPool());
  const fail = (): never => {
    throw new Error("on purpose");
  };
  assert.throws(() => manager.use("json", fail), /on purpose/);
  await assert.rejects(
    manager.use("json", async () => fail()),
    /on purpose/,
  );
  const { inUse, kept } = figures(manager, "json");
  assert.deepEqual([inUse, kept], [0, 1]);
});

test("what was given back is of no use, though its memory has a new user", () => {
  const manager = arenas(smallPool());
  const stale = manager.take("json");
  stale.allocBytes(8);
  manager.give(stale);
  const next = manager.take("json");
  assert.notEqual(next, stale);
  refused(() => stale.allocBytes(8), "USE_AFTER_RELEASE");
  refused(() => manager.give(stale), "DOUBLE_RELEASE");
  assert.equal(next.usedBytes, 0);
});

test("arenas of others are refused", () => {
  const pool = smallPool();
  const manager = arenas(pool);
  const other = arenas(pool).take("json");
  refused(() => manager.give(other), "FOREIGN_RELEASE");
  refused(() => manager.give(arena(pool)), "FOREIGN_RELEASE");
  refused(() => manager.give(undefined as never), "FOREIGN_RELEASE");
  assert.equal(other.released, false);
});

test("unknown names and things that are no functions are refused", () => {
  const manager = arenas(smallPool());
  refused(() => manager.take("jsno" as "json"), "BAD_ARGUMENT", /"primitive", "search", "json", got "jsno"/);
  refused(() => manager.use("json", 7 as never), "BAD_ARGUMENT");
  assert.equal(figures(manager, "json").taken, 0);
});

test("an arena that was released within its use goes back once", () => {
  const manager = arenas(smallPool());
  manager.use("json", (scratch) => scratch.release());
  const { inUse, kept } = figures(manager, "json");
  assert.deepEqual([inUse, kept], [0, 1]);
});

test("kept memory goes back to the pool by trim, and all of it by release", () => {
  const pool = smallPool();
  const manager = arenas(pool);
  manager.use("json", (scratch) => scratch.alloc(Uint8Array, 8));
  assert.equal(pool.stats().inUse, 1);
  manager.trim();
  assert.equal(pool.stats().inUse, 0);
  const late = manager.take("primitive");
  late.allocBytes(8);
  manager.release();
  refused(() => manager.take("json"), "USE_AFTER_RELEASE");
  refused(() => manager.release(), "DOUBLE_RELEASE");
  manager[Symbol.dispose]();
  manager.give(late);
  assert.equal(pool.stats().inUse, 0);
});

test("one large use does not keep its memory for ever", () => {
  const manager = arenas(smallPool());
  manager.use("json", (scratch) => scratch.alloc(Uint8Array, 10 * MiB));
  assert.ok(figures(manager, "json").keptBytes >= 10 * MiB);
  for (let i = 0; i < 8; i++) manager.use("json", (scratch) => scratch.alloc(Uint8Array, 8));
  assert.equal(figures(manager, "json").keptBytes, 128 * KiB);
});
