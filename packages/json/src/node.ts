/**
 * `@millpond/json/node`: files. Everything else is in the main entry, which loads in browsers as well.
 *
 * @module
 */

export { parseFile, readDocumentsInFile } from "./node/files.ts";
