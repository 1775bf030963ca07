// Interaction without a browser: a canvas that is none, whose events are made here. What a real one does is tested in
// test/browser.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { Pool } from "@millpond/core";

import { type Hit, plot, plot3d } from "../../src/index.ts";
import {
  interact,
  type InteractiveCanvas,
  type InteractOptions,
  type Interaction,
} from "../../src/interactive.ts";

const WIDTH = 300;
const HEIGHT = 200;

// One screen: frames are drawn when the test says so.
const frames: (() => void)[] = [];
const screen = {
  requestAnimationFrame: (draw: () => void): number => frames.push(draw),
  cancelAnimationFrame: (request: number): void => void (frames[request - 1] = () => undefined),
  ImageData: class {
    readonly data: Uint8ClampedArray;
    constructor(data: Uint8ClampedArray) {
      this.data = data;
    }
  },
};
beforeEach(() => void Object.assign(globalThis, screen));
afterEach(() => {
  frames.length = 0;
  for (const name of Object.keys(screen)) Reflect.deleteProperty(globalThis, name);
});

class Canvas implements InteractiveCanvas {
  width = 0;
  height = 0;
  // Shown at half of its size.
  readonly clientWidth = WIDTH / 2;
  readonly clientHeight = HEIGHT / 2;
  tabIndex = -1;
  readonly style = { cursor: "", touchAction: "" };
  shown = new Uint8ClampedArray();
  pictures = 0;
  readonly listeners = new Map<string, (event: object) => void>();
  readonly attributes = new Map<string, string>([["role", "img"]]);
  getContext(): { putImageData(image: never): void } {
    return {
      putImageData: (image: { data: Uint8ClampedArray }) => {
        this.shown = image.data.slice();
        this.pictures++;
      },
    };
  }
  addEventListener(kind: string, listener: (event: object) => void): void {
    this.listeners.set(kind, listener);
  }
  removeEventListener(kind: string): void {
    this.listeners.delete(kind);
  }
  setPointerCapture(): void {}
  getAttribute(name: string): string | null {
    return this.attributes.get(name) ?? null;
  }
  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value);
  }
  /** Sends an event; places are pixels of the figure. Returns whether the browser's own answer was kept from coming. */
  send(kind: string, x = 0, y = 0, more: object = {}): boolean {
    let prevented = false;
    const preventDefault = (): void => void (prevented = true);
    const place = { offsetX: x / 2, offsetY: y / 2, button: 0, pointerId: 1, shiftKey: false, deltaMode: 0 };
    const keys = { ctrlKey: false, altKey: false, metaKey: false };
    this.listeners.get(kind)?.({ ...place, ...keys, ...more, preventDefault });
    return prevented;
  }
}

function draw(): number {
  const asked = frames.splice(0);
  for (const frame of asked) frame();
  return asked.length;
}

function start(options: InteractOptions = {}): { canvas: Canvas; pool: Pool; interaction: Interaction } {
  const pool = new Pool();
  const figure = plot({ width: WIDTH, height: HEIGHT, pool })
    .line([0, 1, 2, 3], [5, 9, 2, 4], { label: "load" })
    .legend("upper right");
  const canvas = new Canvas();
  return { canvas, pool, interaction: interact(canvas, figure, options) };
}

test("a canvas gets the size of the figure, can be reached by keys, and keeps what it says of itself", () => {
  const { canvas, interaction } = start();
  assert.deepEqual([canvas.width, canvas.height, canvas.tabIndex], [WIDTH, HEIGHT, 0]);
  assert.deepEqual([canvas.getAttribute("role"), canvas.style.touchAction], ["img", "none"]);
  assert.match(canvas.getAttribute("aria-label") ?? "", /Arrow keys/);
  assert.equal(canvas.shown.length, 4 * WIDTH * HEIGHT);
  interaction.close();
});

test("many events between two frames of the screen are drawn once, those that change nothing not at all", () => {
  const { canvas, interaction } = start();
  const before = interaction.view.limits();
  canvas.send("pointermove", 5, 5);
  assert.equal(draw(), 0);
  for (let turn = 0; turn < 5; turn++) assert(canvas.send("wheel", 150, 100, { deltaY: -100 }));
  assert.equal(draw(), 1);
  const ratio =
    (before.x[1] - before.x[0]) / (interaction.view.limits().x[1] - interaction.view.limits().x[0]);
  assert(Math.abs(ratio - 1.2 ** 5) < 1e-9);
  // Some wheels count in lines.
  canvas.send("wheel", 150, 100, { deltaY: 12.5, deltaMode: 1 });
  draw();
  const { x } = interaction.view.limits();
  assert(Math.abs(x[0] - before.x[0]) < 1e-9 && Math.abs(x[1] - before.x[1]) < 1e-9);
  interaction.close();
});

