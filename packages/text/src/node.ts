/**
 * `@millpond/text/node`: what needs Node's own modules. The main entry needs none and runs in browsers.
 *
 * @module
 */

export { file, type FilePath, type FileRange, fileSync } from "./source/files.ts";
export { fileRanges, type RangeOptions } from "./table/file-ranges.ts";
