// The demonstration page over ten million points, moved by a real pointer and keyboard in Chromium. What is shown is
// compared with figures that are drawn anew with the limits that were reached.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, test } from "node:test";

import type { Hit, ViewLimits } from "../../src/index.ts";
import { root } from "../../../../tools/lib/repository.ts";
import { missing, openPage } from "../../../../tools/lib/open-page.ts";

const page = openPage(readFileSync(join(root, "examples", "interactive.html"), "utf8"));
// Pixels of the canvas on the page.
let corner = { x: 0, y: 0 };

interface Seen {
  readonly limits: ViewLimits;
  readonly hovered: Hit | null;
  readonly said: string;
  readonly cursor: string;
  readonly bytes: string;
}

// Everything that can be seen, when all that was asked for is drawn.
async function seen(): Promise<Seen> {
  return page().evaluate(`(async () => {
    for (let frame = 0; frame < 2; frame++) await new Promise((done) => requestAnimationFrame(done));
    const canvas = document.querySelector("canvas");
    return {
      limits: interaction.view.limits(),
      hovered: interaction.hovered ?? null,
      said: document.querySelector("output").textContent,
      cursor: canvas.style.cursor,
      bytes: await hash(canvas.getContext("2d").getImageData(0, 0, 900, 500).data),
    };
  })()`);
}

// The bytes of a figure of its own with some limits.
async function drawnAnew({ x, y }: ViewLimits): Promise<string> {
  return page().evaluate(`(async () => {
    figure.xaxis({ limits: ${JSON.stringify(x)} }).yaxis({ limits: ${JSON.stringify(y)} });
    const pixels = figure.pixels({ into: new Uint8Array(4 * 900 * 500) });
    figure.xaxis({ limits: [undefined, undefined] }).yaxis({ limits: [undefined, undefined] });
    return hash(pixels);
  })()`);
}

async function mouse(x: number, y: number): Promise<void> {
  await page().mouse.move(corner.x + x, corner.y + y);
}

async function drag(from: readonly [number, number], to: readonly [number, number]): Promise<void> {
  await mouse(...from);
  await page().mouse.down();
  await mouse((from[0] + to[0]) / 2, (from[1] + to[1]) / 2);
  await mouse(...to);
}

let home: Seen;

beforeEach(async () => {
  if (missing !== false) return;
  corner = await page().evaluate(`(() => {
    globalThis.hash ??= async (bytes) => String(new Uint32Array(await crypto.subtle.digest("SHA-256", bytes)));
    interaction.view.reset();
    interaction.draw();
    const { left, top } = document.querySelector("canvas").getBoundingClientRect();
    return { x: left + 1, y: top + 1 };
  })()`);
  await page().mouse.move(1, 1);
  home = await seen();
});

test("ten million points are shown as the figure draws them", { skip: missing }, async () => {
  const points: unknown = await page().evaluate("seconds.length");
  assert.equal(points, 10_000_000);
  assert.equal(home.bytes, await drawnAnew(home.limits));
  assert.equal(home.hovered, null);
});

test("what is dragged stays under the pointer", { skip: missing }, async () => {
  const width = home.limits.x[1] - home.limits.x[0];
  await drag([300, 200], [400, 250]);
  const during = await seen();
  assert.equal(during.cursor, "grabbing");
  await page().mouse.up();
  const after = await seen();
  assert.deepEqual(after.limits, during.limits);
  assert(after.limits.x[0] < home.limits.x[0] && after.limits.y[1] > home.limits.y[1]);
  assert(Math.abs(after.limits.x[1] - after.limits.x[0] - width) < 1e-6 * width);
  assert.equal(during.bytes, await drawnAnew(after.limits));
  await page().mouse.dblclick(corner.x + 300, corner.y + 200);
  await mouse(-20, -20);
  assert.equal((await seen()).bytes, home.bytes);
});

test("the wheel zooms around the pointer, and over an axis that axis alone", { skip: missing }, async () => {
  await mouse(450, 240);
  await page().mouse.wheel(0, -700);
  const zoomed = await seen();
  assert(zoomed.limits.x[0] > home.limits.x[0] && zoomed.limits.y[1] < home.limits.y[1]);
  await mouse(450, 490);
  await page().mouse.wheel(0, -300);
  const across = await seen();
  assert(across.limits.x[0] > zoomed.limits.x[0]);
  for (const end of [0, 1] as const) {
    assert(Math.abs(across.limits.y[end] - zoomed.limits.y[end]) < 1e-9);
  }
  await mouse(-20, -20);
  const shown = await seen();
  assert.equal(shown.bytes, await drawnAnew(shown.limits));
});

