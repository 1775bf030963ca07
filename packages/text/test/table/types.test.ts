// What the compiler knows of tables: the types of columns, sources of both kinds, and what can be written.

import assert from "node:assert/strict";
import { test } from "node:test";

import { formatRows, rows, sniff, type TableSource } from "@millpond/text";

const text = "id,name\n1,Ada\n2,Grace\n";

test("a function of one's own for a column knows its row, and its result is the type of the column.", () => {
  const lengths: (readonly [number | null, number])[] = [];
  for (const { id, size } of rows("id,size\n1,Ada\n", {
    header: true,
    columns: { id: "int", size: (row, column) => row.bytes(column).length },
  }).objects()) {
    lengths.push([id, size]);
  }
  assert.deepEqual(lengths, [[1, 3]]);
});

test("columns that are listed are strings, and there are no others.", () => {
  const names: string[] = [];
  for (const row of rows(text, { header: true, columns: ["name"] }).objects()) {
    names.push(row.name);
    // @ts-expect-error it was not listed
    assert.equal(row.id, undefined);
  }
  assert.deepEqual(names, ["Ada", "Grace"]);
});

test("what was guessed gives values of the types that columns have.", () => {
  type Value = string | number | bigint | boolean | Date | null;
  const values: Value[] = [...rows(text, sniff(text)).objects()].map(({ id = null }) => id);
  assert.deepEqual(values, [1, 2]);
});

test("a source of either kind gives a table of either kind.", async () => {
  async function* chunks(): AsyncGenerator<string> {
    yield text;
  }
  for (const source of [text, chunks()] satisfies TableSource[]) {
    const ids: number[] = [];
    for await (const row of rows(source, { header: true })) ids.push(row.integer("id"));
    assert.deepEqual(ids, [1, 2]);
  }
});

test("interfaces and classes can be written, and what has no text cannot.", () => {
  interface Person {
    readonly id: number;
    readonly name?: string;
  }
  class Town {
    readonly id: number = 7;
  }
  const people: Person[] = [{ id: 1, name: "Ada" }, { id: 2 }];
  assert.equal(formatRows(people), "id,name\n1,Ada\n2,\n");
  assert.equal(formatRows([new Town()]), "id\n7\n");
  // @ts-expect-error a list is no value
  assert.throws(() => formatRows([{ id: [1] }]), { code: "BAD_VALUE" });
  // @ts-expect-error a number is no row
  assert.throws(() => formatRows([1]), { code: "BAD_ARGUMENT" });
  // @ts-expect-error a letter is no row
  assert.throws(() => formatRows("ab"), { code: "BAD_ARGUMENT" });
});
