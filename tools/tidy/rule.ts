// What a tidy rule is: a function from the repository to the places where it is not as it should be.

import type { Repository } from "../lib/repository.ts";

/** One place that breaks a rule. */
export interface Finding {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

/** A rule. Its name is printed with each finding. */
export interface Rule {
  readonly name: string;
  readonly check: (repository: Repository) => Finding[];
}
