/**
 * `@millpond/text`: this file only re-exports; each concept has a folder or file of its own.
 *
 * @module
 */

export { TextError, type TextErrorCode, type TextPlace } from "./errors.ts";
export {
  bigintFrom,
  integerFrom,
  numberFrom,
  type NumberOptions,
  type NumberPrefix,
  numberPrefix,
} from "./number/numbers.ts";
export { booleanFrom, timeFrom } from "./number/times.ts";
export { type TextArena, withArena, type WithArenaOptions } from "./scope/text-arena.ts";
export type { DelimiterInput } from "./split/delimiters.ts";
export type { QuotePair, QuotingOptions, SplitOnceOptions, SplitOptions } from "./split/options.ts";
export type { Segment, SegmentKind, Segments } from "./split/segments.ts";
export { split, type Splitter, splitter, type TextSource } from "./split/splitter.ts";
