// How a camera moves when somebody drags the picture, turns a wheel or chooses a part of it.
import type { Box } from "../figure/axes.ts";
import { type CameraState, MOST_ZOOM } from "./camera.ts";
import type { Space } from "./space.ts";

// Half a turn is dragged over some 450 pixels.
const DEGREES_A_PIXEL = 0.4;

/** Turns what is seen so many pixels to the right and down, as if its near side were held. */
export function turned(state: CameraState, right: number, down: number): CameraState {
  // Along the picture as it was before it was rolled.
  const roll = (state.roll / 180) * Math.PI;
  const across = right * Math.cos(roll) - down * Math.sin(roll);
  const along = right * Math.sin(roll) + down * Math.cos(roll);
  const elevation = state.elevation + along * DEGREES_A_PIXEL;
  return {
    ...state,
    azimuth: (state.azimuth - across * DEGREES_A_PIXEL) % 360,
    elevation: Math.min(90, Math.max(-90, elevation)),
  };
}

/** Makes everything `factor` times as large around a pixel. */
export function enlarged(space: Space, x: number, y: number, factor: number): CameraState {
  const share = 1 - 1 / factor;
  return moved(space, (x - space.middleX) * share, (y - space.middleY) * share, factor);
}

/** Shows what lies in a rectangle of pixels as large as there is room for it in a panel. */
export function enlargedTo(space: Space, panel: Box, part: Box): CameraState {
  const wide = (panel.right - panel.left) / (part.right - part.left);
  const high = (panel.bottom - panel.top) / (part.bottom - part.top);
  const [x, y] = [(part.left + part.right) / 2, (part.top + part.bottom) / 2];
  return moved(space, x - space.middleX, y - space.middleY, Math.min(wide, high));
}

function moved(space: Space, right: number, down: number, factor: number): CameraState {
  const { state } = space.camera;
  const zoom = state.zoom * factor;
  const lookAt = space.valuesBeside(right, down);
  const good = zoom >= 1 / MOST_ZOOM && zoom <= MOST_ZOOM && lookAt.every((value) => Number.isFinite(value));
  return good ? { ...state, zoom, lookAt } : state;
}
