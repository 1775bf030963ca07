// Every option of every function changes something. The tables are typed by the options, so one without a row is an error.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Pool } from "@millpond/core";

import {
  format,
  type FormatOptions,
  formatStream,
  type FormatStreamOptions,
  inferSchema,
  type JsonDocument,
  jsonPath,
  type JsonPathOptions,
  lint,
  type LintOptions,
  minify,
  type MinifyOptions,
  minifyStream,
  type MinifyStreamOptions,
  outline,
  type OutlineOptions,
  parse,
  type ParseOptions,
  readDocuments,
  type SchemaOptions,
  type StreamOptions,
} from "../src/index.ts";

/** A source for each option, and the value of the option that changes what comes out. */
type Rows<O> = {
  readonly [name in keyof Required<O>]: readonly [source: string | Uint8Array, value: O[name]];
};

// A pool of its own for each use, so that where memory comes from shows as well.
function poolOf(options: { readonly pool?: Pool }): Pool {
  return options.pool ?? new Pool();
}

function shown(run: () => unknown): string {
  try {
    return JSON.stringify(run());
  } catch (error) {
    return String(error);
  }
}

function checkRows<O extends object>(
  rows: Rows<O>,
  use: (source: string | Uint8Array, options: O) => unknown,
): void {
  for (const name of Object.keys(rows) as (keyof Rows<O> & string)[]) {
    const [source, value] = rows[name];
    const usual = shown(() => use(source, {} as O));
    const changed = shown(() => use(source, { [name]: value } as object as O));
    assert.notEqual(changed, usual, `${name} changes nothing`);
    assert.doesNotMatch(changed, /BAD_ARGUMENT|TypeError/, name);
  }
}

function withDocument<T>(source: string | Uint8Array, use: (document: JsonDocument) => T): T {
  const document = parse(source, { dialect: "json5", recover: true });
  try {
    return use(document);
  } finally {
    document.close();
  }
}

const given = new Pool();
const MEMBERS = '{"b":1,"a":[1,2],\n\n"c":{"d":"x"}}';

test("Every option of format changes the text, or where the memory comes from.", () => {
  const rows: Rows<FormatOptions> = {
    pool: ["[1]", given],
    indent: ["[[1,2,3,4,5,6]]", 4],
    lineWidth: [MEMBERS, 3],
    compactArrays: [MEMBERS, 1],
    compactObjects: [MEMBERS, 0],
    sortKeys: [MEMBERS, true],
    keepBlankLines: ["[1,\n\n2,3,4,5,6]", true],
    trailingCommas: ["[1,2,3,4,5,6]", true],
    quotes: ["['a']", "double"],
    finalNewline: ["1", false],
  };
  checkRows(rows, (source, options) =>
    withDocument(source, (document) => {
      const before = given.stats().acquired;
      return [format(document, options), given.stats().acquired - before];
    }),
  );
});

test("Every option of minify changes the text, or where the memory comes from.", () => {
  const rows: Rows<MinifyOptions> = { pool: ["[1]", given], sortKeys: [MEMBERS, true] };
  checkRows(rows, (source, options) =>
    withDocument(source, (document) => {
      const before = given.stats().acquired;
      return [minify(document, options), given.stats().acquired - before];
    }),
  );
});

test("Every option of parse changes the document, its faults, or how it was made.", () => {
  const utf16 = Uint8Array.of(0x31, 0, 0x32, 0);
  const rows: Rows<ParseOptions> = {
    pool: ["[1]", given],
    dialect: ["[1,]", "jsonc"],
    recover: ["[1,]", true],
    maxFaults: ["[01,02]", 1],
    unicode: [Uint8Array.of(0x22, 0xff, 0x22), "sanitize"],
    children: ["[1,2]", "arena"],
    encoding: [utf16, "utf-16le"],
    internStrings: ['["a"]', true],
    engine: ['["a"]', "typescript"],
    maxDepth: ["[[1]]", 1],
    maxNodes: ["[1,2]", 2],
    maxBytes: ["[1,2]", 4],
  };
  checkRows(rows, (source, options) => {
    const pool = poolOf(options);
    const recover = options.recover ?? options.maxFaults !== undefined;
    const before = given.stats().acquired;
    const document = parse(source, { ...options, pool, recover });
    const { tape } = document;
    // The kernel leaves its list of positions behind; interned strings and lists of children hang on the tape.
    const made = [tape.index.includes(1), tape.strings !== undefined, tape.children !== undefined];
    const shows = [document.toValue(), document.faults.length, made, given.stats().acquired - before];
    document.close();
    return shows;
  });
});

