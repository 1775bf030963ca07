// A sheet with one panel on it.
import { drawPanel } from "./panel.ts";
import type { PanelContent } from "./panel-content.ts";
import { type FigureOptions, Sheet } from "./sheet.ts";

/** The sheet of a panel, which is asked for its content whenever it is drawn. */
export function panelSheet(options: FigureOptions, panel: { _content(): PanelContent }): Sheet {
  return new Sheet(options, {
    draw: (...all) => drawPanel(panel._content(), ...all),
    title: () => panel._content().title,
  });
}
