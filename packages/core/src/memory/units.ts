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

const UNITS = ["B", "KiB", "MiB", "GiB", "TiB"];

/**
 * Bytes as a person reads them.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { formatBytes } from "@millpond/core";
 *
 * assert.equal(formatBytes(2_400_000), "2.29 MiB");
 * ```
 */
export function formatBytes(bytes: number): string {
  let unit = 0;
  let amount = bytes;
  while (Math.abs(amount) >= 1024 && unit < UNITS.length - 1) {
    amount /= 1024;
    unit++;
  }
  return `${Number.isInteger(amount) ? amount : amount.toFixed(2)} ${UNITS[unit]}`;
}
