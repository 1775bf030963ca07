/**
 * `@millpond/plot/node`: figures to files.
 *
 * @module
 */

export { readFonts } from "./node/read-fonts.ts";
export { save } from "./node/save.ts";
