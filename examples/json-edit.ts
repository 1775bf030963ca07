// A configuration file that a program changes and people still like to read: a query finds what to change, edits change it,
// and the parser follows. `node --conditions=source examples/json-edit.ts`

import assert from "node:assert/strict";

import { edit, jsonPath, outline, parser } from "@millpond/json";

const text = `{
  // Where the mill listens.
  "servers": [
    { "name": "north", "port": 8080, "serial": 12345678901234567890 },
    { "name": "south", "port": 80 } // behind the weir
  ]
}
`;

const reader = parser({ dialect: "jsonc" });
const document = reader.parse(text);

const editor = edit(document);
for (const port of jsonPath("$.servers[?@.port < 1024].port").select(document)) editor.set(port, 8081);
editor.insert("/servers/-", { name: "east", port: 8082 });
const edits = editor.edits();
console.log(editor.toText());

reader.update(edits);
assert.deepEqual(
  jsonPath("$.servers[*].port")
    .select(document)
    .map((node) => node.toNumber()),
  [8080, 8081, 8082],
);
for (const { depth, name } of outline(document).symbols) console.log(`${"  ".repeat(depth)}${name}`);
reader.close();
