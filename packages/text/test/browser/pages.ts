// What runs in the browser, as users would write it: scenes that read and write text, and give plain data to compare.
import { IMPORT_MAP } from "../../../../tools/lib/serve.ts";

/** A table that the page fetches: quoted fields, in more bytes than a kernel's block and than a window. */
export const TABLE: string = `id,name,price\n${'7,"Mühle, ""alt""",2.5\n'.repeat(40_000)}`;

/** `window.scenes` has one function a test. */
export const PAGE: string = `<!doctype html><title>text</title><link rel="icon" href="data:,">
${IMPORT_MAP}
<script type="module">
import { kernels, Pool } from "@millpond/core";
import { numberFrom, processLines, rows, sniff, split, splitter, withArena, writeRows } from "@millpond/text";

const streamOf = (bytes, size) => {
  let at = 0;
  return new ReadableStream({
    pull(queue) {
      if (at < bytes.length) queue.enqueue(bytes.subarray(at, (at += size)));
      else queue.close();
    },
  });
};

window.scenes = {
  split() {
    const words = Array.from({ length: 500 }, (_, index) => "wörd" + index);
    using parts = split(words.join(","), ",");
    const widest = withArena((arena) => splitter([",", ";"]).split("a;bb,c", arena).texts());
    return { equal: parts.texts().join() === words.join(), count: parts.length, widest };
  },

  async fetched() {
    const pool = new Pool();
    const { body } = await fetch("/table.csv");
    let sum = 0;
    let names = 0;
    for await (const batch of rows(body, { header: true, pool }).batches()) {
      sum += kernels.sum(batch.floats("price"));
      for (const row of batch) if (row.equals("name", 'Mühle, "alt"')) names++;
    }
    return { sum, names, inUse: pool.stats().inUse };
  },

  async chunks() {
    const bytes = new TextEncoder().encode('a;b\\r\\n"é\\n";1,5\\r\\n');
    const options = { delimiter: ";", decimalMark: ",", header: true, columns: { a: "string", b: "float" } };
    const all = [];
    for (const size of [1, 2, 3, 7]) {
      for await (const object of rows(streamOf(bytes, size), options).objects()) all.push(object);
    }
    return all;
  },

  async columns() {
    const columns = await rows(new Blob(["x,y\\n1,2\\n3,4\\n"]).stream(), {
      header: true,
      columns: { x: "float", y: "int" },
    }).columns();
    const dot = kernels.dot(columns.get("x"), columns.get("y"));
    columns.release();
    return dot;
  },

  async lines() {
    const blob = new Blob(["mill,12\\n", "pond,7\\n".repeat(50000)]);
    let sum = 0;
    const { lines } = await processLines(blob.stream(), ",", (line) => void (sum += line.number(1)));
    return { lines, sum };
  },

  async written() {
    const { readable, writable } = new TransformStream();
    const text = new Response(readable).text();
    await writeRows(rows("n,s\\n1,\\"a,b\\"\\n", { header: true, columns: { n: "int", s: "string" } }).objects(), writable);
    return text;
  },

  async faults() {
    const codes = [];
    const attempt = async (work) => {
      try {
        await work();
      } catch ({ name, code, place }) {
        codes.push([name, code, place?.line]);
      }
    };
    await attempt(async () => [...rows('a\\n"b', {}).arrays()]);
    const controller = new AbortController();
    const stalled = new ReadableStream({ pull: () => new Promise(() => {}) });
    setTimeout(() => controller.abort(), 20);
    await attempt(async () => {
      for await (const row of rows(stalled, { signal: controller.signal })) codes.push(row.length);
    });
    return codes;
  },

  numbers() {
    const found = sniff("zip;price\\n01067;1,5\\n80331;2,25\\n");
    return { value: numberFrom(new TextEncoder().encode("1e-3")), ...found };
  },
};
window.ready = true;
</script>`;
