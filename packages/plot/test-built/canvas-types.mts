// Only compiled: the elements of a page are what the package asks for, without a cast.
import { plot } from "@millpond/plot";
import { interact, type Interaction } from "@millpond/plot/interactive";

export function show(canvas: HTMLCanvasElement, status: HTMLOutputElement): Interaction {
  return interact(canvas, plot().line([1, 2]), { status });
}

export function draw(image: ImageData): void {
  plot({ width: image.width, height: image.height }).pixels({ into: image.data });
}
