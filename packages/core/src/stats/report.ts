// A pool's figures as plain JSON, and as a table for people.
import { formatBytes } from "../memory/units.ts";
import type { PoolStats } from "../pool/ledger.ts";
import type { Pool } from "../pool/pool.ts";
import { type Calibration, savedNs } from "./calibrate.ts";

/** What a pool saved, compared with allocating each array. */
export interface Savings {
  /** Arrays that were not allocated; closed children's included. */
  readonly allocations: number;
  /** Bytes of their blocks, which were not left to the collector; closed children's included. */
  readonly bytes: number;
  /** Time, by the calibration, without that of closed children; undefined without one, and in modes other than "fast". */
  readonly ms: number | undefined;
}

/** What `report()` gives: plain JSON, with keys that stay. A `limitBytes` of `Infinity` becomes null there. */
export interface PoolReport {
  /** Of this shape. */
  readonly version: 1;
  /** When, as milliseconds since 1970. */
  readonly at: number;
  /** All figures of the pool and its children. */
  readonly stats: PoolStats;
  /** What it saved. */
  readonly saved: Savings;
  /** What `saved.ms` is based on. */
  readonly calibration: Calibration | undefined;
}

/**
 * A pool's figures and what it saved, as plain JSON.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { Pool, report } from "@millpond/core";
 *
 * const pool = new Pool({ name: "demo" });
 * for (let i = 0; i < 10; i++) pool.release(pool.acquire(Uint8Array, 4096));
 * const { saved } = report(pool);
 * assert.equal(saved.allocations, 9);
 * assert.equal(saved.ms, undefined); // nothing was calibrated, so nothing is claimed
 * ```
 */
export function report(pool: Pool, calibration?: Calibration): PoolReport {
  const stats = pool.stats();
  // What was calibrated is a pool in its default mode.
  const isComparable = calibration !== undefined && stats.check === "fast";
  const ms = isComparable ? savedTime(stats, calibration) / 1e6 : undefined;
  const saved = { allocations: stats.hits, bytes: stats.bytesReused, ms };
  return { version: 1, at: Date.now(), stats, saved, calibration };
}

// Nanoseconds.
function savedTime(stats: PoolStats, calibration: Calibration): number {
  let ns = 0;
  for (const { hits, blockBytes } of stats.classes) ns += hits * savedNs(calibration, blockBytes);
  for (const child of stats.children) ns += savedTime(child, calibration);
  return ns;
}

/**
 * A report as text: the pool, its classes, then its children.
 *
 * ```ts
 * import { formatReport, Pool, report } from "@millpond/core";
 *
 * console.log(formatReport(report(new Pool({ name: "frames" }))));
 * ```
 */
export function formatReport(made: PoolReport): string {
  const { saved } = made;
  const time = saved.ms === undefined ? "" : `, ${saved.ms.toFixed(1)} ms`;
  const summary = `saved ${saved.allocations} allocations, ${formatBytes(saved.bytes)}${time}`;
  return [...poolLines(made.stats, ""), summary].join("\n");
}

function poolLines(stats: PoolStats, indent: string): string[] {
  const head =
    `${indent}${stats.name}: ${stats.inUse} in use (${formatBytes(stats.bytesInUse)}, peak ${formatBytes(stats.bytesPeak)}), ` +
    `${stats.acquired} acquired, ${percent(stats.hitRate)} hits, ${formatBytes(stats.bytesRetained)} retained, ` +
    `${percent(stats.utilisation)} utilised, ${percent(stats.fragmentation)} fragmented`;
  const classes = stats.classes.map(
    ({ blockBytes, acquired, inUse, peak, hits, misses }) =>
      `${indent}  ${formatBytes(blockBytes).padStart(11)}  ${acquired} acquired, ${inUse} in use, peak ${peak}, ` +
      `${hits} hits, ${misses} misses`,
  );
  return [head, ...classes, ...stats.children.flatMap((child) => poolLines(child, `${indent}  `))];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
