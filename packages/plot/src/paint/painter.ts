// What every backend can do: the one interface between figures, which know scales and layout, and backends, which know
// pixels or SVG. Coordinates are device pixels, y grows downwards, the middle of the first pixel is (0.5, 0.5); whoever
// calls has transformed everything. Points come as columns of numbers, never as objects.
//
// Every call is complete in itself: besides the clip there is no state, so the order of calls is the order of drawing.

/** A colour as one number, 0xRRGGBBAA, not premultiplied. `0xff0000ff` is opaque red. */
export type Color = number;

/** Columns of coordinates. */
export type Coordinates = Float64Array | Float32Array;

/** What joins two segments of a stroke. */
export type LineJoin = "round" | "miter" | "bevel";

/** How a stroke, or a dash of it, ends. */
export type LineCap = "butt" | "round" | "square";

/** How a stroke looks. */
export interface StrokeStyle {
  /** The colour; where a stroke crosses itself it is not drawn twice. */
  readonly color: Color;
  /** Pixels. Below 1 the stroke gets fainter instead of thinner; at 0 nothing is drawn. */
  readonly width: number;
  /** What joins the segments; dashed strokes are joined round. @defaultValue "round" */
  readonly join?: LineJoin | undefined;
  /** How ends look, those of dashes too. @defaultValue "butt" */
  readonly cap?: LineCap | undefined;
  /** Where a mitre would be longer than this many widths, the join is bevelled. @defaultValue 4 */
  readonly miterLimit?: number | undefined;
  /** Lengths in pixels: drawn, left out, drawn, and so on. An odd number of them counts twice. @defaultValue solid */
  readonly dash?: readonly number[] | undefined;
  /** Pixels into the dashes at which the stroke starts. @defaultValue 0 */
  readonly dashOffset?: number | undefined;
}

/** The seven hatches. */
export type HatchKind =
  | "diagonal"
  | "back-diagonal"
  | "horizontal"
  | "vertical"
  | "cross"
  | "diagonal-cross"
  | "dots";

/** Lines or dots over a fill. They are in phase over the whole figure, so neighbouring areas fit together. */
export interface Hatch {
  /** Which lines. */
  readonly kind: HatchKind;
  /** The colour of lines or dots. */
  readonly color: Color;
  /** Pixels between the middles of neighbouring lines. @defaultValue 8 */
  readonly spacing?: number | undefined;
  /** Pixels: the width of lines, the diameter of dots. @defaultValue 1 */
  readonly width?: number | undefined;
}

/** Which points lie inside where the rings of a path overlap. */
export type FillRule = "nonzero" | "evenodd";

/** How an area looks. */
export interface FillStyle {
  /** The colour. */
  readonly color: Color;
  /** What is inside. @defaultValue "nonzero" */
  readonly rule?: FillRule | undefined;
  /** Drawn over the colour, inside the same area. */
  readonly hatch?: Hatch | undefined;
}

/** The twelve markers. `plus` and `cross` are lines; `star` has five rays. */
export type MarkerKind =
  | "circle"
  | "square"
  | "triangle-up"
  | "triangle-down"
  | "diamond"
  | "plus"
  | "cross"
  | "star"
  | "open-circle"
  | "open-square"
  | "open-triangle"
  | "open-diamond";

/** How markers look. Each marker is drawn for itself, one over the other. */
export interface MarkerStyle {
  /** Which marker. */
  readonly kind: MarkerKind;
  /** Pixels: the diameter. */
  readonly size: number;
  /** The colour of the marker; of its lines where it has no inside. */
  readonly color: Color;
  /** The colour of the line around markers that have an inside. @defaultValue none */
  readonly edgeColor?: Color | undefined;
  /** Pixels: the width of that line, and of the lines of open markers, `plus` and `cross`. @defaultValue 1 */
  readonly edgeWidth?: number | undefined;
  /** A colour for each marker instead of `color`. */
  readonly colors?: Uint32Array | undefined;
  /** A diameter for each marker instead of `size`. */
  readonly sizes?: Coordinates | undefined;
}

/** Where the given point lies in a text, from left to right. */
export type TextAnchor = "start" | "middle" | "end";

/** Where the given point lies in a text, from top to bottom. */
export type TextBaseline = "top" | "middle" | "alphabetic" | "bottom";

