// What backends refuse of hatches.
import { unlike } from "../check.ts";
import type { FillStyle, HatchKind } from "./painter.ts";

const KINDS: ReadonlySet<HatchKind> = new Set<HatchKind>([
  "diagonal",
  "back-diagonal",
  "horizontal",
  "vertical",
  "cross",
  "diagonal-cross",
  "dots",
]);

/** Refuses a style whose hatch cannot be drawn. */
export function checkHatch({ hatch }: FillStyle): void {
  if (hatch === undefined) return;
  const { kind, spacing = 8, width = 1 } = hatch;
  if (!KINDS.has(kind)) throw unlike("a kind of hatch", kind);
  if (!(spacing >= 1 && spacing < Infinity)) throw unlike("a hatch spacing of 1 or more pixels", spacing);
  if (!(width >= 0 && width < Infinity)) throw unlike("a hatch width of 0 or more pixels", width);
}
