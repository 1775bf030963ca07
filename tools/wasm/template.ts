// The text of a generated kernel module: the bytes of both variants as base64, and the interface of the exports.

import type { CompiledKernel } from "./compile.ts";
import type { Signature } from "./signatures.ts";

/** What goes into one generated file. */
export interface Ingredients {
  readonly packageName: string;
  readonly name: string;
  readonly source: string;
  readonly functions: readonly Signature[];
  readonly kernel: CompiledKernel;
}

/** The whole file; the same ingredients give the same text. */
export function generatedModule({ packageName, name, source, functions, kernel }: Ingredients): string {
  const camel = name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  const type = `${camel[0].toUpperCase()}${camel.slice(1)}Exports`;
  const from = packageName === "core" ? "./kernel-module.ts" : "@millpond/core";
  const members = functions.map(
    ({ comment, name: member, signature }) => `  ${comment}\n  ${member}${signature};`,
  );
  return `// Generated from ${source} by \`npm run wasm\`. Do not edit: change the kernel and run it again.
import { KernelModule } from "${from}";

/** What ${source} exports. Addresses are bytes from the start of the region; nothing is checked. */
export interface ${type} {
${members.join("\n")}
}

/** The compiled kernel, in its variants for plain and for shared memory. */
export const ${camel}Kernel: KernelModule<${type}> = /* @__PURE__ */ new KernelModule<${type}>(
  "${base64(kernel.plain)}",
  "${base64(kernel.shared)}",
);
`;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}
