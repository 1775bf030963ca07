// Dendrograms: which points belong together, as a tree of clusters. Points stand along one axis, and two clusters are joined
// at the height that says how far they are apart.
import type { Series, SeriesLike } from "@millpond/core";

import type { Canvas, Mark, MarkOptions, Prepared, Setting } from "../figure/mark.ts";
import type { Color } from "../paint/painter.ts";
import { Points } from "../reduce/points.ts";
import type { Mapping } from "../scale/mapping.ts";
import { type ClusterTree, clusterTree, type Linkage } from "../stats/linkage.ts";
import { fade } from "../theme/colors.ts";
import { checkTexts } from "./check-options.ts";
import { checkColumns } from "./contour.ts";
import { badOption, badValue, checkLengths, checkNumber, seriesOf } from "./data.ts";

/** Options of dendrograms. */
export interface DendrogramOptions extends Omit<MarkOptions, "label" | "axis"> {
  /** Numbers that describe a point: values come point after point. */
  readonly columns: number;
  /** When clusters are near each other. @defaultValue "average" */
  readonly linkage?: Linkage | undefined;
  /** Where the root of the tree is. @defaultValue "top" */
  readonly orientation?: "top" | "bottom" | "left" | "right" | undefined;
  /** A name for each point. @defaultValue their numbers */
  readonly labels?: readonly string[] | undefined;
  /** Of longer names, so many characters are shown, the last one "…". @defaultValue all */
  readonly labelLength?: number | undefined;
  /** Clusters that are joined below this height have a colour each. @defaultValue 0.7 of the largest */
  readonly threshold?: number | undefined;
  /** The colours of the clusters; a `color` takes the place of all of them. @defaultValue the palette's */
  readonly colors?: readonly string[] | undefined;
  /** Points. @defaultValue the theme's, 1.5 */
  readonly width?: number | undefined;
}

// Each pair of points has a number while they are clustered: 128 MiB of them.
const MOST_POINTS = 4096;

/** A tree of clusters. */
export function dendrogramMark(name: string, values: SeriesLike, options: DendrogramOptions): Mark {
  const data = seriesOf(values, name, "values");
  const { columns, linkage = "average", orientation = "top", labels } = options;
  checkColumns(name, columns, data.length);
  const count = data.length / columns;
  if (count > MOST_POINTS) throw badOption(name, "values", `of at most ${MOST_POINTS} points`, count);
  checkTexts(name, "labels", labels);
  if (labels !== undefined) checkLengths(name, { points: count, labels: labels.length });
  if (!["single", "complete", "average", "ward"].includes(linkage))
    throw badOption(name, "linkage", '"single", "complete", "average" or "ward"', linkage);
  if (!["top", "bottom", "left", "right"].includes(orientation))
    throw badOption(name, "orientation", '"top", "bottom", "left" or "right"', orientation);
  const { labelLength = 1 } = options;
  if (!(Number.isInteger(labelLength) && labelLength >= 1))
    throw badOption(name, "labelLength", "an integer from 1 on", labelLength);
  checkNumber(name, "threshold", options.threshold, 0, Number.MAX_VALUE);
  checkNumber(name, "width", options.width, 0, 1000);
  return {
    name,
    colors: 0,
    axis: "left",
    prepare: (setting) => prepareTree(name, data, options, setting),
  };
}

function prepareTree(name: string, data: Series, options: DendrogramOptions, setting: Setting): Prepared {
  const { columns, linkage = "average", orientation = "top", labels, labelLength } = options;
  const points = setting.workspace.numbers(data.length);
  data.copyTo(points);
  const bad = points.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw badValue(name, "finite values", points[bad], bad);
  const tree = clusterTree(points, columns, linkage, setting.workspace);
  const highest = tree.heights.reduce((most, height) => Math.max(most, height), 0);
  const shape = layTree(tree, options.threshold ?? 0.7 * highest, setting);
  const leaves = {
    low: 0,
    high: tree.count - 1,
    names: Array.from(shape.leaves, (leaf) => shortened(labels?.[leaf] ?? String(leaf), labelLength)),
  };
  const heights = {
    low: 0,
    high: highest,
    base: 0,
    inverted: orientation === "bottom" || orientation === "left",
  };
  const upright = orientation === "top" || orientation === "bottom";
  return {
    x: upright ? leaves : heights,
    y: upright ? heights : leaves,
    keys: [],
    draw: (canvas) => drawTree(tree, shape, upright, options, canvas, setting),
  };
}

