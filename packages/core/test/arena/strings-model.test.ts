// Random programs on a string arena, beside a plain list of what was added. fast-check prints the seed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type CheckMode, type Pool, strings, type StringArena } from "@millpond/core";
import * as fc from "fast-check";
import { MODES, refused, smallPool } from "../pool/modes.ts";

type Verb =
  | "add"
  | "addBytes"
  | "addSpan"
  | "intern"
  | "internBytes"
  | "internSpan"
  | "keep"
  | "trim"
  | "stale";

interface Step {
  readonly verb: Verb;
  readonly text: string;
  readonly repeat: number;
  readonly which: number;
}

interface Entry {
  readonly id: number;
  readonly bytes: Buffer;
}

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    verb: fc.constantFrom<Verb>(
      ...(["add", "addBytes", "addSpan", "intern", "intern", "internBytes", "internSpan"] as const),
      ...(["keep", "trim", "stale"] as const),
    ),
    // Few short texts, so that interned ones meet again; and any units, lone surrogates among them.
    text: fc.oneof(
      fc.constantFrom("a", "b", "ab", "", "Mühle", "🦆"),
      fc.string({ unit: "binary", maxLength: 40 }),
    ),
    repeat: fc.constantFrom(1, 1, 1, 2, 5, 400),
    which: fc.nat(),
  }),
  { maxLength: 80, size: "max" },
);

class StringModel {
  readonly arena: StringArena;
  readonly #pool: Pool;
  #entries: Entry[] = [];
  readonly #interned = new Map<string, number>();
  readonly #stale: number[] = [];

  constructor(pool: Pool, chunkBytes: number, cachedStrings: number) {
    this.#pool = pool;
    this.arena = strings(pool, { chunkBytes, cachedStrings });
  }

  do({ verb, text, repeat, which }: Step): void {
    const { arena } = this;
    const long = text.repeat(repeat);
    const bytes = Buffer.from(long.toWellFormed());
    const around = Buffer.concat([Buffer.from("«"), bytes, Buffer.from("»")]);
    if (verb === "add") this.#added(arena.add(long), bytes);
    if (verb === "addBytes") this.#added(arena.add(bytes), bytes);
    if (verb === "addSpan") this.#added(arena.addSpan(around, 2, around.length - 2), bytes);
    if (verb === "intern") this.#intern(arena.find(long), arena.intern(long), bytes);
    if (verb === "internBytes") this.#intern(arena.find(bytes), arena.intern(bytes), bytes);
    if (verb === "internSpan") {
      this.#intern(arena.find(bytes), arena.internSpan(around, 2, around.length - 2), bytes);
    }
    if (verb === "keep" || verb === "trim") this.#reset(verb);
    if (verb === "stale" && this.#stale.length > 0) {
      refused(() => arena.get(this.#stale[which % this.#stale.length]), "STALE_HANDLE");
    }
  }

  verify(): void {
    assert.equal(this.arena.size, this.#entries.length);
    let used = 0;
    let last = this.#entries[0];
    for (const entry of this.#entries) {
      const { id, bytes } = entry;
      used += bytes.length;
      assert.deepEqual(Buffer.from(this.arena.bytes(id)), bytes);
      assert.equal(this.arena.get(id), bytes.toString());
      assert.equal(Math.sign(this.arena.compare(last.id, id)), Buffer.compare(last.bytes, bytes));
      assert.equal(this.arena.equals(last.id, id), last.bytes.equals(bytes));
      last = entry;
    }
    assert.equal(this.arena.usedBytes, used);
  }

  finish(): void {
    this.arena.release();
    assert.equal(this.#pool.stats().inUse, 0);
  }

  #added(id: number, bytes: Buffer): void {
    assert.equal(id, this.arena.firstId + this.#entries.length);
    this.#entries.push({ id, bytes });
  }

  #intern(found: number | undefined, id: number, bytes: Buffer): void {
    const key = bytes.toString("latin1");
    const known = this.#interned.get(key);
    assert.equal(found, known);
    if (known !== undefined) {
      assert.equal(id, known);
      return;
    }
    this.#interned.set(key, id);
    this.#added(id, bytes);
  }

  #reset(mode: "keep" | "trim"): void {
    this.#stale.push(...this.#entries.map(({ id }) => id));
    this.#entries = [];
    this.#interned.clear();
    this.arena.reset(mode);
  }
}

function runProgram(
  check: CheckMode,
  chunkBytes: number,
  cachedStrings: number,
  program: readonly Step[],
): void {
  const model = new StringModel(smallPool({ check }), chunkBytes, cachedStrings);
  for (const step of program) {
    model.do(step);
    model.verify();
  }
  model.finish();
}

for (const check of MODES) {
  test(`random programs leave a string arena as the model says (${check})`, () => {
    const chunkBytes = fc.constantFrom(1024, 4096, 65_536);
    const cached = fc.constantFrom(0, 4, 64);
    fc.assert(
      fc.property(chunkBytes, cached, steps, (size, places, program) =>
        runProgram(check, size, places, program),
      ),
      { numRuns: 40 },
    );
  });
}
