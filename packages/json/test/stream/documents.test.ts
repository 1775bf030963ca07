// Documents from streams: chunks of every size, all framings, faults, limits, and what is given back.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Pool } from "@millpond/core";
import * as fc from "fast-check";

import {
  type Dialect,
  type Framing,
  JsonError,
  type JsonSource,
  type JsonValue,
  readDocuments,
  type StreamOptions,
} from "../../src/index.ts";
import { looseText } from "../format/sources.ts";
import { conformanceCases, json5Cases, missing } from "../parse/conformance.ts";

const pool = new Pool();

function* cut(bytes: Uint8Array, size: number): IterableIterator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function valuesOf(source: JsonSource, options: StreamOptions): Promise<JsonValue[]> {
  const values: JsonValue[] = [];
  for await (const document of readDocuments(source, { pool, ...options })) values.push(document.toValue());
  return values;
}

async function accepts(
  bytes: Uint8Array,
  framing: Framing,
  size: number,
  dialect: Dialect = "json",
): Promise<boolean> {
  try {
    return (await valuesOf(cut(bytes, size), { framing, dialect })).length === 1;
  } catch (error) {
    assert(error instanceof JsonError, String(error));
    return false;
  } finally {
    assert.equal(pool.stats().inUse, 0);
  }
}

function inArray(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(Buffer.concat([Buffer.from("["), bytes, Buffer.from("\n]")]));
}

test(
  "the suite, in chunks of 1 to 7 bytes: one document exactly where the file is to be accepted.",
  { skip: missing },
  async () => {
    for (const { name, bytes, expected } of conformanceCases()) {
      if (bytes.length > 10_000) continue;
      for (let size = 1; size <= 7; size++) {
        const [alone, inside] = [
          await accepts(bytes, "values", size),
          await accepts(inArray(bytes), "elements", size),
        ];
        if (expected === "free") continue;
        assert.equal(alone, expected === "accept", `${name} as value, chunks of ${size}`);
        assert.equal(inside, expected === "accept", `${name} as element, chunks of ${size}`);
      }
    }
  },
);

test("the large files of the suite are refused by streams as well.", { skip: missing }, async () => {
  for (const { bytes } of conformanceCases().filter(({ bytes }) => bytes.length > 10_000)) {
    assert.equal(await accepts(bytes, "values", 1000), false);
    assert.equal(await accepts(inArray(bytes), "elements", 1000), false);
  }
});

const separators = { lines: "\n", values: " ", elements: "," } as const;

test("random documents come out of every framing as they went in.", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.json({ stringUnit: "binary" }), { maxLength: 8 }),
      fc.constantFrom<Framing>("lines", "values", "elements"),
      fc.integer({ min: 1, max: 40 }),
      async (texts, framing, size) => {
        const joined = texts.join(separators[framing]);
        const bytes = new TextEncoder().encode(framing === "elements" ? `[${joined}]` : joined);
        assert.deepEqual(
          await valuesOf(cut(bytes, size), { framing }),
          texts.map((text) => JSON.parse(text) as JsonValue),
        );
        assert.equal(pool.stats().inUse, 0);
      },
    ),
    { numRuns: 1000 },
  );
});

test("values need no space where brackets and quotes tell them apart, and may have record separators.", async () => {
  const text = '{}[1]"a""b"1 2\n\u001e{"x":[]}\n\u001etrue null{}';
  for (let size = 1; size < 8; size++) {
    const source = cut(new TextEncoder().encode(text), size);
    assert.deepEqual(await valuesOf(source, { framing: "values" }), [
      {},
      [1],
      "a",
      "b",
      1,
      2,
      { x: [] },
      true,
      null,
      {},
    ]);
  }
});

test("empty lines, a missing last line end and CR LF are fine in lines.", async () => {
  assert.deepEqual(await valuesOf("\n1\r\n\r\n  \n[2]\n{}", {}), [1, [2], {}]);
  assert.deepEqual(await valuesOf("", {}), []);
  assert.deepEqual(await valuesOf("[ ]", { framing: "elements" }), []);
  assert.deepEqual(await valuesOf("\ufeff [1 , 2] \n", { framing: "elements" }), [1, 2]);
});

test("chunks may be strings that cut a character in half, and sources may be streams of the web.", async () => {
  const text = '["😀é"]\n["\ud83d\ude00"]';
  assert.deepEqual(await valuesOf(text.split(""), {}), [["😀é"], ["😀"]]);
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of cut(new TextEncoder().encode(text), 3)) controller.enqueue(chunk);
      controller.close();
    },
  });
  assert.deepEqual(await valuesOf({ getReader: () => stream.getReader() } as JsonSource, {}), [
    ["😀é"],
    ["😀"],
  ]);
});

