// What people draw over (or under) data: lines across the panel, spans, rectangles, texts and arrows. They do not move the
// limits of the axes.
import { type Canvas, type Mark, type MarkOptions, NO_EXTENT, type Setting } from "../figure/mark.ts";
import { strokeBox } from "../paint/stroke-box.ts";
import { fade } from "../theme/colors.ts";
import { badOption, checkNumber } from "./data.ts";
import { dashOf, type LineStyle } from "./line-style.ts";
import { clamp, patchKeys, type PatchOptions, patchStyle } from "./rectangles.ts";

/** Options of lines across the panel. */
export interface RuleOptions extends MarkOptions {
  /** Points. @defaultValue 1 */
  readonly width?: number | undefined;
  /** How the line is dashed. @defaultValue "solid" */
  readonly style?: LineStyle | undefined;
}

/** Options of texts. */
export interface TextOptions extends Omit<MarkOptions, "label"> {
  /** Points. @defaultValue the theme's */
  readonly size?: number | undefined;
  /** Degrees, clockwise. @defaultValue 0 */
  readonly rotation?: number | undefined;
  /** Which part of the text is at the point. @defaultValue "middle" */
  readonly anchor?: "start" | "middle" | "end" | undefined;
  /** A colour behind the text. @defaultValue none */
  readonly background?: string | undefined;
  /** A point that an arrow leads to from the text. */
  readonly arrowTo?: readonly [x: number, y: number] | undefined;
}

/** A line across the panel at a value of one axis. */
export function ruleMark(name: string, along: "x" | "y", value: number, options: RuleOptions): Mark {
  if (!Number.isFinite(value)) throw badOption(name, "the value", "a finite number", value);
  return {
    name,
    colors: 0,
    axis: options.axis ?? "left",
    layer: "above",
    prepare({ looks }: Setting) {
      const color = textColor(options, looks);
      const width = options.width ?? 1;
      const stroke = looks.stroke(color, width, { dash: dashOf(name, options.style, looks.pixels(width)) });
      return {
        keys: options.label === undefined ? [] : [{ label: options.label, stroke }],
        draw({ painter, x, y, left, right, top, bottom }) {
          const place = (along === "x" ? x : y).place(value);
          if (along === "x")
            painter.strokeLine(Float64Array.of(place, place), Float64Array.of(top, bottom), 2, stroke);
          else painter.strokeLine(Float64Array.of(left, right), Float64Array.of(place, place), 2, stroke);
        },
      };
    },
  };
}

/** Options of spans and rectangles. */
export interface BandOptions extends PatchOptions {
  /** The colour of the edge. @defaultValue "none" */
  readonly edgeColor?: string | undefined;
}

/** What lies between two values of one axis (or of both), filled below the data. */
export function spanMark(
  name: string,
  xs: readonly [number, number] | undefined,
  ys: readonly [number, number] | undefined,
  options: BandOptions,
): Mark {
  for (const [what, pair] of [
    ["x", xs],
    ["y", ys],
  ] as const) {
    if (
      pair !== undefined &&
      !(Array.isArray(pair) && pair.length === 2 && pair.every((value) => Number.isFinite(value)))
    ) {
      throw badOption(name, what, "two finite numbers", pair);
    }
  }
  return {
    name,
    colors: 0,
    axis: options.axis ?? "left",
    layer: "below",
    prepare(setting: Setting) {
      const color = setting.looks.color(options.color ?? "C0", options.alpha ?? 0.2);
      const style = patchStyle(color, { edgeColor: "none", ...options }, setting);
      return {
        keys: patchKeys(options.label, style),
        draw({ painter, x, y, left, right, top, bottom }) {
          const [x0, x1] =
            xs === undefined ? [left, right] : xs.map((value) => clamp(x.place(value), left, right));
          const [y0, y1] =
            ys === undefined ? [top, bottom] : ys.map((value) => clamp(y.place(value), top, bottom));
          painter.fillRect(x0, y0, x1 - x0, y1 - y0, style.fill);
          if (style.edge !== undefined) strokeBox(painter, x0, y0, x1, y1, style.edge);
        },
      };
    },
  };
}

/** A text at a point, with an arrow if wanted. */
export function textMark(
  name: string,
  at: readonly [number, number],
  text: string,
  options: TextOptions,
): Mark {
  checkNumber(name, "size", options.size, 0, 1000);
  const { anchor = "middle" } = options;
  if (!["start", "middle", "end"].includes(anchor))
    throw badOption(name, "anchor", '"start", "middle" or "end"', anchor);
  if (!at.every((value) => Number.isFinite(value)))
    throw badOption(name, "the point", "two finite numbers", at);
  return {
    name,
    colors: 0,
    axis: options.axis ?? "left",
    layer: "above",
    prepare: (setting) => ({
      x: NO_EXTENT,
      y: NO_EXTENT,
      keys: [],
      draw: (canvas) => drawText(at, text, options, canvas, setting),
    }),
  };
}

function drawText(
  [atX, atY]: readonly [number, number],
  text: string,
  options: TextOptions,
  { painter, x, y }: Canvas,
  { looks }: Setting,
): void {
  const size = options.size ?? looks.theme.fontSize;
  const color = textColor(options, looks);
  const [px, py] = [x.place(atX), y.place(atY)];
  const { anchor = "middle", rotation = 0, background, arrowTo } = options;
  const { width, height } = painter.measure(text, looks.font(size));
  if (arrowTo !== undefined) {
    const [tipX, tipY] = [x.place(arrowTo[0]), y.place(arrowTo[1])];
    // The arrow leads from the middle of the text and begins where it leaves its box.
    const middle = anchor === "middle" ? px : anchor === "start" ? px + width / 2 : px - width / 2;
    const pad = looks.pixels(2);
    const [dx, dy] = [tipX - middle, tipY - py];
    const share = 1 / Math.max(1, Math.abs(dx) / (width / 2 + pad), Math.abs(dy) / (height / 2 + pad));
    drawArrow(middle + dx * share, py + dy * share, tipX, tipY, color, looks.unit, painter);
  }
  if (background !== undefined && rotation === 0) {
    const pad = looks.pixels(2);
    const left = anchor === "middle" ? px - width / 2 : anchor === "start" ? px : px - width;
    painter.fillRect(left - pad, py - height / 2 - pad, width + 2 * pad, height + 2 * pad, {
      color: looks.color(background),
    });
  }
  painter.text(text, px, py, looks.textStyle(size, { color, anchor, baseline: "middle", rotation }));
}

// The colour of text, if nobody says otherwise.
function textColor({ color, alpha = 1 }: MarkOptions, looks: Setting["looks"]): number {
  return color === undefined ? fade(looks.text, alpha) : looks.color(color, alpha);
}

/** An arrow with a filled head; lengths follow `unit`, the pixels in a point. */
function drawArrow(
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  color: number,
  unit: number,
  painter: Canvas["painter"],
): void {
  const length = Math.hypot(x1 - x0, y1 - y0);
  if (!(length > 0)) return;
  const [dx, dy] = [(x1 - x0) / length, (y1 - y0) / length];
  const head = Math.min(length, 7 * unit);
  const [neckX, neckY] = [x1 - dx * head, y1 - dy * head];
  painter.strokeLine(Float64Array.of(x0, neckX), Float64Array.of(y0, neckY), 2, { color, width: 1.2 * unit });
  const half = head * 0.35;
  const xs = Float64Array.of(x1, neckX - dy * half, neckX + dy * half);
  const ys = Float64Array.of(y1, neckY + dx * half, neckY - dx * half);
  painter.fillPath(xs, ys, [3], { color });
}
