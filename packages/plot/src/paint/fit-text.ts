// Texts that fit into a width: broken into lines between words, and shortened where that is not enough. Maths stays as it is.
import type { FontStyle, Painter } from "./painter.ts";

/** A text in as few lines as it needs, `most` at most, each no wider than `width` pixels if that can be. */
export function fittedText(
  text: string,
  width: number,
  most: number,
  font: FontStyle,
  painter: Painter,
): string {
  const widthOf = (part: string): number => painter.measure(part, font).width;
  if (widthOf(text) <= width || text.includes("$")) return text;
  const lines = text.split("\n").flatMap((line) => broken(line, width, widthOf));
  const shown = lines.slice(0, Math.max(1, most));
  // What has no line left is told by the dots behind the last one.
  if (lines.length > shown.length) shown[shown.length - 1] += ` ${lines[shown.length]}`;
  return shown.map((line) => shortened(line, width, widthOf)).join("\n");
}

/** Whether a text has room in so many lines of whole words. */
export function fitsBroken(
  text: string,
  width: number,
  most: number,
  font: FontStyle,
  painter: Painter,
): boolean {
  const widthOf = (part: string): number => painter.measure(part, font).width;
  if (widthOf(text) <= width) return true;
  if (text.includes("$")) return false;
  const lines = text.split("\n").flatMap((line) => broken(line, width, widthOf));
  return lines.length <= most && lines.every((line) => widthOf(line) <= width);
}

function broken(text: string, width: number, widthOf: (part: string) => number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && widthOf(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

// As many characters as there is room for, and dots.
function shortened(text: string, width: number, widthOf: (part: string) => number): string {
  if (widthOf(text) <= width) return text;
  const characters = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
  let [fits, tooMany] = [0, characters.length];
  while (tooMany - fits > 1) {
    const count = Math.floor((fits + tooMany) / 2);
    if (widthOf(`${characters.slice(0, count).join("")}…`) <= width) fits = count;
    else tooMany = count;
  }
  return `${characters.slice(0, fits).join("").trimEnd()}…`;
}
