// I-Regexp (RFC 9485), the expressions of `match` and `search`, turned into those of JavaScript.
//
// The two differ in what they allow and in what `.` means, so a pattern is read piece by piece: what RFC 9485 does not have,
// such as look-ahead and back references, makes it no expression, and then it matches nothing. `^` and `$` are anchors, as
// the compliance suite of JSONPath has them.

const ESCAPED = new Set("()*+-.?[\\]^nrt{|}");
const CATEGORY = /^\\[pP]\{(?:L[lmotu]?|M[cen]?|N[dlo]?|P[cdefios]?|Z[lps]?|S[ckmo]?|C[cfno]?)\}/;
const QUANTIFIER = /^(?:[*+?]|\{\d+(?:,\d*)?\})/;
// Groups inside each other beyond this are refused: JavaScript's own compiler is recursive.
const MOST_GROUPS = 500;

/** The expression of a pattern, of whole texts or of parts; null where the pattern is no I-Regexp. */
export function compilePattern(pattern: string, whole: boolean): RegExp | null {
  const source = translate(pattern);
  if (source === null) return null;
  try {
    return new RegExp(whole ? `^(?:${source})$` : source, "u");
  } catch (error) {
    // Right by the grammar and still refused: ranges and counts that run backwards.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function translate(pattern: string): string | null {
  let source = "";
  let groups = 0;
  // Whether a quantifier may stand here: behind an atom that has none.
  let atom = false;
  for (let at = 0; at < pattern.length;) {
    const piece = pieceAt(pattern, at);
    if (piece === null) return null;
    const [length, text, role] = piece;
    if (role === "quantifier" && !atom) return null;
    if (role === "open" && ++groups > MOST_GROUPS) return null;
    if (role === "close" && --groups < 0) return null;
    atom = role === "atom" || role === "close";
    source += text;
    at += length;
  }
  return groups === 0 ? source : null;
}

type Role = "anchor" | "atom" | "quantifier" | "open" | "close" | "bar";

// Length, translation and role of what stands at `at`, or null where nothing may stand like this.
function pieceAt(pattern: string, at: number): [number, string, Role] | null {
  const character = pattern[at];
  if (character === "(") return [1, "(?:", "open"];
  if (character === ")") return [1, ")", "close"];
  if (character === "|") return [1, "|", "bar"];
  if (character === ".") return [1, "[^\\n\\r]", "atom"];
  if (character === "^" || character === "$") return [1, character, "anchor"];
  if (character === "[") return classAt(pattern, at);
  if (character === "\\") return escapeAt(pattern, at, false);
  if (character === "]" || character === "}") return null;
  const quantifier = "*+?{".includes(character) ? QUANTIFIER.exec(pattern.slice(at, at + 40)) : undefined;
  if (quantifier === null) return null;
  if (quantifier !== undefined) return [quantifier[0].length, quantifier[0], "quantifier"];
  const code = pattern.codePointAt(at) as number;
  return [code > 0xffff ? 2 : 1, String.fromCodePoint(code), "atom"];
}

function escapeAt(pattern: string, at: number, inClass: boolean): [number, string, Role] | null {
  const category = CATEGORY.exec(pattern.slice(at, at + 8));
  if (category !== null) return [category[0].length, category[0], "atom"];
  const letter = pattern[at + 1];
  if (letter === undefined || !ESCAPED.has(letter)) return null;
  return [2, letter === "-" && !inClass ? "-" : `\\${letter}`, "atom"];
}

// `[...]`: characters, ranges and categories; a minus only first or last.
function classAt(pattern: string, open: number): [number, string, Role] | null {
  let at = open + 1;
  let source = "[";
  if (pattern[at] === "^") {
    source += "^";
    at++;
  }
  const first = at;
  while (at < pattern.length && pattern[at] !== "]") {
    if (pattern[at] === "-") {
      if (at !== first && pattern[at + 1] !== "]") return null;
      source += "\\-";
      at++;
      continue;
    }
    const item = rangeAt(pattern, at);
    if (item === null) return null;
    source += item;
    at = rangeEnd(pattern, at);
  }
  if (at === first || at >= pattern.length) return null;
  return [at + 1 - open, `${source}]`, "atom"];
}

// One character, `a-z`, or a category, at `at` in a class.
function rangeAt(pattern: string, at: number): string | null {
  const end = rangeEnd(pattern, at);
  const low = classCharacter(pattern, at);
  if (low === null) return null;
  const middle = at + low[0];
  if (middle === end) return low[1];
  const high = classCharacter(pattern, middle + 1);
  // A category is no end of a range.
  if (high === null || low[1].startsWith("\\p") || low[1].startsWith("\\P") || /^\\[pP]/.test(high[1])) {
    return null;
  }
  return `${low[1]}-${high[1]}`;
}

function rangeEnd(pattern: string, at: number): number {
  const low = classCharacter(pattern, at);
  if (low === null) return at;
  const middle = at + low[0];
  if (pattern[middle] !== "-" || pattern[middle + 1] === "]" || middle + 1 >= pattern.length) return middle;
  const high = classCharacter(pattern, middle + 1);
  return high === null ? middle + 1 : middle + 1 + high[0];
}

function classCharacter(pattern: string, at: number): readonly [number, string] | null {
  const character = pattern[at];
  if (character === "\\") return escapeAt(pattern, at, true) as readonly [number, string] | null;
  if (character === undefined || character === "-" || character === "[" || character === "]") return null;
  const code = pattern.codePointAt(at) as number;
  const text = String.fromCodePoint(code);
  return [text.length, character === "^" ? "\\^" : text];
}
