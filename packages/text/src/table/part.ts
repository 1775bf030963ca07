// A part of a table, as somebody reads it who has not read what is before it.
//
// Rows belong to the part that they start in. A row that goes on behind the end of its part is read to its own end, so a
// part that was begun at the start of a row gives whole rows, and tells where the next part has to begin.
//
// ```text
//      start            until
//   …\n|row\n row\n … row\n|row\n          the next part begins at `until`
//   …\n|row\n row\n … "ro\n|w"\n|row\n     the next part begins at `end`
//                          until  end
// ```

/** What is known of the columns of a table. */
export interface KnownColumns {
  readonly names: readonly string[] | undefined;
  readonly width: number;
}

/** A place in the whole text between two rows. */
export interface RowPlace {
  readonly offset: number;
  /** Ends of lines before it. */
  readonly lines: number;
}

/** What is known of a part before it is read. */
export interface TablePart {
  readonly start: RowPlace;
  /** Rows that start here, or behind it, are not part of it. */
  readonly until: number;
  /** Undefined for the part at the start of the text, which the header is in. */
  readonly columns: KnownColumns | undefined;
}
