// parseTokens(): one bad piece does not end the others.
import assert from "node:assert/strict";
import { test } from "node:test";
import { expectNoLeaks, Pool } from "@millpond/core";
import { parseTokens } from "../../src/index.ts";

const pool = new Pool({ name: "tokens" });

function integer(text: string): number {
  if (!/^\d+$/.test(text)) throw new RangeError(text);
  return Number(text);
}

test("pieces are parsed one by one, with their places.", () => {
  const found = expectNoLeaks(pool, () => [...parseTokens("1,2,,x,4", ",", integer, { pool })]);
  const short = found.map((token) => (token.ok ? token.value : String(token.error)));
  assert.deepEqual(short, [1, 2, "RangeError: x", 4]);
  assert.deepEqual([found[2].start, found[2].end, found[2].text], [5, 6, "x"]);
});

test("delimiters that are kept are not parsed.", () => {
  const tokens = parseTokens("1;2", ";", integer, { preserveDelimiters: true });
  assert.equal(
    [...tokens].every(({ ok }) => ok),
    true,
  );
});

test("something else than a parser is refused.", () => {
  assert.throws(() => [...parseTokens("a", ",", 5 as never)], { code: "BAD_ARGUMENT" });
});