// Counted as people count characters, so that no emoji is cut in two.
function shortened(text: string, most = Infinity): string {
  const characters = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join("")}…`;
}

interface Shape {
  /** Points, in the order in which they stand side by side. */
  readonly leaves: Uint32Array;
  /** For each join, 0 if it lies above the threshold, else the number of its cluster, from 1 on. */
  readonly clusters: Uint32Array;
  readonly most: number;
}

// From the root down, left before right.
function layTree(
  { count, left, right, heights }: ClusterTree,
  threshold: number,
  { workspace }: Setting,
): Shape {
  const leaves = workspace.words(count);
  const clusters = workspace.words(heights.length);
  const waiting = count > 0 ? [{ node: 2 * count - 2, cluster: 0 }] : [];
  let [found, most] = [0, 0];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const join = next.node - count;
    if (join < 0) {
      leaves[found++] = next.node;
      continue;
    }
    if (next.cluster > 0) clusters[join] = next.cluster;
    else if (heights[join] < threshold) clusters[join] = ++most;
    for (const node of [right[join], left[join]]) waiting.push({ node, cluster: clusters[join] });
  }
  return { leaves, clusters, most };
}

function drawTree(
  { count, left, right, heights }: ClusterTree,
  { leaves, clusters, most }: Shape,
  upright: boolean,
  options: DendrogramOptions,
  canvas: Canvas,
  { workspace, looks }: Setting,
): void {
  const [along, up] = upright ? [canvas.x, canvas.y] : [canvas.y, canvas.x];
  const places = workspace.numbers(count + heights.length);
  for (const [place, leaf] of leaves.entries()) places[leaf] = place;
  for (let join = 0; join < heights.length; join++)
    places[count + join] = (places[left[join]] + places[right[join]]) / 2;
  const heightOf = (node: number): number => (node < count ? 0 : heights[node - count]);
  const lines = new Points(workspace, 5 * heights.length);
  for (let cluster = 0; cluster <= most; cluster++) {
    lines.count = 0;
    for (let join = 0; join < heights.length; join++) {
      if (clusters[join] !== cluster) continue;
      const [a, b] = [left[join], right[join]];
      pushBridge(
        lines,
        along,
        up,
        upright,
        [places[a], heightOf(a)],
        [places[b], heightOf(b)],
        heights[join],
      );
    }
    const stroke = looks.stroke(
      clusterColor(cluster, options, looks),
      options.width ?? looks.theme.lineWidth,
      {
        join: "miter",
      },
    );
    canvas.painter.strokeLine(lines.xs, lines.ys, lines.count, stroke);
    canvas.occupancy.line(lines.xs, lines.ys, lines.count);
  }
}

// From one cluster up to the height of the join, across, and down to the other.
function pushBridge(
  lines: Points,
  along: Mapping,
  up: Mapping,
  upright: boolean,
  [a, heightA]: readonly [number, number],
  [b, heightB]: readonly [number, number],
  height: number,
): void {
  for (const [place, level] of [
    [a, heightA],
    [a, height],
    [b, height],
    [b, heightB],
  ]) {
    const [s, t] = [along.place(place), up.place(level)];
    if (upright) lines.push(s, t);
    else lines.push(t, s);
  }
  lines.gap();
}

function clusterColor(cluster: number, options: DendrogramOptions, looks: Setting["looks"]): Color {
  const { color, colors, alpha = 1 } = options;
  if (color !== undefined) return looks.color(color, alpha);
  if (cluster === 0) return fade(looks.text, alpha);
  return looks.color(colors?.[(cluster - 1) % colors.length] ?? `C${cluster - 1}`, alpha);
}
