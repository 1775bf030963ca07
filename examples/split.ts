// Splitting without strings that nobody asked for: spans, scopes, quotes, and the lines of a stream.

import assert from "node:assert/strict";

import { parseCommand, processLines, split, splitter, withArena } from "@millpond/text";

// Pieces are spans. A string is made when it is asked for, and keeps nothing else alive.
{
  const fields = split("4711,Mühle am Bach,12.5", ",");
  console.log(`${fields.length} fields; the second is bytes ${fields.start(1)} to ${fields.end(1)}:`);
  console.log(`  ${fields.text(1)}`);
  fields.release();
}

// Quotes hide delimiters, and all segments together are the text.
{
  const words = splitter([" ", "\t"], { quoting: true, preserveDelimiters: true });
  for (const { kind, text, quoted } of words.segments(String.raw`say "to be \"or\" not" twice`)) {
    if (kind === "delimited") console.log(`  ${quoted ? "quoted" : "plain "}  ${text}`);
  }
}

// Many results that are needed together go back together.
const lines = ["mill,3", "pond,4", "wheel,5"];
const fields = splitter(",");
const total = withArena((arena) => {
  const batch = lines.map((line) => fields.split(line, arena));
  return batch.reduce((sum, line) => sum + Number(line.text(1)), 0);
});
assert.equal(total, 12);
console.log(`sum of the second fields: ${total}`);

// A stream, in memory that does not grow with it; numbers are read from the bytes.
async function* measurements(): AsyncGenerator<string> {
  for (let i = 0; i < 100_000; i++) yield `sensor-${i % 10},${i / 8}\n`;
}
let sum = 0;
const { lines: count, bytes } = await processLines(measurements(), ",", (line) => {
  sum += line.number(1);
});
assert.equal(sum, (100_000 * 99_999) / 16);
console.log(`${count} lines, ${bytes} bytes, sum ${sum}`);

for (const { kind, key, text } of parseCommand('deploy app.tar --env:prod note: "on Monday" --force')) {
  console.log(`  ${kind.padEnd(10)} ${key === undefined ? "" : `${key} = `}${text}`);
}