test("a place is one of the figure, however large the canvas is shown, and hovering tells once", () => {
  const told: (Hit | undefined)[] = [];
  const status = { textContent: null as string | null };
  const { canvas, interaction } = start({ onHover: (hit) => told.push(hit), status });
  const { left, top } = interaction.view.place(1, 9);
  const plain = canvas.shown;
  canvas.send("pointermove", left + 2, top + 3);
  canvas.send("pointermove", left + 3, top + 3);
  draw();
  canvas.send("pointermove", left + 4, top + 3);
  assert.equal(draw(), 0);
  assert.deepEqual([told.length, told[0]?.index, status.textContent], [1, 1, "load [1]\nx: 1\ny: 9"]);
  assert.equal(canvas.style.cursor, "crosshair");
  assert.notDeepEqual(canvas.shown, plain);
  canvas.send("pointerleave");
  draw();
  assert.deepEqual([told.length, told[1], status.textContent], [2, undefined, ""]);
  assert.deepEqual(canvas.shown, plain);
  interaction.close();
});

test("a point that is pointed at is followed when the program moves the view", () => {
  const { canvas, interaction } = start();
  const { left, top } = interaction.view.place(1, 9);
  canvas.send("pointermove", left, top);
  draw();
  interaction.view.pan(20, 10);
  interaction.draw();
  draw();
  const { hovered } = interaction;
  assert.equal(hovered?.index, 1);
  assert(Math.abs(hovered.left - left - 20) < 2 && Math.abs(hovered.top - top - 10) < 2);
  interaction.close();
});

test("other buttons and keys with modifiers are left to the browser", () => {
  const { canvas, interaction } = start();
  const before = interaction.view.limits();
  canvas.send("pointerdown", 150, 100, { button: 2 });
  canvas.send("pointermove", 200, 100);
  assert(!canvas.send("keydown", 0, 0, { key: "ArrowLeft", ctrlKey: true }));
  assert(!canvas.send("keydown", 0, 0, { key: "Tab" }));
  assert.deepEqual(interaction.view.limits(), before);
  assert(canvas.send("keydown", 0, 0, { key: "ArrowLeft" }));
  assert(interaction.view.limits().x[0] < before.x[0]);
  interaction.close();
});

test("a drag that ends where it began, or that the browser takes away, chooses nothing", () => {
  const { canvas, interaction } = start();
  const before = interaction.view.limits();
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.send("pointerdown", 150, 100, { shiftKey: true });
    canvas.send("pointermove", 190, 140);
    canvas.send("pointermove", 151, 101);
    canvas.send(end, 151, 101);
    draw();
    assert.deepEqual(interaction.view.limits(), before);
  }
  // A press on the legend that moves on is no click.
  const { box } = interaction.view.legend()[0];
  canvas.send("pointerdown", box.left + 2, box.top + 2);
  canvas.send("pointermove", box.left + 12, box.top + 2);
  canvas.send("pointerup", box.left + 12, box.top + 2);
  assert.equal(interaction.view.legend()[0].hidden, false);
  interaction.close();
});

test("two fingers zoom as they spread, and what they hold goes along; the last one goes on dragging", () => {
  const { canvas, interaction } = start();
  const { view } = interaction;
  const finger = (kind: string, pointerId: number, x: number, y: number): boolean =>
    canvas.send(kind, x, y, { pointerId });
  // A pointer above the canvas that holds nothing is no finger.
  finger("pointermove", 9, 50, 50);
  finger("pointerdown", 7, 100, 100);
  finger("pointermove", 7, 110, 90);
  finger("pointerup", 7, 110, 90);
  const alone = view.limits();
  view.reset();
  assert.notDeepEqual(view.limits(), alone);
  draw();
  const held = view.locate(150, 100)!;
  const before = view.limits();
  finger("pointerdown", 7, 130, 100);
  finger("pointerdown", 8, 170, 100);
  finger("pointermove", 7, 110, 100);
  finger("pointermove", 8, 210, 110);
  draw();
  const { left, top } = view.place(held.x, held.y);
  assert(Math.abs(left - 160) < 1e-6 && Math.abs(top - 105) < 1e-6, `${left} ${top}`);
  const wide = ({ x }: { x: readonly [number, number] }): number => x[1] - x[0];
  const ratio = wide(before) / wide(view.limits());
  assert(Math.abs(ratio - Math.hypot(100, 10) / 40) < 1e-9, String(ratio));
  // The browser says of each finger that it is gone after it went up.
  finger("pointerup", 7, 110, 100);
  finger("pointerleave", 7, 110, 100);
  finger("pointermove", 8, 220, 120);
  const dragged = view.place(held.x, held.y);
  assert(Math.abs(dragged.left - 170) < 1e-6 && Math.abs(dragged.top - 115) < 1e-6);
  assert.equal(wide(view.limits()).toFixed(9), (wide(before) / ratio).toFixed(9));
  finger("pointercancel", 8, 220, 120);
  const after = view.limits();
  finger("pointermove", 8, 100, 100);
  assert.deepEqual(view.limits(), after, "nothing is held any more");
  interaction.close();
});

