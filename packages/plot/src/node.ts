/**
 * `@millpond/plot/node`: figures to files.
 *
 * @module
 */

export { save } from "./node/save.ts";