test(
  "a rectangle that is chosen fills the panel, and is drawn while it is chosen",
  { skip: missing },
  async () => {
    const before: readonly [number, number][] = await page().evaluate(
      `[[300, 100], [500, 300]].map(([x, y]) => { const at = interaction.view.locate(x, y); return [at.x, at.y]; })`,
    );
    await page().keyboard.down("Shift");
    await drag([300, 100], [500, 300]);
    const during = await seen();
    await page().mouse.up();
    await page().keyboard.up("Shift");
    await mouse(-20, -20);
    const after = await seen();
    assert.notEqual(during.bytes, home.bytes);
    assert.deepEqual(during.limits, home.limits);
    const [[left, top], [right, bottom]] = before;
    const reached = [...after.limits.x, ...after.limits.y];
    for (const [index, value] of [left, right, bottom, top].entries()) {
      assert(Math.abs(reached[index] - value) < 1e-6 * Math.abs(value), `${reached.join()} at ${index}`);
    }
    assert.equal(after.bytes, await drawnAnew(after.limits));
  },
);

test(
  "the nearest of ten million points is told with its series, number and values",
  { skip: missing },
  async () => {
    await mouse(450, 240);
    for (let turn = 0; turn < 14; turn++) await page().mouse.wheel(0, -700);
    // Near enough that points are apart: one is looked for beside the middle.
    const index = await page().evaluate<number>(
      `(() => { const { x } = interaction.view.limits(); return Math.round((x[0] + x[1]) / 2 * 1000); })()`,
    );
    const place = await page().evaluate<{ left: number; top: number; x: number; y: number }>(`(() => {
    const [x, y] = [seconds[${index}], volts[${index}]];
    interaction.view.pan(0, 240 - interaction.view.place(x, y).top);
    interaction.draw();
    return { ...interaction.view.place(x, y), x, y };
  })()`);
    const without = await seen();
    await mouse(place.left + 0.3, place.top + 0.3);
    const { hovered, said, bytes } = await seen();
    assert.deepEqual(
      [hovered?.series, hovered?.index, hovered?.x, hovered?.y],
      ["voltage", index, place.x, place.y],
    );
    assert(said.startsWith(`voltage [${index}]\nx: `), said);
    assert.notEqual(bytes, without.bytes);
    await page().locator("#points").press("n");
    assert.equal((await seen()).hovered?.index, index + 1);
    await page().locator("#points").press("Escape");
    const escaped = await seen();
    assert.equal(escaped.hovered, null);
    assert.equal(escaped.said, "");
  },
);

test(
  "a click into the legend hides a series, and another one brings back the same bytes",
  { skip: missing },
  async () => {
    const entry = await page().evaluate<{ left: number; top: number }>(
      "(({ left, top, bottom }) => ({ left: left + 5, top: (top + bottom) / 2 }))(interaction.view.legend()[0].box)",
    );
    await page().mouse.click(corner.x + entry.left, corner.y + entry.top);
    const without = await seen();
    assert.equal(without.cursor, "pointer");
    assert.notEqual(without.bytes, home.bytes);
    assert.deepEqual(without.limits, home.limits);
    const colors: number = await page().evaluate(`(() => {
    const { left, top, right, bottom } = interaction.view.box();
    const pixels = document.querySelector("canvas").getContext("2d").getImageData(left, top, right - left, bottom - top).data;
    let blue = 0;
    for (let at = 0; at < pixels.length; at += 4) if (pixels[at] === 0x1f && pixels[at + 2] === 0xb4) blue++;
    return blue;
  })()`);
    assert.equal(colors, 0);
    await page().mouse.click(corner.x + entry.left, corner.y + entry.top);
    await mouse(-20, -20);
    assert.equal((await seen()).bytes, home.bytes);
  },
);

