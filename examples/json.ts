// What a parser with positions is good for: an error message that points, a value out of a large text, exact numbers, and
// documents from a stream. `node --conditions=source examples/json.ts`

import assert from "node:assert/strict";

import { type JsonDocument, parse, parser, readDocuments } from "@millpond/json";

broken();
exact();
oneValue();
await stream();

/** Prints the faults of a text with the lines they are in. */
function broken(): void {
  const text = '{\n  "name": "mill",\n  "wheels": [1, 2,, 3],\n  "depth" 4\n}\n';
  const document = parse(text, { recover: true });
  for (const { line, column, message } of document.faults) {
    console.log(`line ${line}: ${message}\n  ${text.split("\n")[line - 1]}\n  ${" ".repeat(column - 1)}^`);
  }
  assert.equal(document.faults.length, 2);
  assert.equal(document.root.get("depth")?.toNumber(), 4);
  document.close();
}

/** Numbers as they were written. */
function exact(): void {
  const document = parse("[0.10, 12345678901234567890, 1e-400]");
  for (const number of document.root) {
    const kept = number.survivesDouble === true ? "survives" : "does not survive";
    console.log(`${number.text} ${kept} as a double, which is ${number.toNumber()}`);
  }
  assert.equal(document.root.at(1)?.toBigInt(), 12345678901234567890n);
  document.close();
}

/** Reads one value out of a text of some megabytes, by JSON.parse and by a parser that keeps its memory. */
function oneValue(): void {
  const text = JSON.stringify(
    Array.from({ length: 50_000 }, (_, id) => ({ id, name: `gate ${id}`, level: id / 7 })),
  );
  const bytes = new TextEncoder().encode(text);
  const reader = parser();
  const level = (document: JsonDocument): number | undefined =>
    document.root.at(-1)?.get("level")?.toNumber();
  const rows = [
    timed("JSON.parse", () => (JSON.parse(text) as { level: number }[]).at(-1)?.level),
    timed("parser().parse", () => level(reader.parse(bytes))),
  ];
  console.table(rows);
  reader.close();
}

function timed(way: string, read: () => number | undefined): { way: string; milliseconds: number } {
  const times: number[] = [];
  for (let round = 0; round < 15; round++) {
    const start = performance.now();
    assert.equal(read(), 49_999 / 7);
    times.push(performance.now() - start);
  }
  return { way, milliseconds: Number(times.sort((a, b) => a - b)[7].toFixed(2)) };
}

/** Documents from chunks that cut them anywhere; a broken one does not end the stream. */
async function stream(): Promise<void> {
  const chunks = ['{"gate": 1}\n{"ga', 'te": }\n{"gate"', ": 3}\n"];
  for await (const document of readDocuments(chunks, { recover: true })) {
    const faults = document.faults.map(({ code }) => code).join(", ");
    console.log(`line ${document.origin.line}: gate ${document.root.get("gate")?.text} ${faults}`);
  }
}
