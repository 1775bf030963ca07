// Lists of the strings of a row. Short ones are written out as literals: V8 then makes the strings first, and after them the
// list with all of them in it, where it would otherwise make a list of nothing and replace one after the other. Reading a
// table of ten columns into lists that are kept takes a tenth less processor time for that.

/** Gives one string after the other. */
interface Source {
  next(): string;
}

// By half of their lengths: a list of an odd length gives its last string, of which there is none, away again.
const LITERALS: readonly ((s: Source) => string[])[] = [
  () => [],
  (s) => [s.next(), s.next()],
  (s) => [s.next(), s.next(), s.next(), s.next()],
  (s) => [s.next(), s.next(), s.next(), s.next(), s.next(), s.next()],
  (s) => [s.next(), s.next(), s.next(), s.next(), s.next(), s.next(), s.next(), s.next()],
  (s) => [s.next(), s.next(), s.next(), s.next(), s.next(), s.next(), s.next(), s.next(), s.next(), s.next()],
  (s) => [
    s.next(),
    s.next(),
    s.next(),
    s.next(),
    s.next(),
    s.next(),
    s.next(),
    s.next(),
    s.next(),
    s.next(),
    s.next(),
    s.next(),
  ],
  (s) => [
    s.next(),
    s.next(),
    s.next(),
    s.next(),
    s.next(),
    s.next(),
    s.next(),
    s.next(),
    s.next(),
    s.next(),
    s.next(),
    s.next(),
    s.next(),
    s.next(),
  ],
  (s) => [
    s.next(),
    s.next(),
    s.next(),
    s.next(),
    s.next(),
    s.next(),
    s.next(),
    s.next(),
    s.next(),
    s.next(),
    s.next(),
    s.next(),
    s.next(),
    s.next(),
    s.next(),
    s.next(),
  ],
];
const LONGEST_LITERAL = 2 * (LITERALS.length - 1);

const BLANKS: readonly string[][] = Array.from({ length: 257 }, (_, length) =>
  Array.from({ length }, () => ""),
);

/** A list of what `source` gives one after the other; behind the last of a row, that has to be an empty string. */
export function listOf(source: Source, length: number): string[] {
  if (length > LONGEST_LITERAL) return longListOf(source, length);
  const values = LITERALS[(length + 1) >> 1](source);
  if (values.length > length) values.pop();
  return values;
}

function longListOf(source: Source, length: number): string[] {
  const values = blanks(length);
  for (let index = 0; index < length; index++) values[index] = source.next();
  return values;
}

// Empty strings, in an array of exactly that length: a copy of one is made faster than an array is filled, and an array
// that grows has room for more than it holds.
function blanks(length: number): string[] {
  if (length >= BLANKS.length) return Array.from({ length }, () => "");
  return BLANKS[length].slice();
}
