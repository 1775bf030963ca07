// Huffman codes for deflate (RFC 1951): lengths from counts, codes from lengths, and the header of a block.

/** Lengths of codes of symbols that occur, none longer than `limit`; 0 for those that do not occur. */
export function codeLengths(counts: ArrayLike<number>, limit: number): Uint8Array {
  const shares = Float64Array.from(counts);
  for (;;) {
    const lengths = treeLengths(shares);
    if (lengths.every((length) => length <= limit)) return lengths;
    // Counts that are more alike give a flatter tree.
    for (let symbol = 0; symbol < shares.length; symbol++) shares[symbol] = Math.ceil(shares[symbol] / 2);
  }
}

// Room for more symbols than any alphabet of deflate has: counts and symbols sort as one number.
const SYMBOL_ROOM = 512;

// Two queues: symbols by count, and pairs in the order in which they were made, which is by count too.
function treeLengths(counts: Float64Array): Uint8Array {
  const lengths = new Uint8Array(counts.length);
  const keys = counts.map((count, symbol) => count * SYMBOL_ROOM + symbol).sort();
  const first = keys.findIndex((key) => key >= SYMBOL_ROOM);
  const leaves = first < 0 ? 0 : keys.length - first;
  if (leaves <= 2) {
    for (let leaf = 0; leaf < leaves; leaf++) lengths[keys[first + leaf] % SYMBOL_ROOM] = 1;
    return lengths;
  }
  const weights = new Float64Array(2 * leaves - 1);
  for (let leaf = 0; leaf < leaves; leaf++) weights[leaf] = Math.floor(keys[first + leaf] / SYMBOL_ROOM);
  const depths = depthsOf(weights, leaves);
  for (let leaf = 0; leaf < leaves; leaf++) lengths[keys[first + leaf] % SYMBOL_ROOM] = depths[leaf];
  return lengths;
}

// Joins the two lightest until one is left. `weights` has those of the leaves, ascending, and room for those of the pairs.
function depthsOf(weights: Float64Array, leaves: number): Uint8Array {
  const parents = new Int32Array(weights.length);
  let leaf = 0;
  let pair = leaves;
  for (let made = leaves; made < weights.length; made++) {
    for (let child = 0; child < 2; child++) {
      const isLeaf = leaf < leaves && (pair >= made || weights[leaf] <= weights[pair]);
      const lightest = isLeaf ? leaf++ : pair++;
      parents[lightest] = made;
      weights[made] += weights[lightest];
    }
  }
  const depths = new Uint8Array(parents.length);
  for (let node = parents.length - 2; node >= 0; node--) depths[node] = depths[parents[node]] + 1;
  return depths;
}

const MOST_BITS = 15;

/** The codes of symbols by their lengths, with the bits in the order in which deflate writes them. */
export function codesOf(lengths: Uint8Array): Uint16Array {
  const next = new Uint16Array(MOST_BITS + 2);
  for (const length of lengths) if (length > 0) next[length + 1]++;
  for (let length = 1; length <= MOST_BITS; length++)
    next[length + 1] = (next[length] + next[length + 1]) << 1;
  const codes = new Uint16Array(lengths.length);
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    if (lengths[symbol] > 0) codes[symbol] = reversed(next[lengths[symbol]]++, lengths[symbol]);
  }
  return codes;
}

function reversed(code: number, length: number): number {
  let bits = 0;
  for (let bit = 0; bit < length; bit++) bits |= ((code >>> bit) & 1) << (length - 1 - bit);
  return bits;
}

/** Bits to be written: value and how many. */
export type Bits = readonly [value: number, count: number];

const ORDER: readonly number[] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** The header of a block whose codes have these lengths, and whose one distance, 1 to 4, has a code of one bit. */
export function blockHeader(lengths: Uint8Array, distance: number, final: boolean): Bits[] {
  let literals = lengths.length;
  while (literals > 257 && lengths[literals - 1] === 0) literals--;
  // Distances up to 4 have the symbols from 0 on, without extra bits.
  const distances = [...new Uint8Array(distance - 1), 1];
  const all = [...lengths.subarray(0, literals), ...distances];
  const steps = packLengths(all);
  const counts = Array.from({ length: 19 }, () => 0);
  for (const [symbol] of steps) counts[symbol]++;
  const stepLengths = codeLengths(counts, 7);
  const stepCodes = codesOf(stepLengths);
  let orders = 19;
  while (orders > 4 && stepLengths[ORDER[orders - 1]] === 0) orders--;
  const bits: Bits[] = [
    [final ? 1 : 0, 1],
    [2, 2],
    [literals - 257, 5],
    [distances.length - 1, 5],
    [orders - 4, 4],
  ];
  for (let index = 0; index < orders; index++) bits.push([stepLengths[ORDER[index]], 3]);
  for (const [symbol, extra, extraBits] of steps) {
    bits.push([stepCodes[symbol], stepLengths[symbol]]);
    if (extraBits > 0) bits.push([extra, extraBits]);
  }
  return bits;
}

type Step = readonly [symbol: number, extra: number, extraBits: number];

// Lengths one by one, or how often the last one or 0 comes again.
function packLengths(lengths: readonly number[]): Step[] {
  const steps: Step[] = [];
  for (let at = 0; at < lengths.length;) {
    const length = lengths[at];
    let run = 1;
    while (at + run < lengths.length && lengths[at + run] === length) run++;
    at += run;
    if (length === 0) packZeros(steps, run);
    else packRepeats(steps, length, run);
  }
  return steps;
}

function packZeros(steps: Step[], count: number): void {
  let left = count;
  for (; left >= 11; left -= Math.min(left, 138)) steps.push([18, Math.min(left, 138) - 11, 7]);
  if (left >= 3) steps.push([17, left - 3, 3]);
  else for (; left > 0; left--) steps.push([0, 0, 0]);
}

function packRepeats(steps: Step[], length: number, count: number): void {
  steps.push([length, 0, 0]);
  let left = count - 1;
  for (; left >= 3; left -= Math.min(left, 6)) steps.push([16, Math.min(left, 6) - 3, 2]);
  for (; left > 0; left--) steps.push([length, 0, 0]);
}
