// What the dialects of JSON allow beyond RFC 8259.

/** `"json"` is RFC 8259; `"jsonc"` adds comments and trailing commas; `"json5"` is JSON5. */
export type Dialect = "json" | "jsonc" | "json5";

/** The differences, one by one. */
export interface DialectRules {
  /** `//` and block comments. */
  readonly comments: boolean;
  /** A comma behind the last element or member. */
  readonly trailingCommas: boolean;
  /** Everything else that JSON5 has: quotes, bare keys, numbers, escapes, spaces. */
  readonly json5: boolean;
}

/** The rules of each dialect. */
export const DIALECTS: Readonly<Record<Dialect, DialectRules>> = {
  json: { comments: false, trailingCommas: false, json5: false },
  jsonc: { comments: true, trailingCommas: true, json5: false },
  json5: { comments: true, trailingCommas: true, json5: true },
};
