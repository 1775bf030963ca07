/**
 * `@millpond/text/node`: what needs Node's own modules. The main entry needs none and runs in browsers.
 *
 * @module
 */

export {
  file,
  type FilePath,
  type FileRange,
  fileRanges,
  fileSync,
  type RangeOptions,
} from "./source/files.ts";
