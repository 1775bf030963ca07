// One panel: marks over a pair of axes, with everything around it, drawn from the back to the front: panel, grid, data,
// frame and ticks, text, legend.
//
//   content ── data are looked at ──▶ draft ── texts are measured ──▶ layout ──▶ a painter's calls
import type { Painter } from "../paint/painter.ts";
import type { Workspace } from "../reduce/workspace.ts";
import { type Axis, type Box, drawAxis, drawFrame, drawGrid } from "./axes.ts";
import { isAcross } from "./axis-options.ts";
import { drawColorbar } from "./colorbar.ts";
import { drawZoom, INSET_SCALE, insetBox, zoomedBox } from "./inset.ts";
import { drawLegend, keyBoxes } from "./legend.ts";
import type { Looks } from "./looks.ts";
import type { Canvas } from "./mark.ts";
import { Occupancy } from "./occupancy.ts";
import type { Inset, PanelContent } from "./panel-content.ts";
import { type Draft, draftPanel, type Measured, shownIn } from "./panel-draft.ts";
import { type Layout, layPanel, legendOf, placeOfLegend } from "./panel-layout.ts";
import { drawTitle } from "./panel-title.ts";
import type { DrawnKey, PanelFrame, Stage, Stages } from "./stage.ts";

/** Draws a panel with all that belongs to it into a rectangle, as a view wants it if there is one. */
export function drawPanel(
  given: PanelContent,
  outer: Box,
  looks: Looks,
  workspace: Workspace,
  painter: Painter,
  stages?: Stages,
): void {
  const draft = draftPanel(given, outer, looks, workspace, painter, stages);
  drawDraft(draft, layPanel(draft, looks, painter), looks, workspace, painter);
}

/** Draws a panel that is laid out. */
export function drawDraft(
  { outer, stage, measured }: Draft,
  layout: Layout,
  looks: Looks,
  workspace: Workspace,
  painter: Painter,
): void {
  const { box, content } = layout;
  const legend = legendOf(content, measured);
  if (!content.bare)
    painter.fillRect(box.left, box.top, box.right - box.left, box.bottom - box.top, { color: looks.panel });
  const across = measured.x.mapping(box.left, box.right);
  const mappingOf = (axis: Axis): typeof across =>
    isAcross(axis.side) ? across : axis.scale.mapping(box.bottom, box.top);
  for (const axis of layout.axes) drawGrid(axis, mappingOf(axis), box, looks, painter);
  const cells = workspace.bytes(legend?.position === "best" ? Occupancy.cells : 0);
  const occupancy = new Occupancy(cells, box.left, box.top, box.right, box.bottom);
  drawMarks(content, measured, box, occupancy, painter, stage);
  if (!content.bare) drawFrame(box, layout.axes, looks, painter);
  for (const axis of layout.axes) drawAxis(axis, mappingOf(axis), box, looks, painter);
  let left = layout.beside;
  for (const bar of layout.bars) {
    drawColorbar(bar, left, box, looks, painter);
    left += bar.width;
  }
  drawTitle(content.title, outer, box, looks, painter);
  for (const inset of content.insets) {
    const room = drawInset(inset, measured, box, looks, workspace, painter);
    occupancy.rect(room.left, room.top, room.right - room.left, room.bottom - room.top);
  }
  const place = placeOfLegend(legend, outer, layout, occupancy, looks, stage);
  if (place !== undefined) drawLegend(legend!, place.x, place.y, looks, painter);
  if (stage === undefined) return;
  const keys = place === undefined ? [] : drawnKeys(measured, place, looks);
  stage.legend ??= place;
  stage.show(frameOf(content, measured, outer, box, keys));
}

// Returns the room that it takes.
function drawInset(
  { content, options }: Inset,
  measured: Measured,
  panel: Box,
  looks: Looks,
  workspace: Workspace,
  painter: Painter,
): Box {
  const outer = insetBox(options, panel, looks);
  const smaller = looks.scaled(INSET_SCALE);
  const draft = draftPanel(content, outer, smaller, workspace, painter);
  const layout = layPanel(draft, smaller, painter);
  const { left, top, right, bottom } = outer;
  painter.fillRect(left, top, right - left, bottom - top, { color: looks.panel });
  if (options.zoom !== undefined) {
    const across = measured.x.mapping(panel.left, panel.right);
    const up = measured.y.mapping(panel.bottom, panel.top);
    drawZoom(zoomedBox(options.zoom, across, up, panel), layout.box, options.connect ?? true, looks, painter);
  }
  drawDraft(draft, layout, smaller, workspace, painter);
  return outer;
}

function frameOf(
  { marks }: PanelContent,
  { prepared, x, y, y2 }: Measured,
  outer: Box,
  box: Box,
  keys: readonly DrawnKey[],
): PanelFrame {
  return {
    outer,
    box,
    shown: shownIn(marks),
    prepared,
    x: x.mapping(box.left, box.right),
    y: y.mapping(box.bottom, box.top),
    y2: y2?.mapping(box.bottom, box.top),
    scales: { x, y, y2 },
    keys,
  };
}

function drawMarks(
  content: PanelContent,
  measured: Measured,
  box: Box,
  occupancy: Occupancy,
  painter: Painter,
  stage: Stage | undefined,
): void {
  const { left, top, right, bottom } = box;
  const x = measured.x.mapping(left, right);
  const y = measured.y.mapping(bottom, top);
  const y2 = measured.y2?.mapping(bottom, top);
  painter.pushClip(left, top, right - left, bottom - top);
  for (const layer of ["below", undefined, "above"]) {
    for (const [index, mark] of content.marks.entries()) {
      if (mark.layer !== layer || stage?.hidden.has(mark) === true) continue;
      const canvas: Canvas = {
        painter,
        x,
        y: mark.axis === "right" ? y2! : y,
        left,
        top,
        right,
        bottom,
        occupancy,
        stage,
      };
      measured.prepared[index].draw(canvas);
    }
  }
  painter.popClip();
}

function drawnKeys(
  { legend, keyMarks }: Measured,
  { x, y }: { readonly x: number; readonly y: number },
  looks: Looks,
): DrawnKey[] {
  const { keys } = legend!;
  const boxes = keyBoxes(legend!, x, y, looks.pixels(looks.theme.legendSize));
  return boxes.map((box, index) => ({ ...box, mark: keyMarks[index], label: keys[index].label }));
}