test("two fingers zoom around what they hold, on the screen of a telephone", { skip: missing }, async () => {
  const session = await page().context().newCDPSession(page());
  await session.send("Emulation.setTouchEmulationEnabled", { enabled: true, maxTouchPoints: 2 });
  const fingers = async (
    type: "touchStart" | "touchMove" | "touchEnd",
    places: readonly number[],
  ): Promise<void> => {
    const touchPoints = places.map((x, id) => ({ x: corner.x + x, y: corner.y + 240, id }));
    await session.send("Input.dispatchTouchEvent", { type, touchPoints });
  };
  const held: { x: number; y: number } = await page().evaluate("interaction.view.locate(450, 240)");
  await fingers("touchStart", [420]);
  await fingers("touchStart", [420, 480]);
  for (let step = 0; step <= 10; step++) await fingers("touchMove", [420 - 6 * step, 480 + 6 * step]);
  const during = await seen();
  const ratio = (home.limits.x[1] - home.limits.x[0]) / (during.limits.x[1] - during.limits.x[0]);
  assert(Math.abs(ratio - 3) < 0.01, String(ratio));
  const there: { left: number; top: number } = await page().evaluate(
    `interaction.view.place(${held.x}, ${held.y})`,
  );
  // Other tick labels may move the panel by some pixels.
  assert(Math.abs(there.left - 450) < 8 && Math.abs(there.top - 240) < 8, JSON.stringify(there));
  assert.equal(during.bytes, await drawnAnew(during.limits));
  await fingers("touchEnd", []);
  await session.send("Emulation.setTouchEmulationEnabled", { enabled: false });
  assert.deepEqual((await seen()).limits, during.limits);
});

test(
  "a figure in space turns with the pointer, and tells the point that is in front",
  { skip: missing },
  async () => {
    const canvas = page().locator("#space");
    await canvas.scrollIntoViewIfNeeded();
    const camera = async (): Promise<number[]> =>
      page().evaluate(
        "(({ azimuth, elevation }) => [azimuth, elevation].map(Math.round))(space.view.camera())",
      );
    assert.deepEqual(await camera(), [-60, 30]);
    await canvas.hover({ position: { x: 400, y: 250 } });
    await page().mouse.down();
    await canvas.hover({ position: { x: 430, y: 260 } });
    await page().mouse.up();
    assert.deepEqual(await camera(), [-72, 34]);
    // The bird that is nearest to the middle of all that are seen.
    const bird: { left: number; top: number; index: number } = await page().evaluate(`(async () => {
    await new Promise((done) => requestAnimationFrame(done));
    const { left, top, right, bottom } = space.view.box();
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    space.view.toggle(space.view.legend()[0]);
    const hit = space.view.nearest(x, y, { within: 400 });
    space.view.toggle(space.view.legend()[0]);
    return hit;
  })()`);
    await page().evaluate("space.view.toggle(space.view.legend()[0])");
    await canvas.hover({ position: { x: bird.left, y: bird.top } });
    const said: string = await page().evaluate("document.querySelector('#space + output').textContent");
    assert(said.startsWith(`birds [${bird.index}]\nx: `) && said.includes("\nz: "), said);
    await page().evaluate("space.close(); window.scrollTo(0, 0)");
  },
);

test("everything can be done with keys", { skip: missing }, async () => {
  const canvas = page().locator("#points");
  await page().evaluate("document.activeElement.blur()");
  await canvas.focus();
  assert.equal(await page().evaluate("document.activeElement === document.querySelector('canvas')"), true);
  await canvas.press("ArrowRight");
  const right = await seen();
  assert(right.limits.x[0] > home.limits.x[0]);
  await canvas.press("+");
  const zoomed = await seen();
  assert(zoomed.limits.x[1] - zoomed.limits.x[0] < right.limits.x[1] - right.limits.x[0]);
  await canvas.press("2");
  assert.notEqual((await seen()).bytes, zoomed.bytes);
  await canvas.press("2");
  assert.equal((await seen()).bytes, zoomed.bytes);
  await canvas.press("0");
  assert.equal((await seen()).bytes, home.bytes);
});

test(
  "when it is closed, all memory but the data is back, and nothing listens any more",
  { skip: missing },
  async () => {
    const left = await page().evaluate<number[]>(`(() => {
    interaction.close();
    interaction.close();
    const taken = pool.stats().bytesInUse;
    pool.release(seconds);
    pool.release(volts);
    return [taken > 160e6 && taken < 170e6, pool.stats().bytesInUse];
  })()`);
    assert.deepEqual(left, [true, 0]);
    await mouse(300, 200);
    await page().mouse.wheel(0, -300);
  },
);
