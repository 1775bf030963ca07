// Huffman codes for deflate (RFC 1951): lengths from counts, codes from lengths, and the header of a block.

/** Lengths of codes of symbols that occur, none longer than `limit`; 0 for those that do not occur. */
export function codeLengths(counts: ArrayLike<number>, limit: number): Uint8Array {
  let shares = Array.from(counts);
  for (;;) {
    const lengths = treeLengths(shares);
    if (Math.max(...lengths) <= limit) return lengths;
    // Counts that are more alike give a flatter tree.
    shares = shares.map((count) => (count + 1) >>> 1);
  }
}

// Two queues: symbols by count, and pairs in the order in which they were made, which is by count too.
function treeLengths(counts: readonly number[]): Uint8Array {
  const lengths = new Uint8Array(counts.length);
  const symbols = counts
    .map((_, symbol) => symbol)
    .filter((symbol) => counts[symbol] > 0)
    .sort((a, b) => counts[a] - counts[b] || a - b);
  if (symbols.length <= 2) {
    for (const symbol of symbols) lengths[symbol] = 1;
    return lengths;
  }
  const weights = symbols.map((symbol) => counts[symbol]);
  const parents = new Int32Array(2 * symbols.length - 1);
  let leaf = 0;
  let pair = symbols.length;
  const least = (): number =>
    leaf < symbols.length && (pair >= weights.length || weights[leaf] <= weights[pair]) ? leaf++ : pair++;
  while (weights.length < parents.length) {
    const first = least();
    const second = least();
    parents[first] = weights.length;
    parents[second] = weights.length;
    weights.push(weights[first] + weights[second]);
  }
  const depths = new Uint8Array(parents.length);
  for (let node = parents.length - 2; node >= 0; node--) depths[node] = depths[parents[node]] + 1;
  for (let index = 0; index < symbols.length; index++) lengths[symbols[index]] = depths[index];
  return lengths;
}

/** The codes of symbols by their lengths, with the bits in the order in which deflate writes them. */
export function codesOf(lengths: Uint8Array): Uint16Array {
  const codes = new Uint16Array(lengths.length);
  let code = 0;
  for (let length = 1; length <= 15; length++) {
    for (let symbol = 0; symbol < lengths.length; symbol++) {
      if (lengths[symbol] === length) codes[symbol] = reversed(code++, length);
    }
    code <<= 1;
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
