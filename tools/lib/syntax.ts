// Parsed sources. TypeScript 7 has no JavaScript interface, so the tools read syntax trees from oxc-parser, the parser
// that the linter uses too.

import { parseSync, type Comment, type StaticExportEntry } from "oxc-parser";

/** A node of the ESTree; rules look only at the fields they know. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

/** One parsed file. */
export interface Syntax {
  readonly text: string;
  readonly body: readonly Node[];
  readonly comments: readonly Comment[];
  readonly exports: readonly StaticExportEntry[];
  /** Static imports and re-exports, with the offset of each specifier. */
  readonly imports: readonly Import[];
  /** String literals that name a source file relative to this one, in `import()` or in a worker's URL. */
  readonly mentions: readonly Import[];
}

/** A specifier and where it stands. */
export interface Import {
  readonly specifier: string;
  readonly offset: number;
}

const parsed = new Map<string, Syntax>();

/** Parses a file; the same text is parsed once. */
export function syntax(path: string, text: string): Syntax {
  const key = `${path}\0${text}`;
  let found = parsed.get(key);
  if (found === undefined) {
    found = parse(path, text);
    parsed.set(key, found);
  }
  return found;
}

function parse(path: string, text: string): Syntax {
  const result = parseSync(path, text, { lang: path.endsWith(".mjs") ? "js" : "ts" });
  const error = result.errors[0];
  if (error !== undefined) throw new Error(`${path} does not parse: ${error.message}`);
  const body = result.program.body as unknown as readonly Node[];
  const exports = result.module.staticExports.flatMap((statement) => statement.entries);
  const imports = new Map<number, Import>();
  for (const { moduleRequest } of [...result.module.staticImports, ...exports]) {
    if (moduleRequest === null || moduleRequest === undefined) continue;
    imports.set(moduleRequest.start, { specifier: moduleRequest.value, offset: moduleRequest.start });
  }
  return {
    text,
    body,
    comments: result.comments,
    exports,
    imports: [...imports.values()],
    mentions: mentions(body, imports),
  };
}

function mentions(body: readonly Node[], imports: ReadonlyMap<number, Import>): Import[] {
  const found: Import[] = [];
  walk(body, (node) => {
    if (node.type !== "Literal" || typeof node["value"] !== "string" || imports.has(node.start)) return;
    const isImported = /^\.\.?\/.*\.m?[jt]s$/.test(node["value"]) || node["value"].startsWith("@millpond/");
    if (isImported) found.push({ specifier: node["value"], offset: node.start });
  });
  return found;
}

/** Visits every node, parents first. */
export function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, visit);
  } else if (isNode(value)) {
    visit(value);
    for (const key in value) walk(value[key], visit);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof (value as Node).type === "string";
}

/** The 1-based line of an offset. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}

/** The comment that ends where a node starts, with nothing but white space between. */
export function commentBefore(file: Syntax, node: Node): Comment | undefined {
  let last: Comment | undefined;
  for (const comment of file.comments) {
    if (comment.end > node.start) break;
    last = comment;
  }
  if (last === undefined || file.text.slice(last.end, node.start).trim() !== "") return undefined;
  return last;
}
