// What the plot package can draw, read from its source: the methods of a figure that add something to it, with all options
// of each, what they mean, and the picture of it. docs/plot-types.md is made of this, so the page cannot miss anything.

import type { Repository } from "./repository.ts";
import { commentBefore, type Node, syntax, type Syntax, walk } from "./syntax.ts";

/** One thing that can be drawn. */
export interface PlotType {
  readonly name: string;
  /** What it is called with, once for each way to call it. */
  readonly calls: readonly string[];
  readonly sentence: string;
  readonly options: readonly Option[];
  /** Options that many have, by the name of their interface. */
  readonly shared: readonly Shared[];
}

/** One option. */
export interface Option {
  readonly name: string;
  readonly values: string;
  readonly sentence: string;
  /** What it is if nobody says, as the doc comment has it; empty if it has to be said or is nothing then. */
  readonly otherwise: string;
}

/** Values that have a name of their own. */
export interface NamedValues {
  readonly name: string;
  readonly values: string;
  readonly sentence: string;
}

/** Options that come from an interface which many have, but for some of them. */
interface Shared {
  readonly name: string;
  readonly without: readonly string[];
}

interface Declared {
  readonly own: readonly Option[];
  readonly parents: readonly Shared[];
}

/** Interfaces whose options are told once for all that have them. */
export const SHARED: readonly string[] = ["MarkOptions", "MarkerOptions", "PatchOptions", "GroupOptions"];

const SOURCE = "packages/plot/src/";

/** The options of one of the shared interfaces. */
export function sharedOptions(repository: Repository, name: string): readonly Option[] {
  return interfaces(repository).get(name)!.own;
}

