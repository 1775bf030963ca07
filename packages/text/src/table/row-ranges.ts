// Cuts a file into ranges of whole rows, for workers that read one each, without reading what lies between the cuts.
//
// Where a table says by itself whether a byte lies between quotes, some bytes around each cut are looked at. Other dialects
// are read from the start, up to the last cut.

import { TextError } from "../errors.ts";
import { NO_BYTE } from "../kernel/index-layout.ts";
import type { Settings } from "./options.ts";
import { BytesAt, cutAfter } from "./row-cuts.ts";
import { type ReadAt, RowStarts } from "./row-starts.ts";

const STEP_BYTES = 64 * 1024;

/** The first byte, and the one behind the last. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Ranges of whole rows that cover the bytes, at most `parts` of them and about equally long. */
export function rowRanges(
  readAt: ReadAt,
  byteLength: number,
  parts: number,
  settings: Settings,
): ByteRange[] {
  refuseUtf16(readAt);
  if (canLookAround(settings)) {
    const { dialect, maxRowBytes } = settings;
    return rangesBetween(byteLength, parts, (from) =>
      cutAfter(new BytesAt(readAt, byteLength, STEP_BYTES), from, dialect, maxRowBytes),
    );
  }
  const starts = new RowStarts(readAt, settings);
  try {
    return rangesBetween(byteLength, parts, (from) => starts.next(from));
  } finally {
    starts.close();
  }
}

// Whether what lies around a byte says whether it is between quotes.
function canLookAround({ dialect, skipLines }: Settings): boolean {
  const { escape, comment, lenient, trim } = dialect;
  return skipLines === 0 && escape === NO_BYTE && comment.length === 0 && !lenient && !trim;
}

function rangesBetween(byteLength: number, parts: number, cut: (from: number) => number): ByteRange[] {
  const ranges: ByteRange[] = [];
  let start = 0;
  for (let part = 1; part < parts; part++) {
    const wanted = Math.floor((byteLength * part) / parts);
    if (wanted <= start) continue;
    const end = cut(wanted);
    if (end >= byteLength) break;
    ranges.push({ start, end });
    start = end;
  }
  if (start < byteLength) ranges.push({ start, end: byteLength });
  return ranges;
}

/** Refuses a text whose line ends are of two bytes: a byte that looks like one may be half of a letter. */
export function refuseUtf16(readAt: ReadAt): void {
  const mark = new Uint8Array(2);
  readAt(mark, 0);
  if (mark[0] + mark[1] !== 0xff + 0xfe || Math.abs(mark[0] - mark[1]) !== 1) return;
  throw new TextError(
    "BAD_ARGUMENT",
    "a table in UTF-16 cannot be cut into ranges; read it as a whole, or convert it to UTF-8",
  );
}
