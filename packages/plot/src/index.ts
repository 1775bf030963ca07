/**
 * `@millpond/plot`: this file only re-exports; each concept has a folder or file of its own.
 *
 * @module
 */

export { PlotError, type PlotErrorCode, type PlotPlace } from "./errors.ts";
export type {
  Cells,
  Color,
  Coordinates,
  FillRule,
  FillStyle,
  FontStyle,
  Hatch,
  HatchKind,
  LineCap,
  LineJoin,
  MarkerKind,
  MarkerStyle,
  Painter,
  PaletteCells,
  RgbaCells,
  StrokeStyle,
  TextAnchor,
  TextBaseline,
  TextExtent,
  TextStyle,
} from "./paint/painter.ts";
export { Path } from "./paint/path.ts";
export { type RasterOptions, RasterPainter } from "./raster/raster-painter.ts";
export { FontSet } from "./text/font-set.ts";
export type { FontkitFont, FontkitGlyph } from "./text/user-face.ts";
