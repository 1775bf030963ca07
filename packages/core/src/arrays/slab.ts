// Slabs, the pieces of memory that an array pool acquires, and the size classes whose blocks they are cut into.

/** Blocks start on cache lines, and their sizes are multiples of one. */
const ALIGN = 64;
/** A slab ends where a granule ends, so that no two slabs share one: what is left behind that is lost. */
export const GRANULE_BYTES = 4096;

// The largest of the pool's block sizes of which one fills a page of 64 KiB; 64 bytes of it are lost.
const SLAB_BYTES = 61_504;

/** What an array pool keeps of one class of lengths. */
export class SizeClass {
  /** Its place among the classes. */
  readonly index: number;
  /** Elements that a block has room for. */
  readonly length: number;
  /** Bytes from one block to the next. */
  readonly strideBytes: number;
  /** Bytes of a slab before its first block: where the first header is. */
  readonly leadBytes: number;
  /** Bytes to acquire for a slab: room for one block at least, wherever the last granule ends. */
  readonly slabBytes: number;
  readonly slabs: Set<Slab> = new Set();
  /** Slots of idle blocks, a stack. The entry at `top` exists and is the slot taken last. */
  idle: Uint32Array<ArrayBuffer> = new Uint32Array(1);
  top = 0;
  /** Blocks of all slabs, idle or not. */
  blocks = 0;
  acquired = 0;
  viewsCreated = 0;

  constructor(index: number, length: number, elementBytes: number, headerBytes: number) {
    this.index = index;
    this.length = length;
    this.strideBytes = roundUp(length * elementBytes + headerBytes, ALIGN);
    this.leadBytes = roundUp(headerBytes, ALIGN);
    this.slabBytes = Math.max(SLAB_BYTES, this.leadBytes + this.strideBytes + GRANULE_BYTES - ALIGN);
  }

  /** How many blocks a slab of so many bytes has. */
  blocksIn(bytes: number): number {
    return Math.floor((bytes - this.leadBytes) / this.strideBytes);
  }

  /** Blocks that are never given out again. */
  get retired(): number {
    let sum = 0;
    for (const slab of this.slabs) sum += slab.retired;
    return sum;
  }

  /** Arrays of the class in use. */
  get inUse(): number {
    return this.blocks - this.top - this.retired;
  }
}

/** One acquired array, cut into blocks of one class. */
export class Slab {
  readonly sizeClass: SizeClass;
  /** All bytes, as they came from the allocator. */
  readonly words: Uint32Array;
  /** The buffer of `words`; asking an array for it takes 9 ns. */
  readonly buffer: ArrayBufferLike;
  /** The first address, and the one behind the last that is used. */
  readonly start: number;
  readonly end: number;
  /** The address of the first block. */
  readonly base: number;
  readonly blocks: number;
  /** The slot of the first block; the others follow. */
  readonly firstSlot: number;
  /** Blocks that are in use or retired. */
  live = 0;
  retired = 0;

  constructor(sizeClass: SizeClass, words: Uint32Array, firstSlot: number) {
    this.sizeClass = sizeClass;
    this.words = words;
    this.buffer = words.buffer;
    this.start = words.byteOffset;
    this.end = Math.floor((this.start + words.byteLength) / GRANULE_BYTES) * GRANULE_BYTES;
    this.base = this.start + sizeClass.leadBytes;
    this.blocks = sizeClass.blocksIn(this.end - this.start);
    this.firstSlot = firstSlot;
  }

  /** The address of the block of a slot. */
  addressOf(slot: number): number {
    return this.base + (slot - this.firstSlot) * this.sizeClass.strideBytes;
  }

  /** The place of its first bytes in `words`. */
  wordOf(slot: number): number {
    const { leadBytes, strideBytes } = this.sizeClass;
    return (leadBytes + (slot - this.firstSlot) * strideBytes) >>> 2;
  }
}

/** Stands where there is no class. */
export const NO_CLASS: SizeClass = new SizeClass(-1, 1, ALIGN, 0);

/** Stands where there is no slab. */
export const NO_SLAB: Slab = new Slab(NO_CLASS, new Uint32Array(0), 0);

function roundUp(bytes: number, unit: number): number {
  return Math.ceil(bytes / unit) * unit;
}