test("two fingers over an axis zoom that axis alone, those beside everything nothing, and a third one does no harm", () => {
  const { canvas, interaction } = start();
  const { view } = interaction;
  const before = view.limits();
  const pinch = (y: number, ids: readonly number[]): void => {
    for (const [index, pointerId] of ids.entries())
      canvas.send("pointerdown", 140 + 20 * index, y, { pointerId });
    canvas.send("pointermove", 100, y + 4, { pointerId: ids[0] });
    for (const pointerId of ids) canvas.send("pointerup", 140, y, { pointerId });
  };
  pinch(view.box().bottom + 8, [1, 2]);
  assert.deepEqual(view.limits().y, before.y);
  assert(view.limits().x[1] - view.limits().x[0] < before.x[1] - before.x[0]);
  const across = view.limits();
  pinch(900, [1, 2]);
  assert.deepEqual(view.limits(), across);
  pinch(100, [1, 2, 3]);
  assert(view.limits().y[1] - view.limits().y[0] < before.y[1] - before.y[0]);
  const last = view.limits();
  canvas.send("pointermove", 20, 20);
  assert.deepEqual(view.limits(), last);
  // A rectangle that is being chosen is given up.
  canvas.send("pointerdown", 120, 80, { shiftKey: true });
  canvas.send("pointermove", 160, 120);
  canvas.send("pointerdown", 160, 90, { pointerId: 2 });
  canvas.send("pointerup", 160, 90, { pointerId: 2 });
  canvas.send("pointerup", 160, 120);
  assert.deepEqual(view.limits(), last);
  interaction.close();
});

test("a figure in space turns when it is dragged, and two fingers enlarge it where they are", () => {
  const pool = new Pool();
  const canvas = new Canvas();
  const figure = plot3d({ width: WIDTH, height: HEIGHT, pool }).scatter([1, 2], [3, 4], [5, 6], {
    label: "a",
  });
  const status = { textContent: null as string | null };
  const interaction = interact(canvas, figure, { status });
  const { view } = interaction;
  canvas.send("pointerdown", 150, 100);
  canvas.send("pointermove", 160, 110);
  canvas.send("pointerup", 160, 110);
  const { azimuth, elevation } = view.camera()!;
  assert.deepEqual([azimuth, Math.round(elevation)], [-64, 34]);
  const { left, top } = view.place(2, 4, { z: 6 });
  canvas.send("pointermove", left, top);
  draw();
  assert.deepEqual([interaction.hovered?.index, status.textContent], [1, "a [1]\nx: 2\ny: 4\nz: 6"]);
  for (const [pointerId, x] of [
    [1, left - 10],
    [2, left + 10],
  ])
    canvas.send("pointerdown", x, top, { pointerId });
  canvas.send("pointermove", left - 20, top, { pointerId: 1 });
  canvas.send("pointermove", left + 20, top, { pointerId: 2 });
  const after = view.place(2, 4, { z: 6 });
  assert(Math.abs((view.camera()?.zoom ?? 0) - 2) < 1e-9 && Math.abs(after.top - top) < 1e-6);
  assert.equal(view.camera()?.azimuth, -64);
  assert(canvas.send("keydown", 0, 0, { key: "0" }));
  assert.equal(view.camera()?.zoom, 1);
  interaction.close();
  assert.equal(pool.stats().bytesInUse, 0);
});

test("what is closed draws nothing that was asked for, and all memory is back", () => {
  const { canvas, pool, interaction } = start();
  interaction.draw();
  const { pictures } = canvas;
  interaction.close();
  draw();
  interaction.draw();
  assert.equal(draw(), 0);
  assert.deepEqual([canvas.pictures, canvas.listeners.size, pool.stats().bytesInUse], [pictures, 0, 0]);
});

test("a figure that cannot be drawn, and a canvas of another kind, are refused without a leak", () => {
  const pool = new Pool();
  const bad = plot({ width: WIDTH, height: HEIGHT, pool }).line([1, NaN], { missing: "error" });
  assert.throws(() => interact(new Canvas(), bad), { code: "BAD_DATA" });
  assert.equal(pool.stats().bytesInUse, 0);
  const canvas = Object.assign(new Canvas(), { getContext: () => null });
  assert.throws(() => interact(canvas, plot({ pool })), { code: "BAD_ARGUMENT", message: /2d context/ });
});
