// Simple maths in a text: between two `$`, `^` and `_` raise and lower what follows, and names behind a backslash are
// signs. No fractions, roots or matrices.

/** A piece of text of one size and height. */
export interface Span {
  readonly text: string;
  /** The size, as a part of the text's. */
  readonly scale: number;
  /** How far it is raised, in ems of the whole text. */
  readonly rise: number;
}

const SCRIPT = 0.7;
const SUPERSCRIPT_RISE = 0.36;
const SUBSCRIPT_RISE = -0.17;

const names: Readonly<Record<string, string>> = {
  alpha: "α",
  beta: "β",
  gamma: "γ",
  delta: "δ",
  epsilon: "ε",
  zeta: "ζ",
  eta: "η",
  theta: "θ",
  iota: "ι",
  kappa: "κ",
  lambda: "λ",
  mu: "μ",
  nu: "ν",
  xi: "ξ",
  omicron: "ο",
  pi: "π",
  rho: "ρ",
  sigma: "σ",
  tau: "τ",
  upsilon: "υ",
  phi: "φ",
  chi: "χ",
  psi: "ψ",
  omega: "ω",
  Gamma: "Γ",
  Delta: "Δ",
  Theta: "Θ",
  Lambda: "Λ",
  Xi: "Ξ",
  Pi: "Π",
  Sigma: "Σ",
  Upsilon: "Υ",
  Phi: "Φ",
  Psi: "Ψ",
  Omega: "Ω",
  pm: "±",
  mp: "∓",
  times: "×",
  cdot: "·",
  div: "÷",
  leq: "≤",
  geq: "≥",
  neq: "≠",
  approx: "≈",
  propto: "∝",
  infty: "∞",
  sum: "∑",
  prod: "∏",
  int: "∫",
  partial: "∂",
  nabla: "∇",
  sqrt: "√",
  degree: "°",
  circ: "∘",
  to: "→",
  rightarrow: "→",
  leftarrow: "←",
  in: "∈",
  ell: "ℓ",
  hbar: "ℏ",
  prime: "′",
  langle: "⟨",
  rangle: "⟩",
};

/** The pieces of one line of text. A `$` without a partner is a dollar, and so is `\$`. */
export function spansOf(line: string): Span[] {
  if (!line.includes("$")) return [{ text: line, scale: 1, rise: 0 }];
  const spans: Span[] = [];
  let plain = "";
  for (let at = 0; at < line.length; at++) {
    if (line.startsWith("\\$", at)) {
      plain += "$";
      at++;
      continue;
    }
    const end = line[at] === "$" ? closing(line, at + 1) : -1;
    if (end < 0) {
      plain += line[at];
      continue;
    }
    push(spans, plain, 1, 0);
    plain = "";
    maths(spans, line.slice(at + 1, end), 1, 0);
    at = end;
  }
  push(spans, plain, 1, 0);
  return spans;
}

/** A text without the signs of maths: its characters as they are drawn. */
export function plainText(text: string): string {
  const lines = text.split(/\r?\n/).map((line) => spansOf(line).map((span) => span.text));
  return lines.map((spans) => spans.join("")).join("\n");
}

function closing(line: string, from: number): number {
  for (let at = from; at < line.length; at++) {
    if (line[at] === "\\") at++;
    else if (line[at] === "$") return at;
  }
  return -1;
}

function push(spans: Span[], text: string, scale: number, rise: number): void {
  if (text !== "") spans.push({ text, scale, rise });
}

function maths(spans: Span[], source: string, scale: number, rise: number): void {
  let plain = "";
  for (let at = 0; at < source.length;) {
    const character = source[at];
    const piece = pieceAt(source, character === "^" || character === "_" ? at + 1 : at);
    at = piece.end;
    if (character === "^" || character === "_") {
      push(spans, plain, scale, rise);
      plain = "";
      const raised = character === "^" ? SUPERSCRIPT_RISE : SUBSCRIPT_RISE;
      maths(spans, piece.text, scale * SCRIPT, rise + raised * scale);
    } else if (piece.group) {
      push(spans, plain, scale, rise);
      plain = "";
      maths(spans, piece.text, scale, rise);
    } else {
      // The minus of a formula is longer than a hyphen.
      plain += piece.text === "-" ? "−" : piece.text;
    }
  }
  push(spans, plain, scale, rise);
}

interface Piece {
  readonly text: string;
  readonly end: number;
  readonly group: boolean;
}

// One character, one name, or what stands between braces.
function pieceAt(source: string, at: number): Piece {
  if (source[at] === "{") {
    const end = closingBrace(source, at + 1);
    return { text: source.slice(at + 1, end), end: end + 1, group: true };
  }
  const name = /^\\([A-Za-z]+) ?/.exec(source.slice(at));
  if (name !== null) {
    const sign = Object.hasOwn(names, name[1]) ? names[name[1]] : name[0];
    return { text: sign, end: at + name[0].length, group: false };
  }
  const start = source[at] === "\\" ? at + 1 : at;
  const character = String.fromCodePoint(source.codePointAt(start) ?? 0x20);
  return { text: character, end: start + character.length, group: false };
}

// A brace that is never closed ends with the formula.
function closingBrace(source: string, from: number): number {
  let depth = 1;
  for (let at = from; at < source.length; at++) {
    if (source[at] === "\\") at++;
    else if (source[at] === "{") depth++;
    else if (source[at] === "}" && --depth === 0) return at;
  }
  return source.length;
}
