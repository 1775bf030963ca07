// What runs in the browser, as users would write it: scenes that parse, query and edit, and give plain data to compare.
import { IMPORT_MAP } from "../../../../tools/lib/serve.ts";

/** Documents that the page fetches, one a line. */
export const DOCUMENTS: string = '{"id": 7, "tags": ["é", "b"]}\n'.repeat(20_000);

/** `window.scenes` has one function a test. */
export const PAGE: string = `<!doctype html><title>json</title><link rel="icon" href="data:,">
${IMPORT_MAP}
<script type="module">
import { Pool } from "@millpond/core";
import { applyFixes, edit, format, jsonPath, lint, parse, readDocuments } from "@millpond/json";

window.scenes = {
  // Long enough for the kernel; the twin has to give the same.
  parsed() {
    const value = Array.from({ length: 2000 }, (_, index) => ({ index, name: "Mühle " + index, deep: [[index / 8]] }));
    const text = JSON.stringify(value);
    return ["wasm", "arraybuffer"].map((memory) => {
      const pool = new Pool({ memory });
      const document = parse(text, { pool });
      const equal = JSON.stringify(document.toValue()) === text;
      document.close();
      return { equal, inUse: pool.stats().inUse };
    });
  },

  async fetched() {
    const pool = new Pool();
    const { body } = await fetch("/documents.json");
    let sum = 0;
    let count = 0;
    for await (const document of readDocuments(body, { pool })) {
      sum += document.root.get("id").toNumber();
      count++;
    }
    return { sum, count, inUse: pool.stats().inUse };
  },

  queried() {
    const document = parse('{"books": [{"price": 8}, {"price": 20}]}');
    const found = jsonPath("$.books[?@.price < 10]").select(document).map((node) => node.pointer);
    document.close();
    return found;
  },

  edited() {
    const document = parse('{"a": 1.50, // kept\\n "b": [1,2]}', { dialect: "jsonc" });
    const text = edit(document).set("/b/0", 12345678901234567890n).toText();
    const laid = format(document, { indent: 4 });
    document.close();
    return { text, laid };
  },

  faults() {
    const document = parse('{"a": [1,, 2]', { recover: true });
    const codes = document.faults.map(({ code }) => code);
    document.close();
    try {
      parse("[1,\\n nul]");
    } catch ({ name, code, place }) {
      return { codes, name, code, line: place?.line };
    }
  },
};
window.ready = true;
</script>`;
