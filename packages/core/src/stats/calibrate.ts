// What plain allocation costs on this very machine, beside what a pool costs: measured on request, never a constant.
import { KiB, MiB } from "../memory/units.ts";
import { Pool } from "../pool/pool.ts";

/** The cost of one array of `bytes`, allocated or acquired, written completely, and dropped or released. */
export interface CalibrationPoint {
  /** Size of the array. */
  readonly bytes: number;
  /** Nanoseconds with `new`. */
  readonly plainNs: number;
  /** Nanoseconds with `acquire` and `release`. */
  readonly pooledNs: number;
}

/** What `calibrate()` found. */
export interface Calibration {
  /** When, as milliseconds since 1970. */
  readonly at: number;
  /** By size, smallest first. */
  readonly points: readonly CalibrationPoint[];
}

const SIZES = [KiB, 16 * KiB, 128 * KiB, MiB];
const BYTES_A_ROUND = 16 * MiB;
const ROUNDS = 5;

/**
 * Measures plain allocation against a pool at a few sizes; takes some hundred milliseconds. Give the result to
 * `report()`, which then also says how much time the pool has saved.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { calibrate } from "@millpond/core";
 *
 * const { points } = calibrate();
 * assert.ok(points.every(({ plainNs, pooledNs }) => plainNs > 0 && pooledNs > 0));
 * ```
 */
export function calibrate(): Calibration {
  const pool = new Pool({ name: "calibration", check: "fast", trimAfterMs: Infinity });
  const points = SIZES.map((bytes) => ({
    bytes,
    plainNs: typical(bytes, (count) => fillFresh(bytes, count)),
    pooledNs: typical(bytes, (count) => fillPooled(pool, bytes, count)),
  }));
  pool.close();
  return { at: Date.now(), points };
}

// The first round is for the compiler. Of the others the middle one counts: the fastest would be one in which the
// collector, which is a part of the cost, had a rest.
function typical(bytes: number, work: (count: number) => void): number {
  const count = Math.ceil(BYTES_A_ROUND / bytes);
  const rounds: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const before = performance.now();
    work(count);
    rounds.push(((performance.now() - before) * 1e6) / count);
  }
  return rounds.slice(1).sort((a, b) => a - b)[ROUNDS >> 1];
}

function fillFresh(bytes: number, count: number): void {
  for (let i = 0; i < count; i++) new Uint8Array(bytes).fill(i);
}

function fillPooled(pool: Pool, bytes: number, count: number): void {
  for (let i = 0; i < count; i++) pool.release(pool.acquire(Uint8Array, bytes).fill(i));
}

/** What one pooled array of `bytes` saved, by the straight line between the measured sizes. */
export function savedNs(calibration: Calibration, bytes: number): number {
  const { points } = calibration;
  const above = points.findIndex((point) => point.bytes >= bytes);
  const gain = ({ plainNs, pooledNs }: CalibrationPoint): number => plainNs - pooledNs;
  if (above === 0) return gain(points[0]);
  const last = points[points.length - 1];
  if (above < 0) return (gain(last) * bytes) / last.bytes;
  const [low, high] = [points[above - 1], points[above]];
  const share = (bytes - low.bytes) / (high.bytes - low.bytes);
  return gain(low) + share * (gain(high) - gain(low));
}
