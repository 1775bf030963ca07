// Zeroing one record. Its fields lie in as many columns of different types, and a loop over arrays of different
// types costs 50 ns a store; so the same bytes are seen through three views, one for each width of store, and a
// plan made once says which elements of which view belong to record i.
import type { Field } from "./schema.ts";

/** What to zero for a record. */
export interface WipePlan {
  /** Fields of one element of 8 bytes: where their columns start, counted in elements of 8 bytes. */
  readonly eights: number[];
  /** The same for 4 bytes. */
  readonly fours: number[];
  /** The same for 1 byte. */
  readonly ones: number[];
  /** All other fields: where the column starts, in bytes, and the bytes of the field; in pairs. */
  readonly runs: number[];
}

/** A block, seen by the widths of the plan. */
export interface WipeViews {
  readonly eights: Float64Array;
  readonly fours: Uint32Array;
  readonly ones: Uint8Array;
}

// From here on, one call of `fill` is cheaper than single stores.
const FILL_BYTES = 32;

/** The plan for columns that begin at `offsets`, which are multiples of 8. */
export function planWipe(fields: readonly Field[], offsets: readonly number[]): WipePlan {
  const plan: WipePlan = { eights: [], fours: [], ones: [], runs: [] };
  for (const [at, { bytes }] of fields.entries()) {
    if (bytes === 8) plan.eights.push(offsets[at] / 8);
    else if (bytes === 4) plan.fours.push(offsets[at] / 4);
    else if (bytes === 1) plan.ones.push(offsets[at]);
    else plan.runs.push(offsets[at], bytes);
  }
  return plan;
}

/** The views of a block whose length is a multiple of 8. */
export function wipeViews(block: Uint8Array): WipeViews {
  const { buffer, byteOffset, length } = block;
  return {
    eights: new Float64Array(buffer, byteOffset, length / 8),
    fours: new Uint32Array(buffer, byteOffset, length / 4),
    ones: block,
  };
}

/** Zeroes all fields of one record. */
export function wipe(views: WipeViews, plan: WipePlan, index: number): void {
  const { eights, fours, ones, runs } = plan;
  const { eights: wide, fours: middle, ones: narrow } = views;
  for (let k = 0; k < eights.length; k++) wide[eights[k] + index] = 0;
  for (let k = 0; k < fours.length; k++) middle[fours[k] + index] = 0;
  for (let k = 0; k < ones.length; k++) narrow[ones[k] + index] = 0;
  if (runs.length > 0) wipeRuns(narrow, runs, index);
}

function wipeRuns(bytes: Uint8Array, runs: readonly number[], index: number): void {
  for (let k = 0; k < runs.length; k += 2) {
    const width = runs[k + 1];
    const start = runs[k] + index * width;
    if (width >= FILL_BYTES) bytes.fill(0, start, start + width);
    else for (let at = start; at < start + width; at++) bytes[at] = 0;
  }
}
