// The kernel functions that users call, under the name `kernels`: each takes typed arrays, runs a WebAssembly kernel on
// the bytes where they lie when they lie in a region, and its TypeScript twin otherwise, with the same result.

export { distances, type DistanceOptions } from "./distances.ts";
export { copy, fill } from "./moves.ts";
export type { FloatArray } from "./number-twins.ts";
export { cosine, dot, l2, l2Squared } from "./pairs.ts";
export { max, mean, min, minMax, sum, variance, type VarianceOptions } from "./reductions.ts";
export type { Metric } from "./row-twins.ts";
