// The arithmetic that leads from an address within one buffer to a slot.
import { GRANULE_BYTES, type Slab } from "./slab.ts";

/** The slot of no block: where the arithmetic ends when it is asked about memory of no slab. */
export const NO_SLOT = 0;

const GRANULE_SHIFT: number = 31 - Math.clz32(GRANULE_BYTES);

/**
 * The slabs within one buffer. The slots of a slab's blocks are consecutive numbers, so that of the block at
 * `address` is `floor(address * scale + bias)` with scale = 1 / strideBytes and
 * bias = firstSlot - base / strideBytes + 1/2, both kept for each granule. The half makes the result exact at the
 * start of every block in spite of rounding; from other addresses it may lead to a neighbour, or one further than
 * the last block.
 */
export class Space {
  scale: Float64Array = new Float64Array(0);
  bias: Float64Array = new Float64Array(0);
  /** How many slabs lie here. */
  slabs = 0;

  /** Enters a slab's arithmetic for its granules. */
  add({ start, end, base, firstSlot, sizeClass }: Slab): void {
    this.slabs++;
    this.#reach(end / GRANULE_BYTES);
    this.#fill(start, end, 1 / sizeClass.strideBytes, firstSlot - base / sizeClass.strideBytes + 0.5);
  }

  /** Takes it out again. */
  remove({ start, end }: Slab): void {
    this.slabs--;
    this.#fill(start, end, 0, NO_SLOT);
  }

  #fill(start: number, end: number, scale: number, bias: number): void {
    const first = Math.floor(start / GRANULE_BYTES);
    this.scale.fill(scale, first, end / GRANULE_BYTES);
    this.bias.fill(bias, first, end / GRANULE_BYTES);
  }

  #reach(granules: number): void {
    if (granules <= this.scale.length) return;
    this.scale = grown(this.scale, granules);
    this.bias = grown(this.bias, granules);
  }
}

/** The slot of the block that starts at `address`; proof of nothing until the block's view is compared. */
export function slotAt(space: Space, address: number): number {
  const granule = address >>> GRANULE_SHIFT;
  const { scale, bias } = space;
  return granule < scale.length ? (address * scale[granule] + bias[granule]) >>> 0 : NO_SLOT;
}

function grown(column: Float64Array, least: number): Float64Array {
  const larger = new Float64Array(Math.max(least, 2 * column.length));
  larger.set(column);
  return larger;
}
