// Byte units. Budgets read better as `256 * MiB` than as a nine-digit number.

/**
 * 1,024 bytes.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { KiB } from "@millpond/core";
 *
 * assert.equal(64 * KiB, 65_536);
 * ```
 */
export const KiB = 1024;

/** 1,024 KiB. */
export const MiB = 1_048_576;

/** 1,024 MiB. Beyond 32-bit integers: never put it through `|` or `>>`. */
export const GiB = 1_073_741_824;
