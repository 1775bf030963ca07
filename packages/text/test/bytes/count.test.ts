// Counting a byte: the kernel and its twin against a plain loop.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Pool } from "@millpond/core";

import { countByte } from "../../src/bytes/count.ts";

test("a byte is counted, wherever bytes lie and however many there are.", () => {
  const pools = [new Pool(), new Pool({ memory: "arraybuffer" })];
  for (const pool of pools) {
    const room = pool.acquire(Uint8Array, 400);
    for (let index = 0; index < room.length; index++) room[index] = index % 3 === 0 ? 10 : (index * 7) % 256;
    for (let start = 0; start < 20; start++) {
      for (let length = 0; length < 300; length++) {
        const bytes = room.subarray(start, start + length);
        for (const byte of [10, 0, 255]) {
          assert.equal(countByte(bytes, byte), bytes.filter((each) => each === byte).length);
        }
      }
    }
    pool.release(room);
  }
});
