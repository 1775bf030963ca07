// The rules of split() written down once more, as plainly as possible: strings of one character a byte, every
// delimiter tried at every place, slices everywhere. Slow, and made for no other use than to be compared with.

export interface ReferenceOptions {
  readonly preserveEmpty: boolean;
  readonly preserveDelimiters: boolean;
  readonly stripping: boolean;
  readonly preserveQuoting: boolean;
  readonly prefer: "shortest" | "longest" | "listed";
  readonly quoting: false | ReferenceQuoting;
}

interface ReferenceQuoting {
  readonly pairs: readonly (readonly [string, string])[];
  readonly escapes: "backslash" | "doubled" | "none";
}

export interface ReferenceSegment {
  readonly text: string;
  readonly kind: "delimited" | "delimiter";
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
}

// What is white space, one character a byte.
const SPACE =
  "(?:[\\t-\\r ]|\\xc2[\\x85\\xa0]|\\xe1\\x9a\\x80|\\xe2\\x80[\\x80-\\x8a\\xa8\\xa9\\xaf]|\\xe2\\x81\\x9f|\\xe3\\x80\\x80)";
const LEADING = new RegExp(`^${SPACE}*`);
const TRAILING = new RegExp(`${SPACE}*$`);

export function referenceSplit(
  source: string,
  delimiters: readonly string[],
  options: ReferenceOptions,
): ReferenceSegment[] {
  const found: ReferenceSegment[] = [];
  const add = (start: number, end: number, quoted: boolean, resolve: (text: string) => string): void => {
    let from = start;
    let to = end;
    if (options.stripping) {
      to -= (TRAILING.exec(source.slice(from, to)) as RegExpExecArray)[0].length;
      from += (LEADING.exec(source.slice(from, to)) as RegExpExecArray)[0].length;
    }
    if (from === to && !options.preserveEmpty) return;
    found.push({ text: resolve(source.slice(from, to)), kind: "delimited", start: from, end: to, quoted });
  };
  let at = 0;
  for (;;) {
    const section = sectionAt(source, at, options.quoting);
    if (section !== undefined) {
      const { contentEnd, end, pair } = section;
      if (options.preserveQuoting) add(at, end, true, (text) => text);
      else add(at + pair[0].length, contentEnd, true, (text) => resolved(text, pair, options.quoting));
      at = end;
      if (at === source.length) return found;
      if (delimiterAt(source, at, delimiters, options.prefer) === undefined) continue;
    }
    let start = at;
    let delimiter = delimiterAt(source, start, delimiters, options.prefer);
    while (delimiter === undefined && start < source.length) {
      start++;
      delimiter = delimiterAt(source, start, delimiters, options.prefer);
    }
    if (section === undefined) add(at, start, false, (text) => text);
    if (delimiter === undefined) return found;
    at = start + delimiter.length;
    if (options.preserveDelimiters) {
      found.push({ text: delimiter, kind: "delimiter", start, end: at, quoted: false });
    }
  }
}

function delimiterAt(
  source: string,
  at: number,
  delimiters: readonly string[],
  prefer: ReferenceOptions["prefer"],
): string | undefined {
  const fitting = delimiters.filter((delimiter) => source.startsWith(delimiter, at));
  if (prefer === "shortest") fitting.sort((a, b) => a.length - b.length);
  if (prefer === "longest") fitting.sort((a, b) => b.length - a.length);
  return fitting[0];
}

interface Section {
  readonly contentEnd: number;
  readonly end: number;
  readonly pair: readonly [string, string];
}

function sectionAt(source: string, at: number, quoting: ReferenceOptions["quoting"]): Section | undefined {
  if (quoting === false) return undefined;
  const fitting = quoting.pairs.filter(([prefix]) => source.startsWith(prefix, at));
  fitting.sort((a, b) => b[0].length - a[0].length);
  const [pair] = fitting;
  if (pair === undefined) return undefined;
  const [prefix, postfix] = pair;
  for (let i = at + prefix.length; i < source.length; i++) {
    if (source.startsWith(postfix, i)) {
      if (quoting.escapes !== "doubled" || !source.startsWith(postfix + postfix, i)) {
        return { contentEnd: i, end: i + postfix.length, pair };
      }
      i += 2 * postfix.length - 1;
    } else if (quoting.escapes === "backslash" && source[i] === "\\") {
      i++;
    }
  }
  return { contentEnd: source.length, end: source.length, pair };
}

function resolved(
  text: string,
  [prefix, postfix]: readonly [string, string],
  quoting: ReferenceOptions["quoting"],
): string {
  if (quoting === false || quoting.escapes === "none") return text;
  if (quoting.escapes === "doubled") return text.split(postfix + postfix).join(postfix);
  let result = "";
  for (let i = 0; i < text.length; i++) {
    const rest = text.slice(i + 1);
    if (text[i] !== "\\" || rest === "") {
      result += text[i];
      continue;
    }
    const control = { n: "\n", t: "\t", r: "\r" }[rest[0]];
    const literal = /^[\\"']/.test(rest) || rest.startsWith(prefix) || rest.startsWith(postfix);
    result += literal ? rest[0] : (control ?? text[i] + rest[0]);
    i++;
  }
  return result;
}
