/**
 * `@millpond/json`: this file only re-exports; each concept has a folder or file of its own.
 *
 * @module
 */

export { diff } from "./diff/diff.ts";
export { applyMergePatch, mergePatch } from "./diff/merge-patch.ts";
export { applyPatch, type PatchOperation } from "./diff/patch.ts";
export { type Outline, outline, type OutlineOptions, type OutlineSymbol } from "./describe/outline.ts";
export { inferSchema, type JsonSchema, type SchemaOptions } from "./describe/schema.ts";
export type { SchemaType } from "./describe/shape.ts";
export { type JsonStatistics, statistics } from "./describe/statistics.ts";
export { type JsonComment, JsonDocument } from "./document.ts";
export type { EditObject, EditValue } from "./edit/edit-value.ts";
export { edit, type EditTarget, type JsonEditor } from "./edit/editor.ts";
export { applyEdits, applyEditsToBytes, type TextEdit } from "./edit/text-edits.ts";
export { JsonError, type JsonErrorCode, type JsonPlace } from "./errors.ts";
export { format, formatToBytes, minify, minifyToBytes } from "./format/format.ts";
export {
  formatStream,
  type FormatStreamOptions,
  minifyStream,
  type MinifyStreamOptions,
  type ReadingOptions,
} from "./format/stream.ts";
export type { FormatOptions, MinifyOptions, QuoteStyle } from "./format/options.ts";
export { type Diagnostic, applyFixes, lint } from "./lint/lint.ts";
export type { LintOptions, LintRule, LintSeverity } from "./lint/options.ts";
export type { Dialect } from "./parse/dialects.ts";
export type { Fault, FaultCode } from "./parse/faults.ts";
export type { JsonInput } from "./parse/load.ts";
export type { Encoding, ParseOptions, UnicodeMode } from "./parse/options.ts";
export { type JsonParser, parse, parser } from "./parser.ts";
export { type JsonPath, jsonPath, type JsonPathOptions } from "./path/json-path.ts";
export { normalizedPath } from "./path/normalized-path.ts";
export { JsonCursor } from "./read/cursor.ts";
export type { JsonDecimal } from "./read/decimal.ts";
export { type JsonSpan, locate, type LocateOptions } from "./read/locate.ts";
export { JsonNode } from "./read/node.ts";
export type { NodeReader } from "./read/node-reader.ts";
export { type PathStep, pointerOf } from "./read/path.ts";
export type { JsonTarget } from "./read/target.ts";
export type { JsonVisitor } from "./read/visit.ts";
export type { JsonValue } from "./read/value.ts";
export type { JsonChunk, JsonReadable, JsonSource } from "./stream/chunks.ts";
export { readDocuments, type StreamOptions } from "./stream/documents.ts";
export type { Framing } from "./stream/framer.ts";
export type { ChildStrategy } from "./tape/child-lists.ts";
export { DAMAGED, Kind, KIND_MASK, type KindName, NO_NODE } from "./tape/kinds.ts";
export type { Tape } from "./tape/tape.ts";