test("a reader that is left early is cancelled, and all memory is back.", async () => {
  let cancelled = false;
  const stream = new ReadableStream<string>({
    pull: (controller) => controller.enqueue('[1]\n{"a":'),
    cancel: () => {
      cancelled = true;
    },
  });
  const source: JsonSource = { getReader: () => stream.getReader() };
  for await (const document of readDocuments(source, { pool })) {
    assert.deepEqual(document.toValue(), [1]);
    break;
  }
  assert(cancelled);
  assert.equal(pool.stats().inUse, 0);
});

test("faults say where in the stream they are; with recovery the stream goes on.", async () => {
  const text = '{"a": 1}\n{"b": x}\n[3]\n';
  for (const size of [1, 5, 100]) {
    const source = (): Iterable<Uint8Array> => cut(new TextEncoder().encode(text), size);
    await assert.rejects(valuesOf(source(), {}), {
      code: "BAD_SYNTAX",
      place: { line: 2, column: 7, offset: 15 },
    });
    await assert.rejects(valuesOf(source(), { framing: "values" }), {
      place: { line: 2, column: 7, offset: 15 },
    });
    assert.deepEqual(await valuesOf(source(), { recover: true }), [{ a: 1 }, { b: null }, [3]]);
    const origins: number[][] = [];
    for await (const { origin } of readDocuments(source(), { pool, recover: true }))
      origins.push([origin.line, origin.offset]);
    assert.deepEqual(origins, [
      [1, 0],
      [2, 9],
      [3, 18],
    ]);
  }
  assert.equal(pool.stats().inUse, 0);
});

test("what is wrong around elements is said.", async () => {
  const faults: readonly (readonly [string, string])[] = [
    ["[1,2", "UNCLOSED_ARRAY"],
    ["", "UNCLOSED_ARRAY"],
    ["{}", "EXPECTED_VALUE"],
    ["[1]2", "TEXT_AFTER_VALUE"],
    ["[1,]", "EXPECTED_VALUE"],
    ["[,1]", "EXPECTED_VALUE"],
    ["[1 2]", "TEXT_AFTER_VALUE"],
  ];
  for (const [text, fault] of faults) {
    await assert.rejects(valuesOf(text, { framing: "elements" }), { code: "BAD_SYNTAX", fault }, text);
    assert.equal(pool.stats().inUse, 0);
  }
});

test("a document that is larger than maxBytes ends the stream before it fills the memory.", async () => {
  const endless = function* (): IterableIterator<string> {
    for (;;) yield "[".repeat(1000);
  };
  for (const framing of ["lines", "values", "elements"] as const) {
    await assert.rejects(valuesOf(endless(), { framing, maxBytes: 50_000 }), { code: "LIMIT_EXCEEDED" });
    assert.equal(pool.stats().inUse, 0);
  }
});

test("a stream takes the memory of its largest document, however long it is.", async () => {
  const own = new Pool();
  const chunk = new TextEncoder().encode(`{"id":1,"text":"${"x".repeat(200)}"}\n`.repeat(300));
  let count = 0;
  const chunks = function* (): IterableIterator<Uint8Array> {
    for (let round = 0; round < 200; round++) yield chunk.subarray(0, chunk.length - (round % 2));
  };
  let retained = 0;
  for await (const _ of readDocuments(chunks(), { pool: own, recover: true })) {
    if (count++ === 1000) retained = own.stats().bytesRetained;
  }
  assert(count > 50_000);
  assert.equal(own.stats().bytesRetained, retained);
  assert.equal(own.stats().inUse, 0);
});

test("comments and quotes of other dialects hide brackets in every framing.", async () => {
  const values = [{ a: "]'/*" }, ["//", 1], "x", 2];
  const text = `// [ one\n{a: ']\\'/*', /* } " */}/**/["//", 1 // ]\n,] 'x'2/* , */ // end [`;
  const elements = `/* a/[ */ [ // ]\n {a: ']\\'/*'} /* , ' */ , ["//", 1], // "\n 'x', 2, // ]\n ] // [\n/* * */`;
  for (let size = 1; size < 20; size++) {
    const chunks = (whole: string): Iterable<Uint8Array> => cut(new TextEncoder().encode(whole), size);
    assert.deepEqual(await valuesOf(chunks(text), { framing: "values", dialect: "json5" }), values);
    assert.deepEqual(await valuesOf(chunks(elements), { framing: "elements", dialect: "json5" }), values);
  }
  const lines = "{a: 1} // one\n\n  // nothing\n/* nothing */\n[2,]";
  assert.deepEqual(await valuesOf(lines, { dialect: "json5" }), [{ a: 1 }, [2]]);
  assert.deepEqual(
    await valuesOf("// [\n[ /* none */ ] // ]", { framing: "elements", dialect: "jsonc" }),
    [],
  );
});

