// Documents that are brought up to date after edits, against parsing the new text.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Pool } from "@millpond/core";
import * as fc from "fast-check";

import { applyEdits, type JsonDocument, type ParseOptions, parser, type TextEdit } from "../../src/index.ts";
import { checkTape } from "../tape/check-tape.ts";
import { randomJsonc } from "./random-jsonc.ts";

const inserted = fc.constantFrom(
  "",
  "1",
  "[]",
  '{"x": [1, 2]}',
  ", 3",
  "3,",
  "// c\n",
  "/* d */",
  '"',
  "]",
  "[",
  "}",
  "é",
  " ",
  "*/",
  "/*",
  "\\",
);

// Everything that a document shows.
function shown(document: JsonDocument): unknown {
  const { tape } = document;
  const columns = [tape.kinds, tape.starts, tape.ends, tape.nexts, tape.parents];
  return {
    columns: columns.map((column) => [...column.subarray(0, tape.count)]),
    text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(tape.bytes.subarray(0, tape.textBytes)),
    padding: tape.bytes.subarray(tape.textBytes, tape.textBytes + 64).every((byte) => byte === 0),
    comments: document.comments,
    faults: document.faults,
    length: document.root.length,
  };
}

function outcome(run: () => JsonDocument): unknown {
  try {
    const document = run();
    checkTape(document.tape);
    return shown(document);
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    if (code === undefined) throw error;
    return { code, message };
  }
}

// A few edits next to each other, by what part of the text they take.
function editsOf(length: number, raw: readonly { at: number; take: number; text: string }[]): TextEdit[] {
  let at = 0;
  const edits: TextEdit[] = [];
  for (const entry of raw) {
    const start = Math.min(length, edits.length === 0 ? entry.at % (length + 1) : at + (entry.at % 4));
    const end = Math.min(length, start + (entry.take % 3));
    edits.push({ start, end, text: entry.text });
    at = end;
  }
  return edits;
}

const rawEdits = fc.array(fc.record({ at: fc.nat(), take: fc.nat(), text: inserted }), {
  minLength: 1,
  maxLength: 3,
});
const options: fc.Arbitrary<ParseOptions> = fc.record({
  dialect: fc.constantFrom("jsonc", "json5"),
  recover: fc.boolean(),
  engine: fc.constantFrom("auto", "typescript"),
  children: fc.constantFrom("tape", "arena"),
  maxDepth: fc.constantFrom(4, 100),
  maxNodes: fc.constantFrom(12, 1000),
});

test("updating gives what parsing the new text gives, faults and errors included.", () => {
  const pool = new Pool();
  let same = 0;
  fc.assert(
    fc.property(
      randomJsonc,
      fc.array(rawEdits, { minLength: 1, maxLength: 4 }),
      options,
      (text, rounds, chosen) => {
        const reader = parser({ ...chosen, pool });
        const other = parser({ ...chosen, pool });
        try {
          let ready = !("code" in (outcome(() => reader.parse(text)) as object));
          let document: JsonDocument | undefined = ready ? reader.parse(text) : undefined;
          for (const raw of rounds) {
            if (!ready || document === undefined) break;
            const current = document;
            const edits = editsOf(current.tape.textBytes, raw);
            const next = applyEditsAsBytes(current, edits);
            const expected = outcome(() => other.parse(next));
            const found = outcome(() => (document = reader.update(edits)));
            assert.deepEqual(found, expected);
            ready = !("code" in (found as object));
            if (ready) same++;
          }
        } finally {
          reader.close();
          other.close();
        }
      },
    ),
    { numRuns: 3000 },
  );
  assert(same > 500, `only ${same} updates led to a document`);
  assert.equal(pool.stats().inUse, 0);
});

// An edit can cut a character into halves, so this is not applyEdits.
function applyEditsAsBytes(document: JsonDocument, edits: readonly TextEdit[]): Uint8Array {
  const { bytes, textBytes } = document.tape;
  const parts: number[] = [];
  let at = 0;
  for (const { start, end, text } of edits) {
    parts.push(...bytes.subarray(at, start), ...new TextEncoder().encode(text));
    at = end;
  }
  return Uint8Array.from([...parts, ...bytes.subarray(at, textBytes)]);
}

test("only the container around an edit is parsed again.", () => {
  const pool = new Pool();
  const reader = parser({ pool });
  const rows = Array.from({ length: 2000 }, (_, id) => ({ id, tags: ["a", "b"] }));
  const document = reader.parse(JSON.stringify(rows));
  const node = document.root.at(1000)!.get("tags")!.at(1)!;
  const { start, end } = node;
  const { block } = document.tape;
  const edits = [{ start, end, text: "12" }];
  const before = pool.stats();
  const text = applyEdits(document, edits);
  reader.update(edits);
  assert.deepEqual(document.toValue(), JSON.parse(text));
  assert.equal(document.tape.block, block, "the tape is where it was");
  assert.equal(pool.stats().inUse, before.inUse);
  assert.throws(() => node.text, { code: "CLOSED" });
  // Growing text makes room once and not for each edit.
  const blocks = new Set<Uint8Array>();
  for (let round = 0; round < 500; round++) {
    reader.update([{ start, end: start, text: "1," }]);
    blocks.add(document.tape.block);
  }
  assert(blocks.size <= 3, `${blocks.size} blocks`);
  assert.equal(document.root.at(1000)?.get("tags")?.length, 502);
  reader.close();
  assert.equal(pool.stats().inUse, 0);
});

test("edits that cannot be meant change nothing, and without a text there is nothing to update.", () => {
  const pool = new Pool();
  const reader = parser({ pool });
  assert.throws(() => reader.update([]), { code: "CLOSED" });
  const document = reader.parse("[[1, 2], 3]");
  const before = shown(document);
  const { inUse } = pool.stats();
  for (const edits of [
    [
      { start: 2, end: 4, text: "" },
      { start: 3, end: 5, text: "" },
    ],
    [{ start: 5, end: 12, text: "" }],
    [{ start: 3, end: 2, text: "" }],
    [{ start: Number.NaN, end: Number.NaN, text: "" }],
  ]) {
    assert.throws(() => reader.update(edits), { code: "BAD_ARGUMENT" });
    assert.deepEqual(shown(document), before);
    assert.equal(pool.stats().inUse, inUse);
  }
  assert.throws(() => reader.update([{ start: 2, end: 3, text: "}" }]), { code: "BAD_SYNTAX" });
  assert.throws(() => document.root, { code: "CLOSED" });
  reader.close();
  assert.equal(pool.stats().inUse, 0);
});

test("limits are those of the whole text.", () => {
  const reader = parser({ maxDepth: 3, maxNodes: 6, maxBytes: 13 });
  const update = (text: string): JsonDocument => {
    reader.parse("[[[]], 1]");
    return reader.update([{ start: 3, end: 3, text }]);
  };
  assert.deepEqual(update("2, 3").toValue(), [[[2, 3]], 1]);
  for (const text of ["[]", "1,2,3", "12345"])
    assert.throws(() => update(text), { code: "LIMIT_EXCEEDED" }, text);
  reader.close();
});

test("the innermost of 100,000 nested arrays is updated.", () => {
  const depth = 100_000;
  const reader = parser();
  const document = reader.parse("[".repeat(depth) + "]".repeat(depth));
  reader.update([{ start: depth, end: depth, text: "1, 2" }]);
  assert.equal(document.tape.count, depth + 2);
  assert.equal(document.tape.ends[0], 2 * depth + 4);
  reader.close();
});
