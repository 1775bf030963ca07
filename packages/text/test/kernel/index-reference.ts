// A plain reading of whole tables, to compare kernel and twin with: one function for each thing, over the whole text.

/** What a table looks like, in bytes. */
export interface ReferenceDialect {
  readonly delimiter: readonly number[];
  readonly quote: number;
  readonly escape: number;
  readonly terminators: readonly [number, number];
  readonly comment: readonly number[];
  readonly skipEmpty: boolean;
  readonly lenient: boolean;
  readonly trim: boolean;
}

/** Start of the row and ends of its fields. */
export type ReferenceRow = readonly [start: number, ends: readonly number[]];

/** Rows up to the end or the first error. */
export interface Reference {
  readonly rows: readonly ReferenceRow[];
  readonly error: readonly [code: number, at: number] | undefined;
}

const BAD_QUOTE = 2;
const UNTERMINATED = 3;

class Fault extends Error {
  readonly code: number;
  readonly at: number;
  constructor(code: number, at: number) {
    super(`error ${code} at ${at}`);
    this.code = code;
    this.at = at;
  }
}

/** Reads a whole text. */
export function reference(text: Uint8Array, dialect: ReferenceDialect): Reference {
  const rows: ReferenceRow[] = [];
  let at = 0;
  try {
    while (at < text.length) at = readRow(text, at, dialect, rows);
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    return { rows, error: [fault.code, fault.at] };
  }
  return { rows, error: undefined };
}

function readRow(text: Uint8Array, start: number, dialect: ReferenceDialect, rows: ReferenceRow[]): number {
  if (dialect.comment.length > 0 && startsWith(text, start, dialect.comment)) {
    let at = start;
    while (at < text.length && lineEnd(text, at, dialect) === 0) at++;
    return at + lineEnd(text, at, dialect);
  }
  const ends: number[] = [];
  let at = start;
  for (;;) {
    at = readField(text, at, dialect);
    ends.push(at);
    if (at === text.length || lineEnd(text, at, dialect) > 0) break;
    at += dialect.delimiter.length;
  }
  const empty = ends.length === 1 && at === start;
  if (!(empty && dialect.skipEmpty)) rows.push([start, ends]);
  return at + lineEnd(text, at, dialect);
}

function readField(text: Uint8Array, start: number, dialect: ReferenceDialect): number {
  let at = start;
  if (dialect.trim) while (isBlank(text[at]) && !separates(text, at, dialect)) at++;
  if (text[at] === dialect.quote) return readQuoted(text, start, at + 1, dialect);
  return readPlain(text, at, dialect);
}

function readPlain(text: Uint8Array, start: number, dialect: ReferenceDialect): number {
  for (let at = start; ; at++) {
    if (at >= text.length) return text.length;
    if (dialect.quote > 255 && text[at] === dialect.escape) at++;
    else if (separates(text, at, dialect)) return at;
    else if (text[at] === dialect.quote && !dialect.lenient) throw new Fault(BAD_QUOTE, at);
  }
}

function readQuoted(text: Uint8Array, field: number, start: number, dialect: ReferenceDialect): number {
  const doubled = dialect.escape > 255;
  for (let at = start; ; at++) {
    if (at >= text.length) {
      if (dialect.lenient) return text.length;
      throw new Fault(UNTERMINATED, field);
    }
    if (text[at] === dialect.escape) at++;
    else if (doubled && text[at] === dialect.quote && text[at + 1] === dialect.quote) at++;
    else if (text[at] === dialect.quote) return readBehind(text, at + 1, dialect);
  }
}

function readBehind(text: Uint8Array, start: number, dialect: ReferenceDialect): number {
  let at = start;
  if (dialect.trim) while (isBlank(text[at]) && !separates(text, at, dialect)) at++;
  if (at === text.length || separates(text, at, dialect)) return at;
  if (!dialect.lenient) throw new Fault(BAD_QUOTE, at);
  return readPlain(text, at, dialect);
}

function separates(text: Uint8Array, at: number, dialect: ReferenceDialect): boolean {
  return lineEnd(text, at, dialect) > 0 || startsWith(text, at, dialect.delimiter);
}

function lineEnd(text: Uint8Array, at: number, { terminators: [lf, cr] }: ReferenceDialect): number {
  if (at >= text.length) return 0;
  if (lf !== cr && text[at] === cr && text[at + 1] === lf) return 2;
  return text[at] === lf || text[at] === cr ? 1 : 0;
}

function startsWith(text: Uint8Array, at: number, mark: readonly number[]): boolean {
  return mark.every((byte, index) => text[at + index] === byte);
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x09;
}
