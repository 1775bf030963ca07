// Runs the suite over plain and shared kernels and over the twins: all lengths from 0 to 256 at all element offsets from
// 0 to 15, lengths around the ends of blocks, and addresses above 2 GiB up to the last byte of a 4 GiB memory.

import assert from "node:assert/strict";
import { test } from "node:test";

import { GiB, MiB, randomFrom, Region } from "@millpond/core";

import { type Implementation, kernelsOver, twinsOver } from "./implementations.ts";
import { type Case, checkOne, checkPair, checkRows, type Window, windowAt, windowAtEnd } from "./suite.ts";

const seed = 20_261_121;
const label = `seed ${seed}`;
const types = [Float32Array, Float64Array] as const;
const firstPageBytes = 65_536;
const implementations = [
  kernelsOver(Region.reserve(4 * MiB)),
  kernelsOver(Region.reserve(4 * MiB, "shared")),
  twinsOver(Region.reserve(4 * MiB, "arraybuffer")),
];

type Check = (on: Implementation, window: Window, theCase: Case) => void;

function everyLengthAndOffset(on: Implementation, window: Window, check: Check): void {
  const random = randomFrom(seed);
  for (const Type of types) {
    for (let length = 0; length <= 256; length++) {
      for (let offset = 0; offset < 16; offset++) check(on, window, { Type, length, offset, label, random });
    }
  }
}

function everyLength(on: Implementation, window: Window, check: Check): void {
  const random = randomFrom(seed);
  for (const Type of types) {
    for (let length = 0; length <= 256; length++) {
      check(on, window, { Type, length, offset: length % 16, label, random });
    }
  }
}

// Blocks have 2,048 elements: lengths that end on a block, just before and just behind it, with and without a rest.
function blockLengths(on: Implementation, window: Window, check: Check): void {
  const random = randomFrom(seed);
  for (const Type of types) {
    for (const more of [-9, -8, -1, 0, 1, 7, 8, 9, 1000]) {
      for (const blocks of [1, 2, 3]) {
        const length = 2048 * blocks + more;
        check(on, window, { Type, length, offset: length % 16, label, random });
      }
    }
  }
}

function rowsOf(on: Implementation, window: Window, theCase: Case): void {
  checkRows(on, window, theCase, (theCase.length + theCase.offset) % 11);
}

function firstPageIsZero({ region }: Implementation): void {
  const page = new Uint8Array(region.buffer, 0, firstPageBytes);
  assert(
    page.every((byte) => byte === 0),
    `something wrote into the first page of the ${region.kind} region`,
  );
}

for (const on of implementations) {
  const small = windowAt(firstPageBytes, 32_768);
  const large = windowAt(firstPageBytes, 600_000);

  test(`${on.name} of one array agree with the reference at every length and offset`, () => {
    everyLengthAndOffset(on, small, checkOne);
    blockLengths(on, large, checkOne);
    firstPageIsZero(on);
  });

  test(`${on.name} of two arrays agree with the reference at every length and offset`, () => {
    everyLengthAndOffset(on, small, checkPair);
    blockLengths(on, large, checkPair);
    firstPageIsZero(on);
  });

  test(`${on.name} of a query and rows agree with the reference at every length and offset`, () => {
    everyLengthAndOffset(on, small, rowsOf);
    blockLengths(on, large, rowsOf);
    firstPageIsZero(on);
  });
}

// The memories are reserved, not touched: what they take is the windows.
const threeGiB = kernelsOver(Region.reserve(3 * GiB));
const fourGiB = [kernelsOver(Region.reserve(4 * GiB)), kernelsOver(Region.reserve(4 * GiB, "shared"))];

test("kernels agree with the reference on arrays across the 2 GiB address and beyond it", () => {
  // The second array of a case begins 1,008 bytes before the address in question.
  for (const address of [2 * GiB, 3 * GiB - 100_000]) {
    const window = windowAt(address - 32_768 - 1008, 32_768);
    for (const check of [checkOne, checkPair, rowsOf]) everyLength(threeGiB, window, check);
  }
  firstPageIsZero(threeGiB);
});

for (const on of fourGiB) {
  test(`kernels agree with the reference on arrays that end with the last byte of 4 GiB of ${on.region.kind} memory`, () => {
    for (const last of [0, 1, 2]) {
      const window = windowAtEnd(4 * GiB, 32_768, last);
      for (const check of [checkOne, checkPair, rowsOf]) everyLength(on, window, check);
    }
    firstPageIsZero(on);
  });
}
