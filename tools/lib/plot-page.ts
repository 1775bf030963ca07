// The page docs/plot-types.md: every type of plot with its options, its pictures, and the code that draws the first of them.
// Pictures are the golden images of the package's tests, so they show what the code draws now.

import {
  figureType,
  type NamedValues,
  namedValues,
  type Option,
  type PlotType,
  plotTypes,
  SHARED,
  sharedOptions,
} from "./plot-types.ts";
import type { Repository } from "./repository.ts";
import { syntax, walk } from "./syntax.ts";

/** Where the page lies. */
export const PAGE = "docs/plot-types.md";

const FIGURE = "packages/plot/src/figure/";
const GALLERY = "packages/plot/test/golden/gallery.ts";
const IMAGES = "../packages/plot/test/golden/images/";

// The pictures of each type; a type that is not here has one of its own name.
const PICTURES: Readonly<Record<string, readonly string[]>> = {
  line: ["line", "line-smooth", "line-gaps", "line-dense"],
  scatter: ["scatter", "scatter-values", "scatter-density"],
  area: ["area", "area-steps"],
  fillBetween: ["fill-between", "fill-above"],
  stackedArea: ["stacked-area", "stacked-area-wiggle", "stacked-area-smooth"],
  bar: ["bar", "bar-text"],
  bars: ["bar-grouped", "bar-stacked", "bar-edges"],
  histogram: ["histogram", "histogram-cumulative", "histogram-horizontal"],
  errorBars: ["error-bars", "error-bars-dashed"],
  heatmap: ["heatmap", "heatmap-text", "heatmap-symlog"],
  box: ["box", "box-parts"],
  boxen: ["boxen", "boxen-pale"],
  violin: ["violin", "violin-quartiles", "violin-split"],
  strip: ["strip", "strip-parts"],
  swarm: ["swarm", "swarm-positions"],
  kde: ["kde", "kde-verticals"],
  ecdf: ["ecdf", "ecdf-markers"],
  rug: ["kde-verticals"],
  stem: ["stem", "stem-horizontal"],
  candlestick: ["candlestick", "candlestick-volume", "ohlc"],
  pie: ["pie", "donut", "pie-shadow"],
  radar: ["radar", "radar-range"],
  polar: ["polar", "polar-compass"],
  dendrogram: ["dendrogram", "dendrogram-left"],
  contour: ["contour", "contour-filled", "contour-labels", "contour-cubic"],
  kde2d: ["kde2d", "kde2d-filled"],
  hexbin: ["hexbin", "hexbin-values", "hexbin-std"],
  regression: ["regression", "regression-origin"],
  quiver: ["quiver", "quiver-lengths", "quiver-key"],
  hline: ["annotations"],
  vline: ["annotations"],
  xspan: ["annotations"],
  yspan: ["annotations"],
  rectangle: ["annotations"],
  text: ["annotations"],
  jointPlot: ["joint", "joint-kde", "joint-residuals"],
  pairPlot: ["pairs", "pairs-kde"],
};

const SPACE_PICTURES: Readonly<Record<string, readonly string[]>> = {
  scatter: ["space-points"],
  line: ["space-line"],
  surface: ["space-surface"],
  wireframe: ["space-wireframe"],
};

const INTRODUCTION = `# Types of plots

What can be drawn, with all options, made from the source by \`npm run catalogue\`. [Figures](plot.md) says how figures are
made; here, \`p\` is one. The code below a picture draws the first one; its data are those of
[the gallery](../packages/plot/test/golden/gallery.ts).
`;

const SHARED_TITLES: Readonly<Record<string, string>> = {
  MarkOptions: "Options of marks",
  MarkerOptions: "Options of markers",
  PatchOptions: "Options of patches",
  GroupOptions: "Options of groups",
};

