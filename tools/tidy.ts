// `npm run tidy`: keeps CONTRIBUTING.md and ARCHITECTURE.md true by reading the source tree. Prints one line for each
// place that breaks a rule.

import { readRepository, type Repository } from "./lib/repository.ts";
import { arrows } from "./tidy/arrows.ts";
import { catalogue } from "./tidy/catalogue.ts";
import { deadFiles } from "./tidy/dead-files.ts";
import { docComments } from "./tidy/doc-comments.ts";
import { functions } from "./tidy/functions.ts";
import { headers } from "./tidy/headers.ts";
import { manifests } from "./tidy/manifests.ts";
import { markdown } from "./tidy/markdown.ts";
import type { Rule } from "./tidy/rule.ts";
import { tests } from "./tidy/tests.ts";
import { text } from "./tidy/text.ts";
import { using } from "./tidy/using.ts";

const rules: readonly Rule[] = [
  text,
  headers,
  functions,
  arrows,
  catalogue,
  deadFiles,
  docComments,
  manifests,
  markdown,
  tests,
  using,
];

/** One line for each finding of any rule. */
export function tidy(repository: Repository): string[] {
  return rules.flatMap((rule) =>
    rule.check(repository).map(({ path, line, message }) => `${path}:${line}: ${rule.name}: ${message}`),
  );
}

if (import.meta.main) {
  const repository = readRepository();
  const lines = tidy(repository);
  for (const line of lines) console.error(line);
  console.log(`tidy: ${repository.files.size} files, ${lines.length} findings`);
  process.exit(lines.length === 0 ? 0 : 1);
}
