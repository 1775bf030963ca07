// What runs in the browser, as users would write it: scenes that draw into canvases and give back what came out.
import { IMPORT_MAP } from "../../../../tools/lib/serve.ts";

/** `window.scenes` has one function a test; each gives plain data to compare. */
export const PAGE: string = `<!doctype html><title>figures</title><link rel="icon" href="data:,">
${IMPORT_MAP}
<script type="module">
import { Pool } from "@millpond/core";
import { plot } from "@millpond/plot";

const WIDTH = 320;
const HEIGHT = 240;
const hash = async (bytes) =>
  Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)), (byte) => byte.toString(16).padStart(2, "0")).join("");

// A canvas with the figure in it, read back as the page shows it.
function shown(image) {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const context = canvas.getContext("2d");
  context.putImageData(image, 0, 0);
  return context.getImageData(0, 0, WIDTH, HEIGHT).data;
}

const figure = (options) =>
  plot({ width: WIDTH, height: HEIGHT, ...options })
    .line([1, 3, 2, 4], { label: "line" })
    .fillBetween([0, 3], [1, 1], [2, 3], { alpha: 0.4 })
    .title("Größe $x^2$")
    .legend();

window.scenes = {
  async imageData() {
    const image = new ImageData(WIDTH, HEIGHT);
    figure().pixels({ into: image.data });
    return { drawn: await hash(image.data), shown: await hash(shown(image)), ends: [...image.data.subarray(0, 4)] };
  },

  // Pixels of the pool, looked at as an image: nothing is copied before the canvas.
  async pooled() {
    const pool = new Pool();
    const pixels = pool.acquire(Uint8ClampedArray, 4 * WIDTH * HEIGHT);
    figure({ pool }).pixels({ into: pixels });
    const bytes = await hash(shown(new ImageData(pixels, WIDTH, HEIGHT)));
    pool.release(pixels);
    return { shown: bytes, inUse: pool.stats().bytesInUse };
  },

  // Alpha is straight, as ImageData has it: half of red over nothing is half of red, and the page mixes it with its own.
  async alpha() {
    const image = new ImageData(WIDTH, HEIGHT);
    plot({ width: WIDTH, height: HEIGHT, theme: { background: "#00000000", panel: "#ff000080", grid: false } }).line([1, 1]).pixels({ into: image.data });
    const at = 4 * (40 * WIDTH + 160);
    return { drawn: [...image.data.subarray(at, at + 4)], shown: [...shown(image).subarray(at, at + 4)], corner: [...image.data.subarray(0, 4)] };
  },

  async png() {
    const blob = new Blob([figure().png()], { type: "image/png" });
    const bitmap = await createImageBitmap(blob);
    const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
    const context = canvas.getContext("2d");
    context.drawImage(bitmap, 0, 0);
    return { shown: await hash(context.getImageData(0, 0, WIDTH, HEIGHT).data) };
  },
};
window.figure = figure;
window.ready = true;
</script>`;
