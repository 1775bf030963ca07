// The one error class, and how offending values are shown.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PoolError } from "@millpond/core";
import { show, unlike } from "../../src/memory/errors.ts";

test("an error has name, code, message, details and a stack", () => {
  const error = new PoolError("OUT_OF_BOUNDS", "too far", { index: 5 });
  assert.equal(error.name, "PoolError");
  assert.equal(error.code, "OUT_OF_BOUNDS");
  assert.equal(error.message, "too far");
  assert.deepEqual(error.details, { index: 5 });
  assert.match(String(error.stack), /errors\.test\.ts/);
  assert.equal(String(error), "PoolError: too far");
  assert.ok(error instanceof Error && error instanceof PoolError);
  assert.deepEqual(new PoolError("LEAK", "x").details, {});
});

test("instanceof sees errors of another copy of the package, and nothing else", async () => {
  const copy = (await import(`../../src/memory/errors.ts?copy=${process.pid}`)) as {
    PoolError: typeof PoolError;
  };
  assert.notEqual(copy.PoolError, PoolError);
  assert.ok(new copy.PoolError("LEAK", "x") instanceof PoolError);
  for (const value of [new Error("x"), { code: "LEAK" }, null, undefined, "LEAK", 5])
    assert.equal((value as unknown) instanceof PoolError, false);
});

test("values are shown short and typed", () => {
  const table: readonly (readonly [unknown, string])[] = [
    ["text", '"text"'],
    ["x".repeat(50), `"${"x".repeat(40)}…"`],
    [5, "5"],
    [-0, "0"],
    [NaN, "NaN"],
    [5n, "5n"],
    [true, "true"],
    [null, "null"],
    [undefined, "undefined"],
    [Symbol("s"), "Symbol(s)"],
    [Uint8Array, "Uint8Array"],
    [() => 1, "a function"],
    [new Float64Array(3), "Float64Array of 24 bytes"],
    [new DataView(new ArrayBuffer(5)), "DataView of 5 bytes"],
    [[1], "an object ([object Array])"],
    [{}, "an object ([object Object])"],
    [Object.create(null), "an object ([object Object])"],
  ];
  for (const [value, shown] of table) assert.equal(show(value), shown);
});

test("showing a value does not convert it, which would run code of its own", () => {
  const trap = (): never => assert.fail("was called");
  const object = { toString: trap, toJSON: trap, valueOf: trap, [Symbol.toPrimitive]: trap };
  assert.equal(show(object), "an object ([object Object])");
  const named = Object.defineProperty(() => 1, "name", { value: trap });
  assert.equal(show(named), "a function");
});

test("an argument of a wrong kind is named with what was expected", () => {
  const error = unlike("name to be a string", 5);
  assert.equal(error.code, "BAD_ARGUMENT");
  assert.equal(error.message, "expected name to be a string, got 5");
});
