// The symbols of deflate for lengths of matches (RFC 1951, 3.2.5): a symbol stands for a range, extra bits say where in it.
import { RUNS, SHORTEST } from "./png-twin.ts";

/** Symbols for bytes, the end of a block, and lengths. */
export const SYMBOL_COUNT = 286;
/** The symbol that ends a block. */
export const END_OF_BLOCK = 256;
/** Kinds of tokens: bytes, and runs of 3 to 258. */
export const TOKEN_KINDS = 512;

/** The symbol of each token. */
export const tokenSymbols: Uint16Array = new Uint16Array(TOKEN_KINDS);
/** The extra bits of each token, and how many from bit 8 on. */
export const tokenExtras: Uint16Array = new Uint16Array(TOKEN_KINDS);

fillTables();

function fillTables(): void {
  for (let byte = 0; byte < 256; byte++) tokenSymbols[byte] = byte;
  let length = SHORTEST;
  for (let symbol = 257; symbol < SYMBOL_COUNT; symbol++) {
    // Eight symbols without extra bits, then four with 1, four with 2 and so on.
    const bits = symbol < 265 || symbol === 285 ? 0 : (symbol - 261) >> 2;
    // The longest length has a symbol of its own, which leaves the range before it one short.
    const count = symbol === 284 ? 31 : 1 << bits;
    for (let extra = 0; extra < count; extra++, length++) {
      tokenSymbols[RUNS + length - SHORTEST] = symbol;
      tokenExtras[RUNS + length - SHORTEST] = extra | (bits << 8);
    }
  }
}
