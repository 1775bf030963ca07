// `node --conditions=source examples/figures.ts`: latencies of a server as they come in, as a figure of three panels.

import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { formatBytes, randomFrom, ring } from "@millpond/core";
import { renderer } from "@millpond/plot";
import { save } from "@millpond/plot/node";

const charts = renderer({ width: 900, height: 600, theme: "seaborn" });
const random = randomFrom(1);

// The last 20,000 requests; figures read them where they lie.
const times = ring(charts.pool, Float64Array, { capacity: 20_000 });
const latencies = ring(charts.pool, Float64Array, { capacity: 20_000 });
const start = Date.UTC(2025, 9, 26);
for (let request = 0; request < 50_000; request++) {
  times.push(start + request * 250);
  latencies.push(2 + 8 * random() ** 6 + (request % 9000 > 8500 ? 20 * random() : 0));
}

const figure = charts.subplots(2, 2, { title: "Requests" });
figure
  .at(0, 0, { columns: 2 })
  .line(times, latencies, { label: "latency" })
  .hline(15, { color: "red", style: "dashed", label: "limit" })
  .xaxis({ scale: "time", zone: "Europe/Berlin" })
  .ylabel("ms")
  .legend("upper left");
figure.at(1, 0).histogram(latencies, { bins: 60 }).yaxis({ scale: "log" }).xlabel("ms");
figure.at(1, 1).ecdf(latencies, { count: "percent" }).xlabel("ms").ylabel("%");

const path = join(tmpdir(), `millpond-figure-${process.pid}.png`);
await save(figure, path);
const bytes = readFileSync(path);
rmSync(path);
assert.equal(bytes.toString("latin1", 1, 4), "PNG");
console.log(`900 x 600 pixels in ${formatBytes(bytes.length)}; ${formatBytes(figure.svg().length)} as SVG`);

for (const kept of [times, latencies]) kept.release();
assert.equal(charts.stats().bytesInUse, 0);
charts.close();
