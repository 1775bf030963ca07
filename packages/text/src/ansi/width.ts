// How many columns a terminal gives to a character.
//
// Two for what Unicode calls wide or full width (UAX 11) and for emoji, none for controls and for marks that join the
// character before. A character is a grapheme cluster: flags, families and letters with marks count once.

// East Asian wide and full width, from EastAsianWidth.txt of Unicode 17, without the emoji, which a property tells.
// Neighbouring ranges are joined over unassigned code points.
const WIDE: readonly (readonly [first: number, last: number])[] = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2630, 0x2637],
  [0x268a, 0x268f],
  [0x2e80, 0x303e],
  [0x3041, 0x3247],
  [0x3250, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18dff],
  [0x1aff0, 0x1b2fb],
  [0x1d300, 0x1d376],
  [0x1f200, 0x1f265],
  [0x20000, 0x2fffd],
  [0x30000, 0x3fffd],
];

const ZERO = /^(?:\p{Control}|\p{Mark}|\p{Surrogate}|\p{Default_Ignorable_Code_Point})+$/u;
const EMOJI = /\p{Emoji_Presentation}|\ufe0f/u;
// What starts a cluster with something else than its character.
const LEADING = /^(?:\p{Control}|\p{Mark}|\p{Format})+/u;

let segmenter: Intl.Segmenter | undefined;

/** The grapheme clusters of a text. */
export function graphemes(text: string): Iterable<{ readonly segment: string; readonly index: number }> {
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return segmenter.segment(text);
}

/** True where each unit is a character of one column. */
export function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x20 || unit > 0x7e) return false;
  }
  return true;
}

/** The columns of a text without sequences. */
export function columnsOf(text: string): number {
  if (isPlain(text)) return text.length;
  let columns = 0;
  for (const { segment } of graphemes(text)) columns += clusterColumns(segment);
  return columns;
}

/** The columns of one cluster. */
export function clusterColumns(cluster: string): number {
  if (cluster.length === 1 && isPlain(cluster)) return 1;
  if (ZERO.test(cluster)) return 0;
  if (EMOJI.test(cluster)) return 2;
  const code = cluster.replace(LEADING, "").codePointAt(0) ?? 0;
  return (isWide(code) ? 2 : 1) + halfMarks(cluster);
}

// Voicing marks of half width join the cluster before, and have a column of their own.
function halfMarks(cluster: string): number {
  let count = 0;
  for (let i = 1; i < cluster.length; i++) {
    const unit = cluster.charCodeAt(i);
    if (unit === 0xff9e || unit === 0xff9f) count++;
  }
  return count;
}

function isWide(code: number): boolean {
  if (code < WIDE[0][0]) return false;
  let low = 0;
  let high = WIDE.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (WIDE[middle][0] <= code) low = middle;
    else high = middle - 1;
  }
  return code <= WIDE[low][1];
}
