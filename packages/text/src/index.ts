/**
 * `@millpond/text`: this file only re-exports; each concept has a folder or file of its own.
 *
 * @module
 */

export {
  type AnsiSegment,
  ansiSegments,
  ansiWidth,
  hasAnsi,
  hasOpenFormatting,
  padAnsi,
  type PadAnsiOptions,
  stripAnsi,
  truncateAnsi,
  type TruncateAnsiOptions,
} from "./ansi/ansi.ts";
export { findInvalidUtf8 } from "./bytes/utf8.ts";
export { TextError, type TextErrorCode, type TextPlace } from "./errors.ts";
export { indent } from "./indent/indent.ts";
export { type Isolated, isolateLeft, type IsolateOptions, isolateRight } from "./isolate/isolate.ts";
export { head, type HeadAndTail, headAndTail, tail } from "./lines/head-tail.ts";
export { type LineFold, lineTask } from "./lines/line-task.ts";
export type { Line } from "./lines/line.ts";
export { processLines, processLinesSync } from "./lines/process-lines.ts";
export type { LineOptions, LineProgress, LineSummary } from "./lines/process-options.ts";
export {
  type BlockProgress,
  type BlockSummary,
  type ParallelLineOptions,
  processLinesParallel,
} from "./lines/process-parallel.ts";
export {
  bigintFrom,
  integerFrom,
  numberFrom,
  type NumberOptions,
  type NumberPrefix,
  numberPrefix,
} from "./number/numbers.ts";
export { booleanFrom, timeFrom } from "./number/times.ts";
export type { TaskOptions } from "./parallel/ordered-tasks.ts";
export { type CommandOptions, type CommandToken, parseCommand } from "./parse/command.ts";
export {
  type ParsedRequest,
  parseRequests,
  type RequestOptions,
  type RequestValue,
} from "./parse/request.ts";
export { type ParsedToken, parseTokens } from "./parse/tokens.ts";
export { type TextArena, withArena, type WithArenaOptions } from "./split/text-arena.ts";
export type {
  AsyncReader,
  AsyncSource,
  Chunk,
  SyncReader,
  SyncSource,
  TableSource,
  WebStreamLike,
} from "./source/source.ts";
export type { DelimiterInput } from "./split/delimiters.ts";
export type { SplitOnceOptions, SplitOptions } from "./split/options.ts";
export type { QuotePair, QuotingOptions } from "./split/quotes.ts";
export type { Segment, SegmentKind, Segments } from "./split/segments.ts";
export { split, type Splitter, splitter, type TextSource } from "./split/splitter.ts";
export { AsyncTable } from "./table/async-table.ts";
export { Batch } from "./table/batch.ts";
export { Columns, type ColumnOf } from "./table/columns.ts";
export type { Dialect } from "./table/dialect.ts";
export type {
  AllStrings,
  ColumnChoice,
  ColumnType,
  ObjectOf,
  RowsOptions,
  Schema,
  SchemaOf,
  ValueOf,
} from "./table/options.ts";
export { Row } from "./table/row.ts";
export { rows } from "./table/rows.ts";
export { Table } from "./table/table.ts";
export type { CellValue } from "./writing/row-encoder.ts";
export type { NodeWritableLike, TableSink, WebWriterLike } from "./writing/table-sink.ts";
export {
  encodeRows,
  formatRows,
  type RowInput,
  type RowOf,
  writeRows,
  type WriteOptions,
} from "./writing/write-rows.ts";
export type { Encoding } from "./bytes/transcoder.ts";
export { sniff, type Sniffed } from "./table/sniff.ts";
