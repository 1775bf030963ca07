// parseCommand(): what words are, and which are refused.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type CommandOptions, parseCommand } from "../../src/index.ts";

const short = (text: string, options?: CommandOptions): string[] =>
  parseCommand(text, options).map(({ kind, key, text: said }) => `${kind[0]} ${key ?? ""}=${said}`);

test("words are a command, positional, flags and values with keys.", () => {
  const found = short("deploy --env:prod --force cfg k:v last");
  assert.deepEqual(found, ["c =deploy", "v env=prod", "f =force", "p =cfg", "v k=v", "p =last"]);
  assert.deepEqual(short("--help"), ["f =help"]);
  assert.deepEqual(short("  \t\n"), []);
});

test("only the first separator counts.", () => {
  assert.deepEqual(short("get url:http://a:80/x"), ["c =get", "v url=http://a:80/x"]);
});

test("quotes keep words together, and hide separators and prefixes.", () => {
  assert.deepEqual(short(`say "a b" 'c:d' "--e" k:"x y" l: "p q" m:'it\\'s'`), [
    "c =say",
    "p =a b",
    "p =c:d",
    "p =--e",
    "v k=x y",
    "v l=p q",
    "v m=it's",
  ]);
  assert.deepEqual(short('a it"s'), ["c =a", 'p =it"s']);
});

test("a key at the end of a word takes the next one, as it is written.", () => {
  assert.deepEqual(short("run out: dir in: --x"), ["c =run", "v out=dir", "v in=--x"]);
  assert.deepEqual(short("run out: a:b"), ["c =run", "v out=a:b"]);
});

test("delimiters, separator and prefix can be others.", () => {
  const options = { delimiters: ["; ", ";"], separator: "==", flagPrefix: "/" };
  assert.deepEqual(short("a b; k==v;/f", options), ["c =a b", "v k=v", "f =f"]);
});

test("places count bytes.", () => {
  const [, token] = parseCommand('é  k:"ü"');
  assert.deepEqual([token.start, token.end], [4, 10]);
});

test("what makes no sense is refused with its place.", () => {
  const cases: readonly (readonly [string, RegExp, number])[] = [
    ["run :v", /value without a key/, 4],
    ["run --:v", /value without a key/, 4],
    ["run\n k:", /key without a value/, 5],
    ["run --", /flag without a name/, 4],
    ['run "a b', /never closes/, 4],
    ['run k:"a', /never closes/, 6],
  ];
  for (const [text, message, offset] of cases) {
    assert.throws(
      () => parseCommand(text),
      (error: { code: string; message: string; place: { offset: number } }) => {
        assert.equal(error.code, "BAD_COMMAND");
        assert.match(error.message, message);
        assert.equal(error.place.offset, offset);
        return true;
      },
    );
  }
  assert.deepEqual(short("run k:", { dangling: "empty" }), ["c =run", "v k="]);
});

test("options that cannot be are refused.", () => {
  const code = "BAD_ARGUMENT";
  assert.throws(() => parseCommand(5 as never), { code });
  assert.throws(() => parseCommand("a", { separator: " " }), { code });
  assert.throws(() => parseCommand("a", { separator: 5 as never }), { code });
  assert.throws(() => parseCommand("a", { separator: "" }), { code: "EMPTY_DELIMITER" });
  assert.throws(() => parseCommand("a", { flagPrefix: "" }), { code });
  assert.throws(() => parseCommand("a", { dangling: "x" as never }), { code });
});
