// indent(): every line, and nothing but lines.
import assert from "node:assert/strict";
import { test } from "node:test";
import { indent } from "../../src/index.ts";

test("every line is indented, empty ones and the last one included.", () => {
  assert.equal(indent("a\n\nb", "  "), "  a\n  \n  b");
  assert.equal(indent("a\n", "  "), "  a\n  ");
  assert.equal(indent("\n", "> ", "<"), "> <\n> <");
});

test("CR LF becomes LF, and a CR alone ends no line.", () => {
  assert.equal(indent("a\r\nb\rc", "-"), "-a\n-b\rc");
});

test("a text of no characters stays so, and prefixes are taken as they are.", () => {
  assert.equal(indent("", "  ", ";"), "");
  assert.equal(indent("a\nb", "$&", "$1"), "$&a$1\n$&b$1");
});

test("something else than strings is refused.", () => {
  assert.throws(() => indent(5 as never, ""), { code: "BAD_ARGUMENT" });
  assert.throws(() => indent("", 5 as never), { code: "BAD_ARGUMENT" });
});
