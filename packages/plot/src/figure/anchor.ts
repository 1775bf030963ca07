// The nine places within a panel where a legend or an inset can be.

/** All places, in the order in which the emptiest is looked for. */
export const ANCHORS = [
  "upper right",
  "upper left",
  "lower left",
  "lower right",
  "right",
  "left",
  "lower center",
  "upper center",
  "center",
] as const;

/** A place within a panel. */
export type Anchor = (typeof ANCHORS)[number];

/** The upper left corner of something of a size at a place, `gap` pixels from the frame. */
export function anchored(
  anchor: Anchor,
  panel: { left: number; top: number; right: number; bottom: number },
  width: number,
  height: number,
  gap: number,
): { x: number; y: number } {
  const has = (word: string): boolean => anchor.includes(word);
  const middleX = (panel.left + panel.right - width) / 2;
  const middleY = (panel.top + panel.bottom - height) / 2;
  const x = has("left") ? panel.left + gap : has("right") ? panel.right - gap - width : middleX;
  const y = has("upper") ? panel.top + gap : has("lower") ? panel.bottom - gap - height : middleY;
  return { x: Math.round(x), y: Math.round(y) };
}