/** The named values that options have, by name; those of strings, numbers and lists of them. */
export function namedValues(repository: Repository, options: readonly Option[]): NamedValues[] {
  const mentioned = new Set(options.flatMap(({ values }) => values.match(/\b[A-Z]\w+/g) ?? []));
  const found: NamedValues[] = [];
  for (const file of sources(repository)) {
    for (const statement of file.body) {
      const node = declaredBy(statement);
      const name = nameOf(node["id"]);
      if (node.type !== "TSTypeAliasDeclaration" || name === undefined || !mentioned.has(name)) continue;
      const type = node["typeAnnotation"] as Node;
      const values = withoutNoise(file.text.slice(type.start, type.end));
      if (!values.includes("typeof")) found.push({ name, values, sentence: sentenceAt(file, statement) });
    }
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The methods of a class that take options of a mark. */
export function plotTypes(repository: Repository, path: string, className: string): PlotType[] {
  const known = interfaces(repository);
  const file = fileOf(repository, path);
  const methods = new Map<string, Node[]>();
  for (const node of membersOf(file, className)) {
    const name = (node["key"] as Node | undefined)?.["name"];
    if (node.type !== "MethodDefinition" || typeof name !== "string") continue;
    methods.set(name, [...(methods.get(name) ?? []), node]);
  }
  return [...methods.values()].flatMap((nodes) => typeOf(file, nodes, known) ?? []);
}

/** A function that makes a whole figure. */
export function figureType(repository: Repository, path: string, name: string): PlotType {
  const file = fileOf(repository, path);
  const statement = file.body.find((node) => nameOf(declaredBy(node)["id"]) === name)!;
  const params = declaredBy(statement)["params"] as readonly Node[];
  const options = collect(optionsName(file, params)!, [], interfaces(repository));
  return { name, calls: [callOf(name, params)], sentence: sentenceAt(file, statement), ...options };
}

function typeOf(
  file: Syntax,
  nodes: readonly Node[],
  known: ReadonlyMap<string, Declared>,
): PlotType | undefined {
  const implementation = nodes.at(-1)!;
  if (!file.text.slice(implementation.start, implementation.end).includes("this.#add(")) return undefined;
  const declared = nodes.length > 1 ? nodes.slice(0, -1) : nodes;
  const paramsOf = (node: Node): readonly Node[] => (node["value"] as Node)["params"] as readonly Node[];
  const name = nameOf(nodes[0]["key"])!;
  const options = optionsName(file, paramsOf(declared[0]));
  return {
    name,
    calls: declared.map((node) => callOf(name, paramsOf(node))),
    sentence: sentenceAt(file, nodes[0]),
    ...collect(options!, [], known),
  };
}

function callOf(name: string, params: readonly Node[]): string {
  const names = params.map((param) => nameOf(param.type === "AssignmentPattern" ? param["left"] : param));
  return `${name}(${names.join(", ")})`;
}

// The name of the last parameter's type.
function optionsName(file: Syntax, params: readonly Node[]): string | undefined {
  const last = params.at(-1);
  return last && /(\w+Options)\b/.exec(file.text.slice(last.start, last.end))?.[1];
}

// All options of an interface: its own ones and those of the interfaces that it extends, but for the shared ones.
function collect(
  name: string,
  without: readonly string[],
  known: ReadonlyMap<string, Declared>,
): Pick<PlotType, "options" | "shared"> {
  if (SHARED.includes(name)) return { options: [], shared: [{ name, without }] };
  const found = known.get(name);
  if (found === undefined) throw new Error(`no interface of the plot package is called ${name}`);
  const parts = found.parents.map((parent) => collect(parent.name, parent.without, known));
  const own = [...found.own, ...parts.flatMap(({ options }) => options)];
  const unique = new Map(own.toReversed().map((option) => [option.name, option]));
  for (const option of without) unique.delete(option);
  // An option that is declared again means what its own interface says.
  for (const option of found.own) if (unique.has(option.name)) unique.set(option.name, option);
  const named = own.filter(
    (option, index) => own.findIndex(({ name: other }) => other === option.name) === index,
  );
  const shared = parts
    .flatMap((part) => part.shared)
    .map((part) => {
      const has = (option: string): boolean =>
        known.get(part.name)!.own.some(({ name: own }) => own === option);
      return { ...part, without: [...part.without, ...without].filter(has) };
    });
  return { options: named.flatMap((option) => unique.get(option.name) ?? []), shared };
}

const read = new WeakMap<Repository, ReadonlyMap<string, Declared>>();

// Every interface of the package.
function interfaces(repository: Repository): ReadonlyMap<string, Declared> {
  const before = read.get(repository);
  if (before !== undefined) return before;
  const found = new Map<string, Declared>();
  for (const file of sources(repository)) {
    for (const statement of file.body) {
      const node = declaredBy(statement);
      if (node.type === "TSInterfaceDeclaration") found.set(nameOf(node["id"])!, declarationOf(file, node));
      // Another name for an interface, or for some of it.
      if (node.type === "TSTypeAliasDeclaration" && isPart(node))
        found.set(nameOf(node["id"])!, {
          own: [],
          parents: [parentOf(file, node["typeAnnotation"] as Node)],
        });
    }
  }
  read.set(repository, found);
  return found;
}

function declarationOf(file: Syntax, node: Node): Declared {
  const members = (node["body"] as Node)["body"] as readonly Node[];
  const own = members.flatMap((member) => {
    const name = nameOf(member["key"]);
    if (member.type !== "TSPropertySignature" || name === undefined) return [];
    const type = member["typeAnnotation"] as Node;
    const values = file.text.slice(type.start, type.end).replace(/^:\s*/, "");
    const [sentence, otherwise = member["optional"] === true ? "" : "required"] = sentenceAt(
      file,
      member,
    ).split(/\s*@defaultValue /);
    return [{ name, values: withoutNoise(values), sentence, otherwise }];
  });
  return { own, parents: (node["extends"] as readonly Node[]).map((parent) => parentOf(file, parent)) };
}

function isPart(alias: Node): boolean {
  const type = alias["typeAnnotation"] as Node;
  return type.type === "TSTypeReference" && nameOf(alias["id"])!.endsWith("Options");
}

function parentOf(file: Syntax, node: Node): Shared {
  const text = file.text.slice(node.start, node.end);
  const omitted = /^Omit<\s*(\w+),\s*([\s\S]*?),?\s*>$/.exec(text);
  if (omitted === null) return { name: text, without: [] };
  return { name: omitted[1], without: [...omitted[2].matchAll(/"(\w+)"/g)].map(([, option]) => option) };
}

function withoutNoise(type: string): string {
  return type
    .replaceAll(/\breadonly /g, "")
    .replaceAll(/\s+/g, " ")
    .replace(/ \| undefined$/, "")
    .replace(/^\| /, "");
}

function membersOf(file: Syntax, className: string): readonly Node[] {
  let body: readonly Node[] = [];
  walk(file.body, (node) => {
    if (node.type === "ClassDeclaration" && nameOf(node["id"]) === className)
      body = (node["body"] as Node)["body"] as readonly Node[];
  });
  return body;
}

// The text of a doc comment up to its first example, in one line.
function sentenceAt(file: Syntax, node: Node): string {
  const comment = commentBefore(file, node)?.value ?? "";
  const [prose] = comment
    .replace(/^\*/, "")
    .replaceAll(/^\s*\* ?/gm, "")
    .split("```");
  return prose.replaceAll(/\s+/g, " ").trim();
}

function sources(repository: Repository): Syntax[] {
  const paths = [...repository.files.keys()].filter(
    (path) => path.startsWith(SOURCE) && path.endsWith(".ts"),
  );
  return paths.filter((path) => !path.endsWith(".wasm.ts")).map((path) => fileOf(repository, path));
}

function fileOf(repository: Repository, path: string): Syntax {
  return syntax(path, repository.files.get(path) ?? "");
}

function declaredBy(statement: Node): Node {
  return (statement["declaration"] as Node | null | undefined) ?? statement;
}

function nameOf(value: unknown): string | undefined {
  return (value as { name?: string } | null | undefined)?.name;
}