test("what is wrong about comments and commas in streams is said.", async () => {
  const faults: readonly (readonly [Framing, string, string])[] = [
    ["values", "1 /* open", "UNCLOSED_COMMENT"],
    ["values", "1 /", "EXPECTED_VALUE"],
    ["lines", "1\n/* open", "UNCLOSED_COMMENT"],
    ["elements", "[1] /* open", "UNCLOSED_ARRAY"],
    ["elements", "[1] /x", "TEXT_AFTER_VALUE"],
    ["elements", "/[1]", "EXPECTED_VALUE"],
    ["elements", "[,]", "EXPECTED_VALUE"],
    ["elements", "[1,,]", "EXPECTED_VALUE"],
    ["elements", "[1, /* ] */", "UNCLOSED_ARRAY"],
  ];
  for (const [framing, text, fault] of faults) {
    await assert.rejects(valuesOf(text, { framing, dialect: "jsonc" }), { code: "BAD_SYNTAX", fault }, text);
    assert.equal(pool.stats().inUse, 0);
  }
});

test(
  "the JSON5 suite, in chunks of 1 to 7 bytes, as values and as elements.",
  { skip: missing },
  async () => {
    for (const { name, bytes, expected } of json5Cases()) {
      for (let size = 1; size <= 7; size++) {
        const alone = await accepts(bytes, "values", size, "json5");
        const inside = await accepts(inArray(bytes), "elements", size, "json5");
        assert.equal(alone, expected === "accept", `${name} as value, chunks of ${size}`);
        assert.equal(inside, expected === "accept", `${name} as element, chunks of ${size}`);
      }
    }
  },
);

test("random documents with comments come out of framings as they went in.", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(looseText(false), looseText(true)), { maxLength: 6 }),
      fc.constantFrom<Framing>("values", "elements"),
      fc.integer({ min: 1, max: 40 }),
      async (texts, framing, size) => {
        const parts = texts.map(({ text }) => `${text}\n`);
        const joined = framing === "elements" ? `[${parts.join(",")}] // end` : parts.join("");
        const chunks = cut(new TextEncoder().encode(joined), size);
        assert.deepEqual(
          await valuesOf(chunks, { framing, dialect: "json5" }),
          texts.map(({ value }) => value),
        );
        assert.equal(pool.stats().inUse, 0);
      },
    ),
    { numRuns: 500 },
  );
});

test("sources and framings that are none are refused.", async () => {
  // Options are refused before the first document is asked for.
  assert.throws(() => readDocuments("1", { framing: "pages" as never }), { code: "BAD_ARGUMENT" });
  assert.throws(() => readDocuments("1", "json5" as never), { code: "BAD_ARGUMENT" });
  await assert.rejects(valuesOf(1 as never, {}), { code: "BAD_ARGUMENT" });
  await assert.rejects(valuesOf([1] as never, {}), { code: "BAD_ARGUMENT" });
});

test("streams may be UTF-16.", async () => {
  const text = '["é😀"]\n[2]';
  const bytes = new Uint8Array(Buffer.from(text, "utf16le"));
  for (let size = 1; size < 8; size++) {
    assert.deepEqual(await valuesOf(cut(bytes, size), { encoding: "utf-16le" }), [["é😀"], [2]]);
    const marked = new Uint8Array(Buffer.from(`\ufeff${text}`, "utf16le"));
    assert.deepEqual(await valuesOf(cut(marked, size), {}), [["é😀"], [2]]);
    assert.deepEqual(
      await valuesOf(
        cut(
          marked.map((_, at) => marked[at ^ 1]),
          size,
        ),
        {},
      ),
      [["é😀"], [2]],
    );
    // Half a unit at the end is no text.
    await assert.rejects(valuesOf(cut(marked.subarray(0, -1), size), {}), { code: "BAD_SYNTAX" });
    assert.deepEqual(await valuesOf(cut(Uint8Array.of(0x31), size), {}), [1]);
  }
});
