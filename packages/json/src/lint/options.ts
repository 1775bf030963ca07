// The rules, their severities, their limits, and the refusal of values that cannot be meant.

import { countOf, oneOf, optionsOf } from "../check.ts";

/**
 * The name of a rule, which does not change between versions.
 *
 * | rule | default | finds |
 * |---|---|---|
 * | `no-duplicate-keys` | error | a key that its object has already, however the two are escaped |
 * | `no-leading-zeros` | warning | numbers such as `007` |
 * | `valid-string-encoding` | error | bytes that are not UTF-8, bare control characters, surrogates that stand alone |
 * | `max-depth` | error | containers deeper than `maxDepth` |
 * | `number-precision` | off | numbers that change when they are read as doubles |
 * | `large-structure` | off | more than `maxMembers`, `maxElements` or `maxStringBytes` |
 * | `deep-nesting` | warning | containers deeper than `nestingDepth` |
 * | `valid-number` | error | numbers that break the grammar |
 * | `valid-escape` | error | escapes that are none |
 * | `valid-syntax` | error | everything else that is not JSON of the dialect |
 */
export type LintRule =
  | "no-duplicate-keys"
  | "no-leading-zeros"
  | "valid-string-encoding"
  | "max-depth"
  | "number-precision"
  | "large-structure"
  | "deep-nesting"
  | "valid-number"
  | "valid-escape"
  | "valid-syntax";

/** How bad a finding is; `"off"` switches its rule off. */
export type LintSeverity = "error" | "warning" | "info" | "off";

const SEVERITIES: Readonly<Record<LintRule, LintSeverity>> = {
  "no-duplicate-keys": "error",
  "no-leading-zeros": "warning",
  "valid-string-encoding": "error",
  "max-depth": "error",
  "number-precision": "off",
  "large-structure": "off",
  "deep-nesting": "warning",
  "valid-number": "error",
  "valid-escape": "error",
  "valid-syntax": "error",
};

/** Options of `lint()`. */
export interface LintOptions {
  /** Severities by rule; the others keep their defaults. */
  readonly severities?: Readonly<Partial<Record<LintRule, LintSeverity>>>;
  /** The most containers inside each other before `max-depth` speaks. Default 100. */
  readonly maxDepth?: number;
  /** The same for `deep-nesting`. Default 20. */
  readonly nestingDepth?: number;
  /** The most members of an object for `large-structure`. Default 50. */
  readonly maxMembers?: number;
  /** The most elements of an array for `large-structure`. Default 100. */
  readonly maxElements?: number;
  /** The most bytes of a string, quotes included, for `large-structure`. Default 65,536. */
  readonly maxStringBytes?: number;
  /** The most diagnostics. Default 1,000. */
  readonly maxDiagnostics?: number;
}

/** The options with every default filled in. */
export interface LintSettings {
  readonly severities: Readonly<Record<LintRule, LintSeverity>>;
  readonly maxDepth: number;
  readonly nestingDepth: number;
  readonly maxMembers: number;
  readonly maxElements: number;
  readonly maxStringBytes: number;
  readonly maxDiagnostics: number;
}

/** Fills in the defaults and refuses what cannot be meant, naming the option. */
export function settleLint(options: LintOptions): LintSettings {
  const { severities = {} } = optionsOf(options);
  return {
    severities: severitiesOf(severities),
    maxDepth: countOf("maxDepth", options.maxDepth, 100, Infinity),
    nestingDepth: countOf("nestingDepth", options.nestingDepth, 20, Infinity),
    maxMembers: countOf("maxMembers", options.maxMembers, 50, Infinity),
    maxElements: countOf("maxElements", options.maxElements, 100, Infinity),
    maxStringBytes: countOf("maxStringBytes", options.maxStringBytes, 65_536, Infinity),
    maxDiagnostics: countOf("maxDiagnostics", options.maxDiagnostics, 1000, Infinity),
  };
}

function severitiesOf(
  given: Readonly<Partial<Record<LintRule, LintSeverity>>>,
): Readonly<Record<LintRule, LintSeverity>> {
  const rules = Object.keys(SEVERITIES) as LintRule[];
  for (const [rule, severity] of Object.entries(optionsOf(given))) {
    oneOf("a rule", rule as LintRule, rules);
    oneOf(`the severity of ${rule}`, severity, ["error", "warning", "info", "off"]);
  }
  return { ...SEVERITIES, ...given };
}
