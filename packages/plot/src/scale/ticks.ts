// What stands along an axis. Finding it takes longer than anything else of a small figure, and the next frame or figure often
// has the same axis: what was found is kept by everything that it depends on.
import { Kept } from "../kept.ts";

/** Where ticks are, in values of the axis, and what is written at the major ones. */
export interface Ticks {
  readonly majors: readonly number[];
  readonly minors: readonly number[];
  /** One for each major tick. */
  readonly labels: readonly string[];
}

const KEPT_TICKS = 512;
const kept = new Kept<Ticks>(KEPT_TICKS);

/** The ticks of an axis, found once; `axis` is all that says which they are. */
export function keptTicks(axis: readonly unknown[], find: () => Ticks): Ticks {
  return kept.of(JSON.stringify(axis), find);
}
