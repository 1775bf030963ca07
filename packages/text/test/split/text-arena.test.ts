// Scopes: what lies in an arena is good until its scope ends, whatever happens in scopes inside or beside it.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { expectNoLeaks, Pool } from "@millpond/core";
import { type Segments, split, splitter, type TextArena, withArena } from "../../src/index.ts";

const pool = new Pool({ name: "scopes", check: "checked" });
const fields = splitter(",", { pool });
const words = splitter(" ", { quoting: true, preserveDelimiters: true, pool });

test("a scope inside does not touch the results of the one outside.", () => {
  withArena((outer) => {
    const kept = fields.split("alpha,beta", outer);
    withArena((inner) => {
      for (let i = 0; i < 1000; i++) fields.split("gamma,delta,epsilon", inner);
    });
    const more = fields.split("zeta", outer);
    assert.deepEqual([...kept.texts(), ...more.texts()], ["alpha", "beta", "zeta"]);
  });
});

test("scopes of several tasks overlap, and each ends when its promise settles.", async () => {
  const tasks = Array.from({ length: 8 }, (_, number) =>
    withArena(async (arena) => {
      const kept: Segments[] = [];
      for (let i = 0; i < 20; i++) {
        kept.push(fields.split(`${number},${i}`, arena));
        await new Promise((resolve) => setTimeout(resolve, (number * i) % 3));
      }
      kept.forEach((result, i) => assert.deepEqual(result.texts(), [String(number), String(i)]));
      return kept;
    }),
  );
  for (const kept of await Promise.all(tasks)) assert.equal(kept[0].released, true);
});

test("what is used after its scope is refused, a scope that threw included.", () => {
  let stale: Segments | undefined;
  let ended: TextArena | undefined;
  assert.throws(
    () =>
      withArena((arena) => {
        ended = arena;
        stale = fields.split("a,b", arena);
        throw new RangeError("on purpose");
      }),
    RangeError,
  );
  const code = "USE_AFTER_RELEASE";
  assert.throws(() => stale?.text(0), { code });
  assert.throws(() => fields.split("a,b", ended), { code });
  assert.throws(() => words.split("a b", ended), { code });
  assert.throws(() => ended?.strings, { code });
  assert.throws(() => ended?.usedBytes, { code });
});

test("a rejected promise ends its scope as well.", async () => {
  let ended: TextArena | undefined;
  const work = withArena(async (arena) => {
    ended = arena;
    await Promise.resolve();
    throw new RangeError("on purpose");
  });
  await assert.rejects(work, RangeError);
  assert.equal(ended?.live, false);
});

test("a result in an arena can be released early, once.", () => {
  withArena((arena) => {
    const result = split("a b", " ", { arena });
    result.release();
    assert.throws(() => result.release(), { code: "DOUBLE_RELEASE" });
    using other = split("a b", " ", { arena });
    assert.equal(other.length, 2);
  });
});

test("with a pool of one's own, everything is back in it after the scope.", () => {
  expectNoLeaks(pool, () => {
    withArena(
      (arena) => {
        const before = arena.usedBytes;
        const text = `"a \\" b" ${"é ".repeat(300)}`;
        const results = [words.split(text, arena), words.split(text.repeat(2000), arena)];
        assert.equal(results[0].text(0), 'a " b');
        assert.equal(results[1].length, 2000 * 602);
        assert.deepEqual([...fields.split("x,long enough to be decoded", arena).bytes(0)], [0x78]);
        assert.ok(arena.usedBytes > before);
        assert.equal(arena.strings.size, 2001);
      },
      { pool },
    );
  });
});

test("a splitter and an arena can have different pools, and each gets its own back.", () => {
  const other = new Pool({ name: "another" });
  expectNoLeaks(pool, () =>
    expectNoLeaks(other, () =>
      withArena(
        (arena) => {
          const results = [words.split('é "a\\"b"', arena), fields.split("x".repeat(2000), arena)];
          assert.equal(results[0].text(2), 'a"b');
          assert.equal(results[1].bytes(0).length, 2000);
        },
        { pool: other },
      ),
    ),
  );
});

test("a text takes no more of an arena than its bytes, once it is encoded.", () => {
  withArena((arena) => {
    words.split("a".repeat(1000), arena);
    assert.equal(arena.usedBytes, 1000 + 3 * 4);
    fields.split("b,c", arena);
    assert.equal(arena.usedBytes, 1000 + 3 * 4 + 4 * 4);
  });
});

test("results in arenas are those in memory of their own, for random texts and scopes.", () => {
  const text = fc.array(fc.constantFrom("a", ",", '"', "\\", " ", "é", "🦆", "long words of all kinds"), {
    maxLength: 200,
  });
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 12 }), (texts) => {
      expectNoLeaks(pool, () =>
        withArena(
          (arena) => {
            const kept = texts.map((list) => {
              const source = list.join("");
              return [source, fields.split(source, arena), words.split(source, arena)] as const;
            });
            for (const [source, byComma, byWord] of kept) {
              assert.deepEqual([...byComma], [...fields.segments(source)]);
              assert.deepEqual([...byWord], [...words.segments(source)]);
            }
          },
          { pool },
        ),
      );
    }),
    { numRuns: 300 },
  );
});

test("something else than a function is refused.", () => {
  assert.throws(() => withArena(5 as never), { code: "BAD_ARGUMENT" });
});
