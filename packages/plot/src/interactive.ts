/**
 * `@millpond/plot/interactive`: figures in a browser that people can move.
 *
 * @module
 */

export type { CanvasPixels, InteractiveCanvas } from "./interactive/canvas.ts";
export { interact, Interaction, type InteractOptions } from "./interactive/interact.ts";
