// Fonts from files, by way of fontkit.
import { readFile } from "node:fs/promises";

import { PlotError } from "../errors.ts";
import { FontSet } from "../text/font-set.ts";
import type { FontkitFont } from "../text/user-face.ts";
import { peer } from "./peer.ts";

interface Fontkit {
  create(bytes: Uint8Array): FontkitFont;
}

/**
 * A set of fonts from files: TTF, OTF, WOFF or WOFF2, by the names that themes and texts give them. It needs the package
 * fontkit, which is installed beside this one.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { plot } from "@millpond/plot";
 * import { readFonts } from "@millpond/plot/node";
 *
 * const file = new URL(import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSerif.ttf"));
 * const fonts = await readFonts({ Serif: file });
 * const figure = plot({ fonts, theme: { font: "Serif" } }).line([1, 3, 2]).title("Office");
 * assert(figure.png().length > 1000);
 * ```
 */
export async function readFonts(
  files: Readonly<Record<string, string | { readonly href: string }>>,
): Promise<FontSet> {
  const fontkit = (await peer("fontkit", "reading fonts")) as Fontkit;
  const fonts = new FontSet();
  for (const [name, file] of Object.entries(files))
    fonts.add(name, open(name, await readFile(file as string), fontkit));
  return fonts;
}

function open(name: string, bytes: Uint8Array, fontkit: Fontkit): FontkitFont {
  try {
    return fontkit.create(bytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PlotError("BAD_FONT", `expected the file of ${JSON.stringify(name)} to be a font: ${reason}`);
  }
}