/** Which font, how large. */
export interface FontStyle {
  /** Pixels from one line to the next, before spacing: the size of the font. */
  readonly size: number;
  /** Names of registered fonts, the first first; the bundled font stands behind them. @defaultValue the bundled font */
  readonly family?: string | readonly string[] | undefined;
}

/** How a text looks. */
export interface TextStyle extends FontStyle {
  /** The colour. */
  readonly color: Color;
  /** From left to right. @defaultValue "start" */
  readonly anchor?: TextAnchor | undefined;
  /** From top to bottom. @defaultValue "alphabetic" */
  readonly baseline?: TextBaseline | undefined;
  /** Degrees, clockwise on the screen, about the given point; -90 reads upwards. @defaultValue 0 */
  readonly rotation?: number | undefined;
}

/** How much room a text takes, in pixels. */
export interface TextExtent {
  /** From the start of the text to its end; of the longest line. */
  readonly width: number;
  /** From the first baseline up to the top of the font. */
  readonly ascent: number;
  /** From the last baseline down to the bottom of the font. */
  readonly descent: number;
  /** From the top of the first line to the bottom of the last. */
  readonly height: number;
}

/** Cells with a colour each, from the top left, row after row: four bytes R, G, B, A a cell, not premultiplied. */
export interface RgbaCells {
  /** Cells in a row. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  /** The cells. */
  readonly rgba: Uint8Array | Uint8ClampedArray;
}

/** Cells with a place in a palette each, from the top left, row after row. */
export interface PaletteCells {
  /** Cells in a row. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  /** The cells. */
  readonly indices: Uint8Array;
  /** Up to 256 colours. */
  readonly palette: Uint32Array;
}

/** An image. */
export type Cells = RgbaCells | PaletteCells;

/**
 * What a backend can do. Values that are not finite are never an error here: a point with NaN or an infinity ends a
 * stroke, leaves a ring without that point, and draws no marker, rectangle, image or text. Coordinates may be as large
 * as numbers are.
 */
export interface Painter {
  /** Pixels from left to right. */
  readonly width: number;
  /** Pixels from top to bottom. */
  readonly height: number;

  /**
   * Fills an area. Ring r has the points up to but not including `ringEnds[r]`, from where the ring before ended; rings
   * close by themselves. Holes are rings of the other direction, or any with the rule "evenodd".
   */
  fillPath(xs: Coordinates, ys: Coordinates, ringEnds: ArrayLike<number>, style: FillStyle): void;

  /** Strokes the line through `count` points. NaN makes a gap. */
  strokeLine(xs: Coordinates, ys: Coordinates, count: number, style: StrokeStyle): void;

  /** Strokes rings, as in `fillPath`: the last point of each is joined with its first. */
  strokeRings(xs: Coordinates, ys: Coordinates, ringEnds: ArrayLike<number>, style: StrokeStyle): void;

  /** Fills one rectangle; width and height may be negative. */
  fillRect(x: number, y: number, width: number, height: number, style: FillStyle): void;

  /** Fills `count` rectangles, each for itself. `colors` has a colour for each instead of the style's. */
  fillRects(
    xs: Coordinates,
    ys: Coordinates,
    widths: Coordinates,
    heights: Coordinates,
    count: number,
    style: FillStyle,
    colors?: Uint32Array,
  ): void;

  /** Draws a marker around each of `count` points. */
  markers(xs: Coordinates, ys: Coordinates, count: number, style: MarkerStyle): void;

  /**
   * Draws cells into a rectangle. `smooth` mixes neighbouring cells; without it every pixel has the colour of the cell
   * that its middle lies in. A negative width or height mirrors.
   */
  image(cells: Cells, x: number, y: number, width: number, height: number, smooth?: boolean): void;

  /**
   * Draws a text. Lines are separated by "\n". What stands between two `$` is simple maths: `^` and `_` raise and lower
   * the next character or `{group}`, `\alpha` and its like are Greek letters and signs; `\$` is a dollar.
   */
  text(text: string, x: number, y: number, style: TextStyle): void;

  /** The room that `text` takes, before rotation. */
  measure(text: string, font: FontStyle): TextExtent;

  /** From now on only what lies inside this rectangle, and inside the clips before it, is drawn. */
  pushClip(x: number, y: number, width: number, height: number): void;

  /** Ends the clip that was pushed last. */
  popClip(): void;
}
