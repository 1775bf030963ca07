// The words in which an index of rows is described to whoever writes it, kernel or twin. Places are bytes from the start
// of the text; what lies before the text in the same memory is no concern of theirs.
//
// ```text
// ends   u32[]  one for each field: the byte behind it, a separator or the end of the text
// rows   u32[]  two for each row, and two more behind the last: the number of its first field, and its first byte
// ```
//
// The first field of a row starts at the row's first byte, every other one behind the separator before it. Comment lines
// and empty lines that are left out lie between rows.

/** Bytes of text that are there. */
export const FILLED = 0;
/** 1 when nothing will follow them. */
export const FINAL = 1;
/** Bytes looked at so far. */
export const POSITION = 2;
/** The state of the machine at that byte, one of the states below. */
export const MACHINE = 3;
/** 1 while a row is read that the kernel's fast half cannot read, until its end. */
export const EXACT_ROW = 4;
/** Fields written. */
export const FIELD_COUNT = 5;
/** Complete rows written. */
export const ROW_COUNT = 6;
/** The first byte of the row that is being read. */
export const ROW_START = 7;
/** Fields that have room. */
export const FIELD_LIMIT = 8;
/** Rows that have room, without the two words behind the last. */
export const ROW_LIMIT = 9;
/** Ends of lines so far, those in quoted fields included. */
export const LINES = 10;
/** Has bit 7 set when one of the bytes had. */
export const SEEN_BITS = 11;
/** The byte that an error is about. */
export const ERROR_AT = 12;
/** The first byte of the delimiter. */
export const DELIMITER = 13;
/** Bytes of the delimiter. */
export const DELIMITER_LENGTH = 14;
/** The quote, or `NO_BYTE`. */
export const QUOTE = 15;
/** What makes the next byte a plain one, or `NO_BYTE` where quotes are doubled instead. */
export const ESCAPE = 16;
/** A byte that ends a row. */
export const TERMINATOR = 17;
/** Another one; the same byte again where there is only one. When they differ, they are LF and CR. */
export const OTHER_TERMINATOR = 18;
/** Bytes of what comment lines start with; 0 where there are no comments. */
export const COMMENT_LENGTH = 19;
/** 1 when rows without a byte are left out. */
export const SKIP_EMPTY = 20;
/** 1 when a quote where none belongs is a character like any other. */
export const LENIENT = 21;
/** 1 when blanks around fields do not count, so that a quote may follow them. */
export const TRIM = 22;
/** The first of four words with the bytes of the delimiter. */
export const DELIMITER_BYTES = 24;
/** The first of four words with the bytes of the comment mark. */
export const COMMENT_BYTES = 28;
/** How many words there are. */
export const STATE_WORDS = 32;

/** The longest delimiter or comment mark. */
export const MARK_LIMIT = 16;

/** Stands for a byte that there is not. */
export const NO_BYTE = 256;

/** Before the first byte of a field, or, with `TRIM`, in the blanks before it. */
export const FIELD_START = 0;
/** In a field without quotes. */
export const UNQUOTED = 1;
/** Between quotes. */
export const QUOTED = 2;
/** Behind a quote that closed the field, or is the first of two. */
export const QUOTE_SEEN = 3;
/** Behind an escape between quotes. */
export const ESCAPED = 4;
/** Behind an escape in a field without quotes, in tables that have none. */
export const ESCAPED_UNQUOTED = 5;
/** In a comment line. */
export const COMMENT = 6;
/** With `TRIM`, in the blanks behind a closing quote. */
export const TRAILING = 7;

/** Everything that can be read has been read. */
export const MORE = 0;
/** There is no room for another field or row. */
export const FULL = 1;
/** A quote where none belongs, at `ERROR_AT`. */
export const BAD_QUOTE = 2;
/** The text ended between quotes; `ERROR_AT` is the byte of the opening one. */
export const UNTERMINATED = 3;
