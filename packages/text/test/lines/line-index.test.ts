// Lines that are indexed together with their fields: those that plain code finds, with the kernel and without, in windows
// and tables of all sizes.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { expectNoLeaks, Pool } from "@millpond/core";
import { type Line, processLines, processLinesSync } from "../../src/index.ts";
import { canIndex, LineIndex } from "../../src/lines/line-index.ts";
import { LineWindow } from "../../src/lines/line-window.ts";
import { planOf } from "../../src/split/options.ts";

const pools = [
  new Pool({ name: "indexed by the kernel" }),
  new Pool({ name: "indexed by the kernel, checked", check: "checked" }),
  new Pool({ name: "indexed by the loop", memory: "arraybuffer" }),
];

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function plain(text: string, pattern: RegExp): string[][] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines.map((line) => line.split(pattern));
}

// Everything that a line says about itself has to fit together.
function checked(line: Line): string[] {
  const whole = new TextEncoder().encode(String(line));
  assert.equal(line.byteLength, whole.length);
  return Array.from({ length: line.length }, (_, field) => {
    assert.deepEqual(line.bytes(field), whole.subarray(line.start(field), line.end(field)));
    assert.equal(line.kind(field), "delimited");
    assert.equal(line.quoted(field), false);
    return line.text(field);
  });
}

test("what can be indexed is, and nothing else.", () => {
  const kept = { preserveEmpty: true };
  for (const delimiters of [[",", ";", "|"], []]) {
    assert.equal(canIndex(planOf(delimiters, kept), undefined), true);
  }
  for (const plan of [
    planOf(",", {}),
    planOf([",", ";", "|", "!"], kept),
    planOf(["\r"], kept),
    planOf(["\n"], kept),
    planOf(["ab"], kept),
    planOf(",", { ...kept, stripping: true }),
    planOf(",", { ...kept, quoting: true }),
    planOf(",", { ...kept, preserveDelimiters: true }),
  ]) {
    assert.equal(canIndex(plan, undefined), false);
  }
  assert.equal(canIndex(planOf(",", kept), Uint8Array.of(0)), false);
});

test("lines and fields are those of plain code, for all chunkings and windows.", async () => {
  const unit = fc.constantFrom(
    "a",
    "bb",
    ",",
    ",",
    ";",
    "\n",
    "\r\n",
    "\r",
    "é",
    "a longer piece of text, too",
  );
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit, maxLength: 150 }),
      fc.constantFrom(1, 2, 3, 7, 100),
      fc.constantFrom(1, 70, 300, 100_000),
      fc.constantFrom(...pools),
      async (text, size, windowBytes, pool) => {
        const bytes = new TextEncoder().encode(text);
        const expected = plain(text, /[,;]/);
        await expectNoLeaks(pool, async () => {
          const options = { windowBytes, pool };
          const { results } = await processLines(inChunks(bytes, size), [",", ";"], checked, options);
          assert.deepEqual(results, expected);
          assert.deepEqual(processLinesSync(text, [",", ";"], checked, options).results, expected);
        });
      },
    ),
    { numRuns: 600 },
  );
});

test("places in the text go on from window to window.", () => {
  for (const pool of pools) {
    const text = `\ufeff${"ab,cd\r\n".repeat(500)}end`;
    const offsets = processLinesSync(text, ",", (line) => line.offset, { windowBytes: 100, pool });
    assert.deepEqual(
      offsets.results,
      Array.from({ length: 501 }, (_, i) => 3 + 7 * i),
    );
    assert.equal(offsets.bytes, 3 + 3500 + 3);
  }
});

test("a line of more fields than the table has room for makes it grow, among others that do not.", () => {
  for (const pool of pools) {
    const widths = [3, 7000, 1, 6144, 6143, 20_000, 2];
    const text = widths.map((width) => Array.from({ length: width }, (_, i) => i).join(",")).join("\n");
    expectNoLeaks(pool, () => {
      const { results } = processLinesSync(text, ",", (line) => [line.length, line.number(line.length - 1)], {
        pool,
      });
      assert.deepEqual(
        results,
        widths.map((width) => [width, width - 1]),
      );
    });
  }
});

test("a line that comes bit by bit is looked at once, however many fields it has.", () => {
  const fields = 4000;
  const memory = new Uint8Array(4 * fields);
  let reads = 0;
  const counted = new Proxy(memory, {
    get: (target, key) => {
      if (typeof key === "string" && /^\d+$/.test(key)) reads++;
      return Reflect.get(target, key, target) as unknown;
    },
  });
  const pool = new Pool({ memory: "arraybuffer" });
  const window = new LineWindow(counted, undefined, Infinity);
  const lines = new LineIndex(planOf(",", { preserveEmpty: true }), window, 0, pool);
  for (let at = 0; at < 2 * fields; at += 2) {
    memory.set([0x61, 0x2c], at);
    window.added(2);
    assert.equal(lines.next(), undefined);
  }
  memory[2 * fields] = 0x0a;
  window.added(1);
  assert.equal(lines.next()?.length, fields + 1);
  // Each byte is indexed, and the byte behind each field looked at for a line end; some more for the return and the mark.
  assert.ok(reads < 4 * 2 * fields, `${reads} reads of ${2 * fields} bytes`);
  lines.release();
});
