/**
 * `@millpond/core`: pooled, zero-copy memory for TypeScript. This file only re-exports; each concept has a
 * folder of its own.
 *
 * @module
 */

export { Arena, arena, type ArenaMark, type ArenaOptions } from "./arena/arena.ts";
export type { ArenaChunk } from "./arena/chunks.ts";
export {
  ArenaManager,
  type ArenaManagerOptions,
  arenas,
  type ArenaStats,
  type DefaultArenaName,
} from "./arena/manager.ts";
export { type StringArena, strings, type StringArenaOptions } from "./arena/strings.ts";
export { decode as decodeUtf8, encode as encodeUtf8, utf8Length } from "./arena/utf8.ts";
export type { ArrayPool } from "./arrays/array-pool.ts";
export type { ArrayClassStats, ArrayPoolStats } from "./arrays/array-stats.ts";
export { arrays } from "./arrays/arrays.ts";
export type { ArrayPoolOptions, ArrayStrategy } from "./arrays/options.ts";
export { distancesF32Kernel, type DistancesF32Exports } from "./kernel/distances-f32.wasm.ts";
export { distancesF64Kernel, type DistancesF64Exports } from "./kernel/distances-f64.wasm.ts";
export { KernelModule } from "./kernel/kernel-module.ts";
export * as kernels from "./kernel/kernels.ts";
export { numbersKernel, type NumbersExports } from "./kernel/numbers.wasm.ts";
export type { Allocator } from "./memory/allocator.ts";
export type { ArrayType, NumberArray, TypedArray } from "./memory/elements.ts";
export { PoolError, type PoolErrorCode } from "./memory/errors.ts";
export { randomFrom } from "./memory/random.ts";
export { Region, type RegionKind, regionOfBuffer, type WasmModule } from "./memory/region.ts";
export { formatBytes, GiB, KiB, MiB } from "./memory/units.ts";
export { ObjectLease } from "./object/object-lease.ts";
export type { ObjectPoolOptions } from "./object/object-options.ts";
export { type BucketStats, type ObjectPool, objects, type ObjectPoolStats } from "./object/object-pool.ts";
export type { Trimmed } from "./pool/block-heap.ts";
export { Lease } from "./pool/lease.ts";
export type { ClassStats, PoolStats, TrimReason } from "./pool/ledger.ts";
export type { ChaosOptions, CheckMode, ChildOptions, PoolOptions } from "./pool/options.ts";
export { type LeaseOptions, type Outstanding, Pool } from "./pool/pool.ts";
export type { Column } from "./record/column.ts";
export type { Forwarding } from "./record/forwarding.ts";
export type { RecordOptions } from "./record/record-options.ts";
export { type Records, records, type RecordStats } from "./record/records.ts";
export type {
  Columns,
  ColumnSpec,
  ColumnType,
  FieldInput,
  FieldOf,
  RecordInput,
  RecordSchema,
  RecordValues,
  ScalarOf,
} from "./record/schema.ts";
export type { VectorOptions, VectorType } from "./record/vector-options.ts";
export type { VectorSegment } from "./record/vector-segment.ts";
export { type Vectors, vectors, type VectorStats } from "./record/vectors.ts";
export { Ring, ring, type RingOptions } from "./ring/ring.ts";
export {
  parallel,
  type ParallelOptions,
  type SharedTask,
  sharedTask,
  type TaskContext,
  type TaskResult,
  type TaskRunner,
} from "./sharing/parallel.ts";
export type { ReclaimOptions } from "./sharing/reclaim.ts";
export type { RingReclaimed } from "./sharing/ring-memory.ts";
export { SharedLease, type SharedLeaseOwner } from "./sharing/shared-lease.ts";
export type { SharedAudit, ThreadCounter, ThreadStats } from "./sharing/shared-ledger.ts";
export {
  SharedPool,
  type SharedPoolHandle,
  type SharedPoolOptions,
  type WatchedWorker,
} from "./sharing/shared-pool.ts";
export {
  type RingThreads,
  SharedRing,
  type SharedRingHandle,
  type SharedRingOptions,
} from "./sharing/shared-ring.ts";
export { readToken, type Token, TOKEN_BYTES, writeToken } from "./sharing/token.ts";
export type { AbortSignalLike, AsyncWaitOptions, WaitOptions } from "./sharing/waiting.ts";
export { type Calibration, type CalibrationPoint, calibrate } from "./stats/calibrate.ts";
export { expectNoLeaks, type LeakGroup, leaks } from "./stats/leaks.ts";
export { type MeterLike, type ObservationsLike, observe } from "./stats/observe.ts";
export { prometheus } from "./stats/prometheus.ts";
export { formatReport, type PoolReport, report, type Savings } from "./stats/report.ts";
export type { Numeric } from "./view/item-reader.ts";
export { linspace, range } from "./view/ranges.ts";
export { isSeriesLike, Series, series, type SeriesLike, type SeriesOptions } from "./view/series.ts";
export type { Values } from "./view/values.ts";
export { Vec, vec, type VecOptions } from "./view/vec.ts";
