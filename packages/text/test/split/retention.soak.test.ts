// Strings that were given out keep nothing else alive: judged by the heap, after the text is gone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Pool } from "@millpond/core";
import { head, isolateLeft, type Segments, split, splitter, tail, withArena } from "../../src/index.ts";

const MB = 2 ** 20;

function heapUsed(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

// What `keep` returns is kept; the text that it was given is not.
function heldAfter(keep: (text: string) => readonly string[]): number {
  const before = heapUsed();
  // Not ASCII for half of the fields, so that decoding and copying are both judged.
  let text: string | undefined = "a field of twenty-odd,ein längeres Feld mit Ä,short,".repeat(200_000);
  const kept = keep(text);
  text = undefined;
  const held = heapUsed() - before;
  assert.ok(kept.length > 0);
  return held;
}

const ways: readonly (readonly [name: string, keep: (text: string) => readonly string[]])[] = [
  ["pieces of a long text", (text) => everyThousandth(split(text, ",").texts())],
  ["pieces of short texts", (text) => piecesOfLines(text)],
  ["the left of a delimiter", (text) => [isolateLeft(text, ",").left]],
  [
    "the head and the tail",
    (text) => [head(text.replaceAll(",", "\n"), 3), tail(text.replaceAll(",", "\n"), 3)],
  ],
];

function everyThousandth(pieces: readonly string[]): string[] {
  return pieces.filter((_, index) => index % 1000 < 3);
}

function piecesOfLines(text: string): string[] {
  const use = splitter(",");
  const kept: string[] = [];
  // Each line is a reference to the text itself.
  for (let at = 0; at + 400 < text.length; at += 40_000) kept.push(...use.texts(text.slice(at, at + 400)));
  return kept;
}

for (const [name, keep] of ways) {
  test(`${name} keep less than a tenth of the text.`, () => {
    heldAfter(keep);
    const held = heldAfter(keep);
    assert.ok(held < 1 * MB, `${(held / MB).toFixed(1)} MB are held`);
  });
}

// What one of many results weighs, its table in pooled memory aside: the pool has views of that at hand already.
function bytesOfResult(use: (text: string) => Segments): number {
  const results: Segments[] = Array.from({ length: 20_000 });
  const fill = (): void => {
    for (let i = 0; i < results.length; i++) results[i] = use("one,two,three");
  };
  const drop = (): void => {
    for (const result of results) result.release();
  };
  fill();
  drop();
  results.fill(undefined as never);
  const before = heapUsed();
  fill();
  const held = heapUsed() - before;
  drop();
  return held / results.length;
}

test("a result weighs 56 bytes of the heap, and one in an arena a word more.", () => {
  const pool = new Pool();
  const words = splitter(",", { pool });
  const alone = bytesOfResult((text) => words.split(text));
  assert.ok(alone < 60, `${alone} bytes`);
  const within = withArena((arena) => bytesOfResult((text) => words.split(text, arena)));
  assert.ok(within < 68, `${within} bytes`);
  pool.close();
});
