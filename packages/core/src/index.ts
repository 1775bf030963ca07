/**
 * `@millpond/core`: pooled, zero-copy memory for TypeScript. This file only re-exports; each concept has a
 * folder of its own.
 *
 * @module
 */

export { KiB, MiB, GiB } from "./memory/units.ts";
