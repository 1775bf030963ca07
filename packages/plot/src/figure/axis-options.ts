// What can be said about an axis.
import type { ScaleOptions } from "../scale/scale.ts";

/** An axis: its scale, its ticks, and what is drawn along it. */
export interface AxisOptions extends ScaleOptions {
  /** What stands along the axis. */
  readonly label?: string | undefined;
  /** Lines through the panel at the ticks. @defaultValue the theme's */
  readonly grid?: boolean | undefined;
  /** Whether texts stand at the ticks. @defaultValue true */
  readonly labels?: boolean | undefined;
  /** Degrees by which tick labels of an x axis are turned. @defaultValue 0, or -90 where they would touch */
  readonly rotation?: number | undefined;
}
