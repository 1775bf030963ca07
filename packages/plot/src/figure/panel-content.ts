// What a panel shows, as the chain of calls has it.
import type { AxisOptions } from "./axis-options.ts";
import type { InsetOptions } from "./inset.ts";
import type { LegendOptions } from "./legend.ts";
import type { Mark } from "./mark.ts";

/** What a panel shows. */
export interface PanelContent {
  readonly marks: readonly Mark[];
  readonly title: string | undefined;
  readonly x: AxisOptions;
  readonly y: AxisOptions;
  /** The axis at the right, for the marks that name it. */
  readonly y2: AxisOptions;
  readonly legend: LegendOptions | undefined;
  /** True for figures such as pies, which have no axes and whose panel is a square. */
  readonly bare: boolean;
  /** True where there is room for data and a frame only. */
  readonly plain?: boolean;
  readonly insets: readonly Inset[];
}

/** A panel within a panel. */
export interface Inset {
  readonly content: PanelContent;
  readonly options: InsetOptions;
}
