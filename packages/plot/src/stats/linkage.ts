// Hierarchical clustering: the two nearest clusters become one, again and again, until one is left. Found by following
// nearest neighbours until two are each other's (the chain of F. Murtagh, 1983), which needs a number for each pair of
// points and time for each pair too. What a distance becomes when two clusters are joined is G. Lance and W. Williams'.
import type { Workspace } from "../reduce/workspace.ts";

/** How far two clusters are apart: their nearest points, their farthest, the mean of all pairs, or what variance it costs. */
export type Linkage = "single" | "complete" | "average" | "ward";

/** Clusters: the first `count` are single points; cluster `count + i` joins `left[i]` and `right[i]` at `heights[i]`. */
export interface ClusterTree {
  readonly count: number;
  readonly left: Uint32Array;
  readonly right: Uint32Array;
  readonly heights: Float64Array;
}

/** Clusters of points, which are rows of `columns` finite numbers, at rising heights. */
export function clusterTree(
  points: Float64Array,
  columns: number,
  linkage: Linkage,
  workspace: Workspace,
): ClusterTree {
  const count = points.length / columns;
  const joins = Math.max(0, count - 1);
  const distances = workspace.numbers(Math.max(1, count * count));
  fillDistances(points, columns, count, distances);
  const chained: Joins = {
    first: workspace.words(joins),
    second: workspace.words(joins),
    heights: workspace.numbers(joins),
  };
  joinAll(distances, count, linkage, chained, workspace);
  return sortedTree(chained, count, workspace);
}

// Pairs of points, one of each of the two clusters that are joined.
interface Joins {
  readonly first: Uint32Array;
  readonly second: Uint32Array;
  readonly heights: Float64Array;
}

function fillDistances(points: Float64Array, columns: number, count: number, distances: Float64Array): void {
  for (let a = 0; a < count; a++) {
    for (let b = a + 1; b < count; b++) {
      let squares = 0;
      for (let column = 0; column < columns; column++) {
        squares += (points[a * columns + column] - points[b * columns + column]) ** 2;
      }
      const distance = Math.min(Math.sqrt(squares), Number.MAX_VALUE);
      distances[a * count + b] = distance;
      distances[b * count + a] = distance;
    }
  }
}

function joinAll(
  distances: Float64Array,
  count: number,
  linkage: Linkage,
  { first, second, heights }: Joins,
  workspace: Workspace,
): void {
  const sizes = workspace.words(count).fill(1);
  const chain = workspace.words(count);
  let length = 0;
  for (let join = 0; join + 1 < count; join++) {
    if (length === 0) chain[length++] = sizes.findIndex((size) => size > 0);
    for (;;) {
      const last = chain[length - 1];
      const before = length > 1 ? chain[length - 2] : last;
      const near = nearest(distances, sizes, count, last, before);
      if (near === before) break;
      chain[length++] = near;
    }
    const [kept, gone] = [chain[length - 1], chain[length - 2]];
    length -= 2;
    first[join] = kept;
    second[join] = gone;
    heights[join] = distances[kept * count + gone];
    update(distances, sizes, count, kept, gone, linkage);
    sizes[kept] += sizes[gone];
    sizes[gone] = 0;
  }
}

// Of several that are as near, the one before in the chain, so that the chain ends.
function nearest(
  distances: Float64Array,
  sizes: Uint32Array,
  count: number,
  from: number,
  before: number,
): number {
  let best = before === from ? -1 : before;
  let least = best < 0 ? Infinity : distances[from * count + best];
  for (let other = 0; other < count; other++) {
    if (sizes[other] === 0 || other === from || !(distances[from * count + other] < least)) continue;
    best = other;
    least = distances[from * count + other];
  }
  return best;
}

function update(
  distances: Float64Array,
  sizes: Uint32Array,
  count: number,
  kept: number,
  gone: number,
  linkage: Linkage,
): void {
  const between = distances[kept * count + gone];
  for (let other = 0; other < count; other++) {
    if (sizes[other] === 0 || other === kept || other === gone) continue;
    const [a, b] = [distances[kept * count + other], distances[gone * count + other]];
    const joined = joinedDistance(linkage, a, b, between, sizes[kept], sizes[gone], sizes[other]);
    // The chain rests on it that no join brings clusters nearer; rounding could. The squares of large numbers overflow:
    // such clusters are as far apart as can be.
    const distance = joined <= Number.MAX_VALUE ? Math.max(joined, Math.min(a, b)) : Number.MAX_VALUE;
    distances[kept * count + other] = distance;
    distances[other * count + kept] = distance;
  }
}

function joinedDistance(
  linkage: Linkage,
  a: number,
  b: number,
  between: number,
  sizeA: number,
  sizeB: number,
  size: number,
): number {
  if (linkage === "single") return Math.min(a, b);
  if (linkage === "complete") return Math.max(a, b);
  if (linkage === "average") return (a * sizeA + b * sizeB) / (sizeA + sizeB);
  const squares = (size + sizeA) * a * a + (size + sizeB) * b * b - size * between * between;
  return Math.sqrt(Math.max(0, squares) / (size + sizeA + sizeB));
}

// The chain joins in its own order; by height, each join finds which clusters its points are in by then.
function sortedTree({ first, second, heights }: Joins, count: number, workspace: Workspace): ClusterTree {
  const order = Array.from(heights.keys()).sort((a, b) => heights[a] - heights[b]);
  const tree = {
    count,
    left: workspace.words(order.length),
    right: workspace.words(order.length),
    heights: workspace.numbers(order.length),
  };
  const parents = workspace.words(Math.max(1, 2 * count - 1));
  for (let node = 0; node < parents.length; node++) parents[node] = node;
  for (const [join, from] of order.entries()) {
    const [a, b] = [rootOf(parents, first[from]), rootOf(parents, second[from])];
    tree.left[join] = Math.min(a, b);
    tree.right[join] = Math.max(a, b);
    tree.heights[join] = heights[from];
    parents[a] = count + join;
    parents[b] = count + join;
  }
  return tree;
}

// Halves the way up as it goes, so that the next search is short.
function rootOf(parents: Uint32Array, node: number): number {
  let at = node;
  while (parents[at] !== at) {
    parents[at] = parents[parents[at]];
    at = parents[at];
  }
  return at;
}
