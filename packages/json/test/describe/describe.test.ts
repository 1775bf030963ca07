// Statistics, schemas and outlines, each against a plain way over the value.

import assert from "node:assert/strict";
import { test } from "node:test";

import * as fc from "fast-check";

import {
  inferSchema,
  type JsonSchema,
  outline,
  parse,
  parser,
  type SchemaOptions,
  statistics,
} from "../../src/index.ts";

const records = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.oneof(
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom("a", "b", "c", null, true),
    ),
    fc.array(tie("node"), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom("a", "b", "c", "d", "__proto__"), tie("node"), { maxKeys: 4 }),
  ),
})).node;

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

function depthOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

function allValues(value: unknown): unknown[] {
  return [value, ...entriesOf(value).flatMap(([, inner]) => allValues(inner))];
}

test("statistics agree with counting in the value.", () => {
  const reader = parser();
  fc.assert(
    fc.property(records, (random) => {
      const text = JSON.stringify(random);
      const value: unknown = JSON.parse(text);
      const found = statistics(reader.parse(` ${text}\n`));
      const all = allValues(value);
      const objects = all.filter(
        (item) => typeof item === "object" && item !== null && !Array.isArray(item),
      ) as object[];
      const arrays = all.filter((item) => Array.isArray(item));
      const strings = all.filter((item) => typeof item === "string");
      assert.equal(found.values, all.length);
      assert.equal(
        found.members,
        objects.reduce((sum, item) => sum + Object.keys(item).length, 0),
      );
      assert.equal(found.depth, depthOf(value));
      assert.equal(found.bytes, text.length);
      assert.deepEqual(found.kinds, {
        null: all.filter((item) => item === null).length,
        boolean: all.filter((item) => typeof item === "boolean").length,
        number: all.filter((item) => typeof item === "number").length,
        string: strings.length,
        array: arrays.length,
        object: objects.length,
        error: 0,
      });
      assert.equal(found.stringBytes, strings.join("").length + 2 * strings.length);
      assert.equal(found.longestString, Math.max(0, ...strings.map((item) => item.length + 2)));
      assert.equal(found.longestArray, Math.max(0, ...arrays.map((item) => item.length)));
      assert.equal(found.largestObject, Math.max(0, ...objects.map((item) => Object.keys(item).length)));
      assert.equal(
        found.numberBytes,
        all.reduce(
          (sum: number, item) => sum + (typeof item === "number" ? JSON.stringify(item).length : 0),
          0,
        ),
      );
      assert.equal(
        found.keyBytes,
        objects.reduce(
          (sum, item) => sum + Object.keys(item).join('""').length + (Object.keys(item).length > 0 ? 2 : 0),
          0,
        ),
      );
    }),
    { numRuns: 500 },
  );
  reader.close();
});

// The keywords that are used, as JSON Schema 2020-12 defines them.
function fulfils(value: unknown, schema: JsonSchema): boolean {
  const type = value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
  const types = [schema.type ?? []].flat();
  const typed = types.includes(type as never) || (Number.isInteger(value) && types.includes("integer"));
  if (!typed || (schema.enum !== undefined && !schema.enum.includes(value as string))) return false;
  if (Array.isArray(value))
    return value.every((item) => schema.items === undefined || fulfils(item, schema.items));
  const { properties = {}, required = [], additionalProperties } = schema;
  if (type !== "object") return true;
  return (
    required.every((name) => Object.hasOwn(value as object, name)) &&
    entriesOf(value).every(([name, item]) => {
      const inner = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
      return inner === undefined || fulfils(item, inner);
    })
  );
}

const schemaOptions: fc.Arbitrary<SchemaOptions> = fc.record(
  { maxDepth: fc.nat(4), maxProperties: fc.nat(4), maxEnum: fc.nat(3) },
  { requiredKeys: [] },
);

test("a document fulfils the schema that is inferred from it, and so does each of its elements.", () => {
  const reader = parser();
  fc.assert(
    fc.property(fc.array(records, { maxLength: 5 }), schemaOptions, (random, options) => {
      const text = JSON.stringify(random);
      const schema = inferSchema(reader.parse(text), options);
      assert(fulfils(JSON.parse(text), schema), `${text} does not fulfil ${JSON.stringify(schema)}`);
      // The same whatever the order of the elements, but for the order of names.
      const turned = inferSchema(reader.parse(JSON.stringify(random.toReversed())), options);
      assert.deepEqual(sorted(turned), sorted(schema), text);
    }),
    { numRuns: 1500 },
  );
  reader.close();
});

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function sorted(schema: unknown): unknown {
  return JSON.parse(JSON.stringify(schema), (_, value: unknown) => {
    if (Array.isArray(value)) return (value as string[]).toSorted(byText);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => byText(a, b)));
  }) as unknown;
}

