/**
 * `@millpond/plot/node`: figures to files.
 *
 * @module
 */

export { readFonts } from "./node/read-fonts.ts";
export { type AnimationOptions, save, saveAnimation, type SaveOptions } from "./node/save.ts";
