// `node --conditions=source examples/live-figure.ts`: a measurement as it comes in, drawn anew for every batch of points;
// of each frame only the columns of pixels that changed are drawn.

import assert from "node:assert/strict";

import { Pool, randomFrom } from "@millpond/core";
import { encodeApng, plot, pointStream } from "@millpond/plot";

const [width, height] = [640, 240];
const pool = new Pool({ name: "live" });
const points = pointStream(pool, { capacity: 5000 });
const live = plot({ width, height, pool, theme: "dark" })
  .line(points.xs, points.ys, { label: "load" })
  .hline(0.8, { color: "orange", style: "dashed", label: "limit" })
  .xaxis({ nice: true, label: "seconds" })
  .yaxis({ limits: [0, 1] })
  .legend("upper left")
  .prepare();

const random = randomFrom(7);
const into = pool.acquire(Uint8Array, 4 * width * height);
const frames: { width: number; height: number; pixels: Uint8Array }[] = [];
let drawn = 0;
for (let second = 0; second < 120; second++) {
  for (let part = 0; part < 10; part++) {
    points.append(second + part / 10, 0.5 + 0.3 * Math.sin(second / 9) + 0.1 * random());
  }
  const { left, right } = live.frame({ into });
  drawn += right - left;
  if (second % 10 === 9) frames.push({ width, height, pixels: into.slice() });
}
assert(drawn < 120 * width);
const film = encodeApng(frames, { delayMs: 200, pool });
console.log(
  `120 frames, of which ${Math.round((100 * drawn) / (120 * width))} % were drawn; ${film.length} bytes of film`,
);

live.release();
points.release();
pool.release(into);
assert.equal(pool.stats().bytesInUse, 0);