const SCHEMAS: readonly (readonly [string, SchemaOptions, unknown])[] = [
  ["1.0", {}, { type: "integer" }],
  ["[1, 2.5]", {}, { type: "array", items: { type: "number" } }],
  ["[1, null, true]", {}, { type: "array", items: { type: ["boolean", "integer", "null"] } }],
  ["[]", {}, { type: "array" }],
  ["{}", { title: "t" }, { title: "t", type: "object" }],
  [
    '[{"a": 1, "a": 2}, {}]',
    {},
    { type: "array", items: { type: "object", properties: { a: { type: "integer" } } } },
  ],
  ['["x", "y", "x"]', { maxEnum: 2 }, { type: "array", items: { type: "string", enum: ["x", "y"] } }],
  ['["x", "y", "z"]', { maxEnum: 2 }, { type: "array", items: { type: "string" } }],
  [
    '{"a": 1, "b": null}',
    { maxProperties: 1 },
    { type: "object", additionalProperties: { type: ["integer", "null"] } },
  ],
  [
    '{"a": {"b": 1}}',
    { maxDepth: 1 },
    { type: "object", properties: { a: { type: "object" } }, required: ["a"] },
  ],
  ["12345678901234567890", {}, { type: "integer" }],
  [
    '{"a": {"k": "x"}, "b": {"k": "y"}, "c": {}}',
    { maxProperties: 2, maxEnum: 1 },
    { type: "object", additionalProperties: { type: "object", properties: { k: { type: "string" } } } },
  ],
];

test("schemas are those that are written down here.", () => {
  for (const [text, options, expected] of SCHEMAS) {
    const document = parse(text);
    const { $schema, ...schema } = inferSchema(document, options);
    assert.equal($schema, "https://json-schema.org/draft/2020-12/schema");
    assert.deepEqual(schema, expected, text);
    document.close();
  }
});

test("the outline has every member and every element that is a container.", () => {
  const reader = parser();
  fc.assert(
    fc.property(records, fc.constantFrom(0, 1, 2, 3, Infinity), (random, maxDepth) => {
      const document = reader.parse(JSON.stringify(random));
      const { symbols, truncated } = outline(document, { maxDepth });
      const expected: string[] = [];
      const visit = (value: unknown, depth: number, path: string): void => {
        for (const [name, inner] of entriesOf(value)) {
          const container = typeof inner === "object" && inner !== null;
          if (depth >= maxDepth) return;
          if (!Array.isArray(value) || container) expected.push(`${path}/${name}`);
          if (container) visit(inner, depth + 1, `${path}/${name}`);
        }
      };
      visit(document.toValue(), 0, "");
      const paths: string[] = [];
      for (const { name, parent, depth, node, start, end, nameEnd, kind } of symbols) {
        paths.push(`${parent < 0 ? "" : paths[parent]}/${name}`);
        assert.equal(depth, parent < 0 ? 0 : symbols[parent].depth + 1);
        const found = document.cursor().to(node);
        assert.deepEqual([found.end, found.kind], [end, kind]);
        assert(start <= found.start && start < nameEnd && nameEnd <= end);
        assert.equal(String(found.path.at(-1)), String(name));
      }
      assert.deepEqual(paths, expected);
      assert.equal(truncated, false);
      if (symbols.length === 0) return;
      const cut = outline(document, { maxDepth, maxSymbols: symbols.length - 1 });
      assert.deepEqual([cut.symbols, cut.truncated], [symbols.slice(0, -1), true]);
    }),
    { numRuns: 500 },
  );
  reader.close();
});

test("100,000 nested arrays are counted, described and listed, and limits that cannot be meant are refused.", () => {
  const depth = 100_000;
  const document = parse("[".repeat(depth) + "]".repeat(depth));
  assert.equal(statistics(document).depth, depth);
  assert.equal(outline(document, { maxSymbols: Infinity }).symbols.length, depth - 1);
  assert.equal(JSON.stringify(inferSchema(document, { maxDepth: 200 })).split("items").length, 201);
  for (const options of [{ maxDepth: 201 }, { maxProperties: -1 }, { maxEnum: 0.5 }]) {
    assert.throws(() => inferSchema(document, options), { code: "BAD_ARGUMENT" });
  }
  assert.throws(() => outline(document, { maxDepth: -1 }), { code: "BAD_ARGUMENT" });
  document.close();
  assert.throws(() => statistics(document), { code: "CLOSED" });
});