test("Every option of lint changes what is found.", () => {
  const rows: Rows<LintOptions> = {
    severities: ["[9007199254740993]", { "number-precision": "error" }],
    maxDepth: ["[[1]]", 1],
    nestingDepth: ["[[1]]", 1],
    maxMembers: ['{"a":1,"b":2}', 1],
    maxElements: ["[1,2]", 1],
    maxStringBytes: ['"abc"', 3],
    maxDiagnostics: ["[01,02]", 1],
  };
  const severities = { "large-structure": "info" } as const;
  checkRows(rows, (source, options) =>
    withDocument(source, (document) => lint(document, { severities, ...options })),
  );
});

test("Every option of inferSchema, outline and jsonPath changes the answer.", () => {
  const schema: Rows<SchemaOptions> = {
    maxDepth: ["[[1]]", 1],
    maxProperties: ['{"a":1,"b":2}', 1],
    maxEnum: ['["a"]', 2],
    title: ["1", "Title"],
  };
  checkRows(schema, (source, options) => withDocument(source, (document) => inferSchema(document, options)));
  const symbols: Rows<OutlineOptions> = { maxDepth: [MEMBERS, 1], maxSymbols: [MEMBERS, 2] };
  checkRows(symbols, (source, options) => withDocument(source, (document) => outline(document, options)));
  const path: Rows<JsonPathOptions> = { maxNodes: ["[1,2]", 1] };
  checkRows(path, (source, options) =>
    withDocument(source, (document) => jsonPath("$.*", options).count(document)),
  );
});

async function outputOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const before = given.stats().acquired;
  let text = "";
  try {
    for await (const chunk of chunks) text += Buffer.from(chunk).toString();
  } catch (error) {
    text += String(error);
  }
  return `${text} ${given.stats().acquired - before}`;
}

test("Every option of formatStream and minifyStream changes the text.", async () => {
  const reading = {
    dialect: ["[1,]", "jsonc"],
    unicode: [Uint8Array.of(0x22, 0xff, 0x22), "sanitize"],
    encoding: [Uint8Array.of(0x31, 0, 0x32, 0), "utf-16le"],
    maxBytes: [`"${"x".repeat(5_000_000)}"`, 1_000_000],
    maxDepth: ["[[1]]", 1],
    pool: ["[1]", given],
  } as const;
  const rows: Rows<FormatStreamOptions> = {
    ...reading,
    indent: ["[[1,2,3,4,5,6]]", 4],
    lineWidth: [MEMBERS, 3],
    compactArrays: [MEMBERS, 1],
    compactObjects: [MEMBERS, 0],
    keepBlankLines: ["[1,\n\n2,3,4,5,6]", true],
    trailingCommas: ["[1,2,3,4,5,6]", true],
    quotes: ['["a"]', "single"],
    finalNewline: ["1", false],
  };
  for (const [name, [source, value]] of Object.entries(rows)) {
    const changed = await outputOf(formatStream(source, { [name]: value }));
    assert.notEqual(changed, await outputOf(formatStream(source)), name);
  }
  const small: Rows<MinifyStreamOptions> = reading;
  for (const [name, [source, value]] of Object.entries(small)) {
    const changed = await outputOf(minifyStream(source, { [name]: value }));
    assert.notEqual(changed, await outputOf(minifyStream(source)), name);
  }
});

test("readDocuments reads its own option, and those of parse.", async () => {
  const rows: Rows<Pick<StreamOptions, "framing" | "dialect" | "maxBytes" | "maxDepth" | "recover">> = {
    framing: ["[1] [2]", "values"],
    dialect: ["[1,]", "json5"],
    maxBytes: ["[1,2]", 4],
    maxDepth: ["[[1]]", 1],
    recover: ["[01]", true],
  };
  const read = async (source: string | Uint8Array, options: StreamOptions): Promise<string> => {
    const values: unknown[] = [];
    try {
      for await (const document of readDocuments(source, options)) values.push(document.toValue());
    } catch (error) {
      values.push(String(error));
    }
    return JSON.stringify(values);
  };
  for (const [name, [source, value]] of Object.entries(rows)) {
    assert.notEqual(await read(source, { [name]: value }), await read(source, {}), name);
  }
});
