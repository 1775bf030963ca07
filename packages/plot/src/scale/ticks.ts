// What stands along an axis.

/** Where ticks are, in values of the axis, and what is written at the major ones. */
export interface Ticks {
  readonly majors: readonly number[];
  readonly minors: readonly number[];
  /** One for each major tick. */
  readonly labels: readonly string[];
}
