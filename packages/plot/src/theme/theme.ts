// How figures look where nothing else is said: colours, widths and sizes of text, all lengths in points.
import { checkOptions } from "../check.ts";
import { PlotError } from "../errors.ts";
import type { ColorName } from "./colors.ts";

/** The looks of a figure. Lengths are in points, a 72nd of an inch. */
export interface Theme {
  /** Behind everything. */
  readonly background: ColorName;
  /** Behind the data. */
  readonly panel: ColorName;
  /** Text. */
  readonly text: ColorName;
  /** Frame and tick marks. */
  readonly frame: ColorName;
  /** The width of the frame; 0 for none. */
  readonly frameWidth: number;
  /** Which sides of the frame are drawn: all four, or left and bottom. */
  readonly spines: "box" | "open";
  /** How long tick marks are. */
  readonly tickLength: number;
  /** Whether grid lines are drawn. */
  readonly grid: boolean;
  /** The colour of grid lines. */
  readonly gridColor: ColorName;
  /** The width of grid lines. */
  readonly gridWidth: number;
  /** The width of lines through data. */
  readonly lineWidth: number;
  /** The diameter of markers. */
  readonly markerSize: number;
  /** The edge of bars, wedges and boxes; "darker" takes the colour of each, darkened. */
  readonly patchEdge: ColorName;
  /** The size of texts in the panel. */
  readonly fontSize: number;
  /** The size of titles. */
  readonly titleSize: number;
  /** The size of what stands along the axes. */
  readonly labelSize: number;
  /** The size of what stands at ticks. */
  readonly tickSize: number;
  /** The size of what stands in legends. */
  readonly legendSize: number;
  /** Registered fonts, the first first; the bundled font stands behind them. */
  readonly font: string | readonly string[] | undefined;
  /** Colours of series, in turn. */
  readonly palette: readonly ColorName[];
}

/** The themes that come with the package. */
export type ThemeName =
  | "light"
  | "dark"
  | "minimal"
  | "seaborn"
  | "publication"
  | "presentation"
  | "ieee"
  | "nature"
  | "colorblind";

const hexes = (text: string): readonly string[] => text.split(" ").map((digits) => `#${digits}`);
const TAB10 = hexes("1f77b4 ff7f0e 2ca02c d62728 9467bd 8c564b e377c2 7f7f7f bcbd22 17becf");
const DEEP = hexes("4c72b0 dd8452 55a868 c44e52 8172b3 937860 da8bc3 8c8c8c ccb974 64b5cd");
const WONG = hexes("000000 e69f00 56b4e9 009e73 f0e442 0072b2 d55e00 cc79a7");
const BRIGHT = hexes("8dd3c7 ffffb3 bebada fb8072 80b1d3 fdb462 b3de69 fccde5");

const light: Theme = {
  background: "#ffffff",
  panel: "#ffffff",
  text: "#000000",
  frame: "#000000",
  frameWidth: 0.8,
  spines: "box",
  tickLength: 3.5,
  grid: true,
  gridColor: "#b0b0b080",
  gridWidth: 0.8,
  lineWidth: 1.5,
  markerSize: 6,
  patchEdge: "darker",
  fontSize: 10,
  titleSize: 14,
  labelSize: 10,
  tickSize: 9,
  legendSize: 9,
  font: undefined,
  palette: TAB10,
};

const THEMES: Readonly<Record<ThemeName, Theme>> = {
  light,
  dark: {
    ...light,
    background: "#1e1e1e",
    panel: "#1e1e1e",
    text: "#e6e6e6",
    frame: "#b0b0b0",
    gridColor: "#60606080",
    palette: BRIGHT,
  },
  minimal: { ...light, grid: false, spines: "open", fontSize: 11, labelSize: 11, tickSize: 10 },
  seaborn: {
    ...light,
    panel: "#eaeaf2",
    text: "#262626",
    frameWidth: 0,
    tickLength: 0,
    gridColor: "#ffffff",
    gridWidth: 1,
    patchEdge: "#ffffff",
    palette: DEEP,
  },
  publication: { ...light, titleSize: 12, tickSize: 8, legendSize: 8, grid: false, lineWidth: 1.2 },
  presentation: {
    ...light,
    fontSize: 14,
    titleSize: 20,
    labelSize: 14,
    tickSize: 12,
    legendSize: 12,
    lineWidth: 2.5,
  },
  ieee: {
    ...light,
    fontSize: 8,
    titleSize: 8,
    labelSize: 8,
    tickSize: 7,
    legendSize: 7,
    lineWidth: 0.75,
    frameWidth: 0.5,
    gridWidth: 0.4,
    markerSize: 4,
    palette: WONG,
  },
  nature: {
    ...light,
    fontSize: 7,
    titleSize: 7,
    labelSize: 7,
    tickSize: 6,
    legendSize: 6,
    lineWidth: 1,
    frameWidth: 0.5,
    grid: false,
    spines: "open",
    markerSize: 4,
  },
  colorblind: { ...light, palette: WONG },
};

/** A theme by its name, or the light one (or another, named by `base`) with some things changed. */
export type ThemeOption = ThemeName | (Partial<Theme> & { readonly base?: ThemeName });

/** The whole theme that an option stands for. */
export function themeOf(option: ThemeOption): Theme {
  if (typeof option !== "string") checkOptions("theme", option);
  const { base = "light", ...changes } = typeof option === "string" ? { base: option } : option;
  if (!Object.hasOwn(THEMES, base)) {
    const known = Object.keys(THEMES).join(", ");
    throw new PlotError("BAD_ARGUMENT", `expected a theme, one of ${known}, got ${JSON.stringify(base)}`);
  }
  return { ...THEMES[base], ...changes };
}
