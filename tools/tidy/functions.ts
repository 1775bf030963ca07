// Rule: functions fit on a screen. Functions that were longer when the rule came are listed in ratchet.json with their
// length; they may shrink but not grow, and an entry that is no longer needed has to go.

import { isGenerated, scripts, type Repository } from "../lib/repository.ts";
import { lineAt, syntax, walk, type Node } from "../lib/syntax.ts";
import type { Finding, Rule } from "./rule.ts";

const linesMax = 70;
const ratchetPath = "tools/tidy/ratchet.json";
const suites = new Set(["describe", "suite"]);

interface Length {
  readonly name: string;
  readonly line: number;
  readonly lines: number;
}

/** No function is longer than 70 lines, or than its entry in the ratchet. */
export const functions: Rule = {
  name: "function length",
  check(repository) {
    const ratchet = readRatchet(repository);
    const used = new Set<string>();
    const findings: Finding[] = [];
    for (const path of scripts(repository)) {
      if (isGenerated(path)) continue;
      for (const length of functionLengths(path, repository.files.get(path)!)) {
        const key = `${path} ${length.name}`;
        const limit = ratchet.get(key);
        if (limit !== undefined && length.lines > linesMax) used.add(key);
        const message = complaint(length, limit);
        if (message !== undefined) findings.push({ path, line: length.line, message });
      }
    }
    for (const key of ratchet.keys()) {
      if (!used.has(key))
        findings.push({ path: ratchetPath, line: 1, message: `"${key}" is no longer needed` });
    }
    return findings;
  },
};

function readRatchet(repository: Repository): Map<string, number> {
  const entries = JSON.parse(repository.files.get(ratchetPath) ?? "{}") as Record<string, number>;
  return new Map(Object.entries(entries));
}

function complaint(length: Length, limit: number | undefined): string | undefined {
  if (length.lines <= linesMax) return undefined;
  if (limit === undefined) return `${length.name} has ${length.lines} lines; the most is ${linesMax}`;
  if (length.lines > limit) return `${length.name} grew from ${limit} to ${length.lines} lines`;
  if (length.lines < limit)
    return `${length.name} shrank: lower its entry in ${ratchetPath} to ${length.lines}`;
  return undefined;
}

// The lengths of all functions of a file; callbacks of test suites do not count, their tests do.
function functionLengths(path: string, text: string): Length[] {
  const names = new Map<unknown, string>();
  const lengths: Length[] = [];
  walk(syntax(path, text).body, (node) => {
    nameChildren(node, names);
    if (!isFunction(node) || names.get(node) === "") return;
    const line = lineAt(text, node.start);
    const name = nameOf(node) ?? names.get(node) ?? `function at line ${line}`;
    lengths.push({ name, line, lines: lineAt(text, node.end) - line + 1 });
  });
  return lengths;
}

function isFunction(node: Node): boolean {
  return /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type);
}

function nameOf(node: Node): string | undefined {
  return identifier(node["id"]);
}

// A method, field or variable names the function that it holds; a suite's callback gets the empty name.
function nameChildren(node: Node, names: Map<unknown, string>): void {
  if (node.type === "VariableDeclarator") setName(names, node["init"], identifier(node["id"]));
  if (/^(?:MethodDefinition|PropertyDefinition|Property)$/.test(node.type)) {
    setName(names, node["value"], identifier(node["key"]));
  }
  if (node.type === "CallExpression" && suites.has(identifier(node["callee"]) ?? "")) {
    for (const argument of node["arguments"] as Node[]) names.set(argument, "");
  }
}

function setName(names: Map<unknown, string>, node: unknown, name: string | undefined): void {
  if (name !== undefined) names.set(node, name);
}

function identifier(value: unknown): string | undefined {
  const name = (value as { name?: unknown } | null | undefined)?.name;
  return typeof name === "string" ? name : undefined;
}
