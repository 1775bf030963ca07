// Reads from the text of a kernel what it exports, so that the generated module can give TypeScript the same names, the
// same parameters and the same comments.

/** One exported function of a kernel. */
export interface Signature {
  readonly name: string;
  /** The doc comment, with its stars. */
  readonly comment: string;
  /** In TypeScript's types: `(address: number, count: number): number`. */
  readonly signature: string;
}

// How a wasm value looks from JavaScript.
const types: Readonly<Record<string, string>> = {
  void: "void",
  bool: "number",
  i32: "number",
  u32: "number",
  usize: "number",
  f32: "number",
  f64: "number",
  i64: "bigint",
  u64: "bigint",
};

const exported =
  /(?<comment>\/\*\*(?:[^*]|\*(?!\/))*\*\/)?\nexport function (?<name>\w+)\((?<parameters>[^)]*)\): (?<result>\w+) \{/g;

/** The exported functions in the order of the source. Throws for exports without a comment or with unknown types. */
export function exportedFunctions(path: string, text: string): Signature[] {
  return [...text.matchAll(exported)].map(({ groups }) => {
    const { comment, name, parameters, result } = groups!;
    if (comment === undefined) throw new Error(`${path}: export ${name} has no doc comment`);
    const list = parameters.split(",").map((parameter) => parameter.trim());
    const typed = list
      .filter((parameter) => parameter !== "")
      .map((parameter) => typedName(path, name, parameter));
    return { name, comment, signature: `(${typed.join(", ")}): ${typeOf(path, name, result)}` };
  });
}

function typedName(path: string, owner: string, parameter: string): string {
  const [name, type] = parameter.split(":").map((part) => part.trim());
  return `${name}: ${typeOf(path, owner, type)}`;
}

function typeOf(path: string, owner: string, type: string): string {
  const found = types[type];
  if (found !== undefined) return found;
  throw new Error(`${path}: ${owner} exports the type ${type}; use one of ${Object.keys(types).join(", ")}`);
}
