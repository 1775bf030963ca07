/**
 * `@millpond/text/node`: what needs Node's own modules. The main entry needs none and runs in browsers.
 *
 * @module
 */

export { file, type FilePath, type FileRange, fileSync } from "./source/files.ts";
export { fileRanges, type RangeOptions } from "./table/file-ranges.ts";
export {
  type ParallelTableOptions,
  type PartProgress,
  type PartSummary,
  rowsParallel,
} from "./table/rows-parallel.ts";
export type { TableFormat } from "./table/options.ts";
export { tableTask, type TableTaskOptions } from "./table/table-task.ts";