/** The text of the page. */
export function plotPage(repository: Repository): string {
  const plane = plotTypes(repository, `${FIGURE}panel-builder.ts`, "Panel");
  const space = plotTypes(repository, `${FIGURE}plot3d.ts`, "Plot3d");
  const whole = [
    figureType(repository, `${FIGURE}joint-plot.ts`, "jointPlot"),
    figureType(repository, `${FIGURE}pair-plot.ts`, "pairPlot"),
  ];
  const shared = SHARED.flatMap((name) => sharedOptions(repository, name));
  const options = [...plane, ...space, ...whole].flatMap((type) => type.options);
  const sections = [
    INTRODUCTION,
    ...SHARED.map((name) => sharedSection(repository, name)),
    "## In a panel\n",
    ...plane.map((type) => section(repository, type, PICTURES[type.name] ?? [type.name])),
    "## Whole figures\n",
    ...whole.map((type) => section(repository, type, PICTURES[type.name])),
    "## In space\n\nMethods of `plot3d()`.\n",
    ...space.map((type) => section(repository, type, SPACE_PICTURES[type.name] ?? [type.name])),
    `## Values\n\n${valuesTable(namedValues(repository, [...shared, ...options]))}\n`,
  ];
  return sections.join("\n");
}

/** The pictures that the page shows, by their paths. */
export function picturesOf(page: string): string[] {
  return [...page.matchAll(/<img src="\.\.\/([^"]+)"/g)].map(([, path]) => path);
}

function sharedSection(repository: Repository, name: string): string {
  return `## ${SHARED_TITLES[name]}\n\n${table(sharedOptions(repository, name))}\n`;
}

function section(repository: Repository, type: PlotType, pictures: readonly string[]): string {
  const images = pictures.map((name) => `<img src="${IMAGES}${name}.png" width="260" alt="${name}">`);
  const code = pictureCode(repository, pictures[0]);
  const parts = [
    `### ${type.name}`,
    type.calls.map((call) => `\`${call}\``).join(", "),
    type.sentence,
    images.join("\n"),
    code === undefined ? undefined : `\`\`\`js\n${code}\n\`\`\``,
    type.options.length === 0 ? undefined : table(type.options),
    sharedSentence(type),
  ];
  return `${parts.filter((part) => part !== undefined).join("\n\n")}\n`;
}

function sharedSentence({ shared, options }: PlotType): string | undefined {
  if (shared.length === 0) return undefined;
  const links = shared.map(({ name, without }) => {
    const title = SHARED_TITLES[name];
    const but = without.length === 0 ? "" : ` but for ${without.map((option) => `\`${option}\``).join(", ")}`;
    return `[${title.toLowerCase()}](#${title.toLowerCase().replaceAll(" ", "-")})${but}`;
  });
  return `${options.length === 0 ? "It has the" : "And the"} ${links.join(", and the ")}.`;
}

function table(options: readonly Option[]): string {
  const rows = options.map(
    ({ name, values, sentence, otherwise }) =>
      `| \`${name}\` | \`${escaped(values)}\` | ${escaped(otherwise)} | ${escaped(sentence)} |`,
  );
  return ["| option | values | otherwise | |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

function valuesTable(named: readonly NamedValues[]): string {
  const rows = named.map(
    ({ name, values, sentence }) => `| \`${name}\` | \`${escaped(values)}\` | ${escaped(sentence)} |`,
  );
  return ["| name | values | |", "| --- | --- | --- |", ...rows].join("\n");
}

function escaped(text: string): string {
  return text.replaceAll("|", "\\|");
}

// What the gallery draws a picture with, if one expression does it.
function pictureCode(repository: Repository, picture: string): string | undefined {
  const file = syntax(GALLERY, repository.files.get(GALLERY) ?? "");
  let found: string | undefined;
  walk(file.body, (node) => {
    if (node.type !== "Property") return;
    const key = node["key"] as { readonly name?: string; readonly value?: unknown };
    const value = node["value"] as {
      readonly type: string;
      readonly body?: { type: string; start: number; end: number };
    };
    if ((key.name ?? key.value) !== picture || value.type !== "ArrowFunctionExpression") return;
    if (value.body !== undefined && value.body.type !== "BlockStatement")
      found = dedented(file.text.slice(value.body.start, value.body.end));
  });
  return found;
}

// The lines but the first, which begins behind the arrow, have the same white space in front.
function dedented(code: string): string {
  const lines = code.split("\n");
  const spaces = lines.slice(1).map((line) => /^ */.exec(line)![0].length);
  const least = Math.max(0, Math.min(...spaces) - (lines.at(-1)!.trimStart().startsWith(")") ? 0 : 2));
  return [lines[0], ...lines.slice(1).map((line) => line.slice(least))].join("\n");
}
