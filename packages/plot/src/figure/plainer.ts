// What a small panel leaves out, so that its data keep a place: first what its axes are called, then the texts at the ticks
// and the legend, then the title, then everything but the data and the frame. A figure as small as a word is a sparkline then.
import type { Box } from "./axes.ts";
import type { AxisOptions } from "./axis-options.ts";
import type { PanelContent } from "./panel-content.ts";

// How much of the figure what lies between the axes takes at least, in each direction.
const LEAST_SHARE = 0.33;

/** Whether a panel leaves enough of a figure to its data. */
export function hasRoom(panel: Box, figure: Box): boolean {
  const wide = panel.right - panel.left >= LEAST_SHARE * (figure.right - figure.left);
  return wide && panel.bottom - panel.top >= LEAST_SHARE * (figure.bottom - figure.top);
}

/** What a panel shows instead, plainer from one to the next; the last one shows data and a frame. */
export const PLAINER: readonly ((content: PanelContent) => PanelContent)[] = [
  (content) => ({ ...content, ...each(content, { label: undefined }) }),
  withoutTexts,
  (content) => ({ ...withoutTexts(content), title: undefined }),
  (content) => ({ ...withoutTexts(content), title: undefined, insets: [], plain: true }),
];

// A legend needs more room than the texts at ticks.
function withoutTexts(content: PanelContent): PanelContent {
  return { ...content, ...each(content, { label: undefined, labels: false }), legend: undefined };
}

function each({ x, y, y2 }: PanelContent, less: AxisOptions): Pick<PanelContent, "x" | "y" | "y2"> {
  return { x: { ...x, ...less }, y: { ...y, ...less }, y2: { ...y2, ...less } };
}
