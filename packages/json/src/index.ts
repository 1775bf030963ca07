/**
 * `@millpond/json`: this file only re-exports; each concept has a folder or file of its own.
 *
 * @module
 */

export { JsonError, type JsonErrorCode, type JsonPlace } from "./errors.ts";
