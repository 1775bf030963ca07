/**
 * `@millpond/plot`: this file only re-exports; each concept has a folder or file of its own.
 *
 * @module
 */

export { PlotError, type PlotErrorCode, type PlotPlace } from "./errors.ts";
export type { AxisOptions } from "./figure/axis-options.ts";
export type { Anchor } from "./figure/anchor.ts";
export { type JointOptions, jointPlot, type PairKind, type SingleKind } from "./figure/joint-plot.ts";
export type { LegendOptions, LegendPlace, LegendPosition } from "./figure/legend.ts";
export type { InsetOptions, Zoom } from "./figure/inset.ts";
export type { MarkOptions } from "./figure/mark.ts";
export { Panel } from "./figure/panel-builder.ts";
export type { Figure, PdfDocumentOptions, PngDocumentOptions, SvgDocumentOptions } from "./figure/outputs.ts";
export { type PairOptions, pairPlot } from "./figure/pair-plot.ts";
export type { PixelOptions } from "./figure/pixel-options.ts";
export { Plot, plot } from "./figure/plot.ts";
export { Panel3d } from "./figure/panel3d-builder.ts";
export { Plot3d, plot3d, type Plot3dOptions } from "./figure/plot3d.ts";
export type { PoolConfig } from "./figure/pool-config.ts";
export { Renderer, renderer, type RendererOptions } from "./figure/renderer.ts";
export type { FigureOptions } from "./figure/sheet.ts";
export {
  type Span3dOptions,
  type SpanOptions,
  type SubplotOptions,
  Subplots,
  subplots,
} from "./figure/subplots.ts";
export type { PixelColumns } from "./frames/call.ts";
export { pointStream, PointStream, type PointStreamOptions } from "./frames/point-stream.ts";
export { PreparedFigure } from "./frames/prepared-figure.ts";
export type { BandOptions, RuleOptions, TextOptions } from "./marks/annotations.ts";
export type { AreaOptions, BetweenOptions, StackOptions } from "./marks/area.ts";
export type { BarOptions, BarsOptions } from "./marks/bar.ts";
export type { BoxenOptions, BoxOptions } from "./marks/box.ts";
export type { CandleOptions, Prices } from "./marks/candlestick.ts";
export type { ContourOptions, ContourStyle, TableExtent } from "./marks/contour.ts";
export type { Missing, Named } from "./marks/data.ts";
export type { Density2dOptions } from "./marks/density-contours.ts";
export type { DensityOptions, EcdfOptions } from "./marks/distribution.ts";
export type { DendrogramOptions } from "./marks/dendrogram.ts";
export type { ErrorBarOptions, ErrorReach } from "./marks/error-bars.ts";
export type { GroupOptions, Groups } from "./marks/groups.ts";
export type { HeatmapOptions } from "./marks/heatmap.ts";
export type { HexbinOptions } from "./marks/hexbin.ts";
export type { HistogramOptions } from "./marks/histogram.ts";
export type { LineStyle } from "./marks/line-style.ts";
export type { LineOptions, StepOptions } from "./marks/line.ts";
export type { MarkerOptions } from "./marks/marker-options.ts";
export type { PieOptions } from "./marks/pie.ts";
export type { PolarOptions } from "./marks/polar.ts";
export type { QuiverOptions } from "./marks/quiver.ts";
export type { WheelOptions } from "./marks/wheel-grid.ts";
export type { PatchOptions } from "./marks/rectangles.ts";
export type { FitChoice, RegressionOptions } from "./marks/regression.ts";
export type { ResidualsOptions } from "./marks/residuals.ts";
export type { RugOptions } from "./marks/rug.ts";
export type { ScatterOptions } from "./marks/scatter.ts";
export type { StemOptions } from "./marks/stem.ts";
export type { StripOptions, SwarmOptions } from "./marks/strip.ts";
export type { ViolinOptions } from "./marks/violin.ts";
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
export { type PdfOptions, PdfPainter } from "./pdf/pdf-painter.ts";
export type { PngFilter, PngImage } from "./png/encoder.ts";
export { type ApngOptions, encodeApng, encodePng, type PngOptions } from "./png/png.ts";
export { type RasterOptions, RasterPainter } from "./raster/raster-painter.ts";
export { type SvgOptions, SvgPainter } from "./svg/svg-painter.ts";
export { FontSet } from "./text/font-set.ts";
export type { FontkitFont, FontkitGlyph } from "./text/user-face.ts";
export type { ScaleKind, ScaleOptions } from "./scale/scale.ts";
export type { Notation } from "./scale/tick-labels.ts";
export type { CameraOptions, CameraState } from "./space/camera.ts";
export type { Line3dOptions, Scatter3dOptions } from "./space/points.ts";
export type { SolidOptions } from "./space/solid.ts";
export type { SurfaceOptions, TableSolidOptions, WireframeOptions } from "./space/surface.ts";
export type { BinRule } from "./stats/bins.ts";
export type { Bandwidth } from "./stats/density.ts";
export type { Linkage } from "./stats/linkage.ts";
export type { Whiskers } from "./stats/quantiles.ts";
export type { ColormapName } from "./theme/colormaps.ts";
export type { ColorName } from "./theme/colors.ts";
export { figureTask, type FigureOutput } from "./threads/figure-task.ts";
export { type RenderedFigure, renderMany, type RenderManyOptions } from "./threads/render-many.ts";
export {
  type AxesPlace,
  type DataPlace,
  type Hit,
  type LegendEntry,
  type Pixel,
  type PlaceOptions,
  type SeriesPlace,
  View,
  type ViewAxes,
  type ViewLimits,
} from "./view/view.ts";
export type { Theme, ThemeName, ThemeOption } from "./theme/theme.ts";
