// The kernel functions that users call, under the name `kernels`: each takes typed arrays, runs a WebAssembly kernel on
// the bytes where they lie when they lie in a region, and its TypeScript twin otherwise, with the same result.
//
// Filling and copying are not among them: the engine's own `fill` and `set` are as fast as a kernel for large arrays of plain
// memory, and faster for small ones. The kernels for both are for callers that have addresses and no array, or large arrays
// of shared memory, which `fill` writes with one atomic store an element.

export { distances, type DistanceOptions } from "./distances.ts";
export type { FloatArray } from "./number-twins.ts";
export { cosine, dot, l2, l2Squared } from "./pairs.ts";
export { max, mean, min, minMax, sum, variance, type VarianceOptions } from "./reductions.ts";
export type { Metric } from "./row-twins.ts";
