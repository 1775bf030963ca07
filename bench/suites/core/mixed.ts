// A program that asks for six kinds of array in turn, with up to three in use: what a pool that is tuned for repeating
// one request must also do well.

import type { Case, Scale, Subject } from "../../lib/definition.ts";
import {
  allocUnsafe,
  type BenchArray,
  freeList,
  fresh,
  type Give,
  type Source,
  type Take,
  thingMalloc,
  typedarrayPool,
  unsafe,
} from "./sources.ts";

const GROUP = "acquireUnsafe + release, six sizes mixed, up to three in use";

/** Even places ask for bytes, odd ones for doubles. */
const lengths: Record<Scale, Uint32Array> = {
  full: Uint32Array.of(4096, 1000, 65_536, 10_000, 700, 2500),
  quick: Uint32Array.of(40, 10, 65, 12, 7, 25),
};

// Holds three, and gives back the one taken three requests ago.
function mix<S>(
  state: S,
  takeBytes: Take<S>,
  takeDoubles: Take<S>,
  give: Give<S>,
  held: BenchArray[],
  wanted: Uint32Array,
  count: number,
): void {
  let place = 0;
  let oldest = 0;
  for (let i = 0; i < count; i++) {
    give(state, held[oldest]);
    const length = wanted[place];
    const array = (place & 1) === 0 ? takeBytes(state, length) : takeDoubles(state, length);
    array[0] = i;
    array[length - 1] = i;
    held[oldest] = array;
    place = place === 5 ? 0 : place + 1;
    oldest = oldest === 2 ? 0 : oldest + 1;
  }
}

function subject(from: Source, wanted: Uint32Array): Subject {
  const setup = async () => {
    const state = await from.open({ bytes: 2 ** 20 });
    const { u8, f64 } = from.take;
    const held = [u8(state, wanted[0]), f64(state, wanted[1]), u8(state, wanted[2])];
    return {
      run: (count: number) => mix(state, u8, f64, from.give, held, wanted, count),
      answer: () => {
        mix(state, u8, f64, from.give, held, wanted, 600);
        // Three operations after 597: what they wrote, and into which kinds.
        return held.map((array) => [array[0], array.BYTES_PER_ELEMENT]);
      },
    };
  };
  return { name: from.name, role: from.role, setup };
}

/** The one mixed case. */
export function mixedCases(scale: Scale): Case[] {
  const sources = [unsafe, fresh, allocUnsafe, typedarrayPool, thingMalloc, freeList];
  const subjects = sources.map((from) => subject(from, lengths[scale]));
  return [{ group: GROUP, name: "mixed sizes", row: "six sizes", subjects }];
}
