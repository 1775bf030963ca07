// What can be said about an axis.
import { unlike } from "../check.ts";
import { checkScale, type ScaleOptions } from "../scale/scale.ts";

/** A side of a panel. */
export type Side = "bottom" | "top" | "left" | "right";

/** An axis: its scale, its ticks, and what is drawn along it. */
export interface AxisOptions extends ScaleOptions {
  /** What stands along the axis. */
  readonly label?: string | undefined;
  /** Lines through the panel at the ticks. @defaultValue the theme's */
  readonly grid?: boolean | undefined;
  /** Whether texts stand at the ticks. @defaultValue true */
  readonly labels?: boolean | undefined;
  /**
   * Where the axis stands: an x axis "bottom" or "top", a y axis "left" or "right". A second y axis stands opposite to the
   * first one. @defaultValue "bottom" or "left"
   */
  readonly side?: Side | undefined;
  /** Degrees by which tick labels of an x axis are turned. @defaultValue 0, or -90 where they would touch */
  readonly rotation?: number | undefined;
}

/** Refuses options that no axis can have; `sides` are those on which it can stand. */
export function checkAxis(name: string, options: AxisOptions, sides: readonly Side[]): void {
  checkScale(name, options);
  const { side } = options;
  if (side === undefined || sides.includes(side)) return;
  const wanted = sides.length === 0 ? "no side, which other options decide" : `a side, ${sides.join(" or ")}`;
  throw unlike(`${name}: ${wanted}`, side);
}

/** Whether what stands on a side goes from left to right. */
export function isAcross(side: Side): boolean {
  return side === "bottom" || side === "top";
}

/** The other one of two sides. */
export const OPPOSITE: Readonly<Record<Side, Side>> = {
  bottom: "top",
  top: "bottom",
  left: "right",
  right: "left",
};
