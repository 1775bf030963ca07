// Rule: what a package exports is explained where it is written. Functions and classes carry an example of their own,
// which tools/examples.ts runs; types and constants need a sentence, and so do the public members of classes and
// interfaces.

import { entryPoints, packageNames, resolveFrom, type Repository } from "../lib/repository.ts";
import { commentBefore, lineAt, syntax, type Node, type Syntax } from "../lib/syntax.ts";
import type { Finding, Rule } from "./rule.ts";

/** Every export of a package has a doc comment; functions and classes have an example in it. */
export const docComments: Rule = {
  name: "doc comments",
  check(repository) {
    const findings = packageNames(repository)
      .flatMap((name) => entryPoints(repository, name))
      .flatMap((entry) => exportsOf(repository, entry))
      .flatMap((found) => checkDeclaration(found));
    // An export that two entry points share is reported once.
    return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
  },
};

interface Declaration {
  readonly path: string;
  readonly file: Syntax;
  readonly name: string;
  /** The statement, which the comment stands before. */
  readonly statement: Node;
  /** What is declared; for an `export` statement, the thing behind the word. */
  readonly declared: Node;
}

// All declarations that an entry point exports, through any chain of re-exports.
function exportsOf(repository: Repository, path: string, only?: string): Declaration[] {
  const text = repository.files.get(path);
  if (text === undefined) return [];
  const file = syntax(path, text);
  const found: Declaration[] = [];
  for (const entry of file.exports) {
    if (only !== undefined && entry.exportName.name !== null && entry.exportName.name !== only) continue;
    if (entry.moduleRequest === null) {
      found.push(...declarations(path, file, entry.localName.name));
    } else if (entry.moduleRequest.value.startsWith(".")) {
      const source = resolveFrom(path, entry.moduleRequest.value);
      // `export *` passes on what was asked for; a named re-export asks for the original name.
      found.push(...exportsOf(repository, source, entry.importName.name ?? only));
    }
  }
  return found;
}

function declarations(path: string, file: Syntax, name: string | null): Declaration[] {
  const found: Declaration[] = [];
  for (const statement of file.body) {
    const declared = (statement["declaration"] as Node | null | undefined) ?? statement;
    if (name !== null && declaredNames(declared).includes(name)) {
      found.push({ path, file, name, statement, declared });
    }
  }
  // Overloads are documented once, at the first signature.
  return found.some(({ declared }) => isFunction(declared)) ? found.slice(0, 1) : found;
}

function declaredNames(node: Node): string[] {
  if (node.type !== "VariableDeclaration") return [nameOf(node["id"]) ?? ""];
  return (node["declarations"] as Node[]).map((declarator) => nameOf(declarator["id"]) ?? "");
}

function nameOf(value: unknown): string | undefined {
  return (value as { name?: string } | null | undefined)?.name;
}

function isFunction(node: Node): boolean {
  if (node.type === "FunctionDeclaration" || node.type === "TSDeclareFunction") return true;
  if (node.type !== "VariableDeclaration") return false;
  const init = (node["declarations"] as Node[])[0]?.["init"] as Node | null | undefined;
  return init?.type === "ArrowFunctionExpression" || init?.type === "FunctionExpression";
}

function checkDeclaration(found: Declaration): Finding[] {
  const { path, file, name, statement, declared } = found;
  const comment = docComment(file, statement);
  const line = lineAt(file.text, statement.start);
  if (comment?.includes("@internal") === true) return [];
  const findings: Finding[] = [];
  if (!hasSentence(comment)) findings.push({ path, line, message: `export ${name} has no doc comment` });
  const needsExample = isFunction(declared) || declared.type === "ClassDeclaration";
  if (needsExample && comment?.includes("```ts") !== true) {
    findings.push({ path, line, message: `export ${name} has no \`\`\`ts example in its doc comment` });
  }
  return [...findings, ...members(declared).flatMap((member) => checkMember(found, member))];
}

function docComment(file: Syntax, node: Node): string | undefined {
  const comment = commentBefore(file, node);
  return comment?.type === "Block" && comment.value.startsWith("*") ? comment.value : undefined;
}

// A sentence: text of some length, before any tag or fence.
function hasSentence(comment: string | undefined): boolean {
  const words = comment?.replaceAll(/^\s*\*+/gm, "").split(/```|^\s*@(?!link)/m, 1)[0] ?? "";
  return words.trim().length > 3;
}

function members(declared: Node): Node[] {
  if (!/^(?:ClassDeclaration|TSInterfaceDeclaration)$/.test(declared.type)) return [];
  return (declared["body"] as { body: Node[] }).body.filter(isPublicMember);
}

// Symbols, constructors, private members and names with an underscore need no comment.
function isPublicMember(node: Node): boolean {
  const key = node["key"] as Node | undefined;
  if (key === undefined || node["computed"] === true || key.type === "PrivateIdentifier") return false;
  if (node["accessibility"] === "private" || node["kind"] === "constructor" || node["kind"] === "set")
    return false;
  return node["override"] !== true && nameOf(key)?.startsWith("_") !== true;
}

function checkMember({ path, file, name, declared }: Declaration, member: Node): Finding[] {
  const memberName = nameOf(member["key"]) ?? "a member";
  const comment = docComment(file, member);
  // Overloads of a method: the comment stands before the first.
  const first = members(declared).find((other) => (nameOf(other["key"]) ?? "") === memberName);
  if (hasSentence(comment) || (first !== undefined && first !== member)) return [];
  const line = lineAt(file.text, member.start);
  return [{ path, line, message: `${name}.${memberName} has no doc comment` }];
}
