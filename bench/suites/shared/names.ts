// Names of the cases that the bars look up.

export const HIT = "acquire + release, f64 x 1,000, cache hit";
export const CONTENDED = "acquire + release, f64 x 1,000, two threads at once";
export const HAND_OVER = "hand over 2.4 MB, there and back";

/** Wall time over the operations of all threads at work. */
export const WALL = "wall time";
