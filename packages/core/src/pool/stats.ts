// Sums a pool's columns up into the snapshot that readers get. Runs when asked, never on the way of a request.
import { PAGE_BYTES } from "../memory/region.ts";
import type { BlockHeap } from "./block-heap.ts";
import type { ClassStats, PoolStats } from "./ledger.ts";
import type { OutsideArrays } from "./outside.ts";
import { NOBODY, type Row, type Slot, type Span } from "./slot.ts";

/** What a pool tells of itself. */
export interface PoolFigures {
  readonly name: string;
  readonly check: string;
  readonly limitBytes: number;
  readonly root: boolean;
  readonly rows: readonly (Row | undefined)[];
  readonly unpooled: number;
  readonly outside: OutsideArrays | undefined;
  /** True where all arrays lie outside the pool, so that they count as if they were its blocks. */
  readonly apart: boolean;
  readonly bytesInUse: number;
  readonly bytesPeak: number;
  /** The blocks in use, children's left out; to be gone through once. */
  readonly held: Iterable<Slot>;
  readonly past: Totals;
}

/** The sums of pools that were closed; nothing of them is in use. */
export class Totals {
  acquired = 0;
  hits = 0;
  bytesReused = 0;
  unpooled = 0;

  /** Adds the figures of one more. */
  add(stats: PoolStats): void {
    this.acquired += stats.acquired;
    this.hits += stats.hits;
    this.bytesReused += stats.bytesReused;
    this.unpooled += stats.unpooled;
  }
}

/** The snapshot of one pool, its children's figures added where they belong. */
export function collectStats(own: PoolFigures, heap: BlockHeap, children: readonly PoolStats[]): PoolStats {
  const held = countHeld(heap, own.held);
  const classes = classFigures(heap, own, held.live);
  const sum = (read: (stats: PoolStats | ClassStats) => number): number =>
    total(classes, read) + total(children, read);
  const outside = own.outside ?? { count: 0, bytes: 0 };
  const acquired = sum((s) => s.acquired) + own.unpooled + own.past.acquired;
  const hits = sum((s) => s.hits) + own.past.hits;
  const released = sum((s) => s.released) + own.unpooled - outside.count + own.past.acquired;
  const requested = held.bytes + (own.apart ? outside.bytes : 0) + total(children, (s) => s.bytesRequested);
  const retained = own.root ? heap.carvedBytes : 0;
  return {
    name: own.name,
    check: own.check,
    acquired,
    released,
    inUse: acquired - released,
    hits,
    bytesReused:
      total(classes, (c) => c.hits * c.blockBytes) +
      own.past.bytesReused +
      total(children, (s) => s.bytesReused),
    misses: acquired - hits,
    hitRate: acquired === 0 ? 1 : hits / acquired,
    efficiency: acquired === 0 ? 1 : released / acquired,
    unpooled: own.unpooled + own.past.unpooled + total(children, (s) => s.unpooled),
    bytesUnpooled: outside.bytes + total(children, (s) => s.bytesUnpooled),
    bytesInUse: own.bytesInUse,
    bytesPeak: own.bytesPeak,
    bytesRequested: requested,
    bytesWasted: own.bytesInUse - requested,
    bytesRetained: retained,
    bytesReserved: own.root ? total(heap.maps, (map) => map.region.byteLength) : 0,
    utilisation: retained === 0 ? 1 : own.bytesInUse / retained,
    fragmentation: own.root ? fragmentation(heap) : 0,
    limitBytes: own.limitBytes,
    growths: own.root ? heap.growths : 0,
    regions: own.root ? heap.maps.length : 0,
    regionsReserved: own.root ? heap.regionsReserved : 0,
    regionsDropped: own.root ? heap.regionsDropped : 0,
    trims: { ...heap.trims },
    bytesTrimmed: own.root ? heap.bytesTrimmed : 0,
    sealed: heap.sealed,
    classes,
    children,
  };
}

function total<T>(items: readonly T[], read: (item: T) => number): number {
  let sum = 0;
  for (const item of items) sum += read(item);
  return sum;
}

function classFigures(heap: BlockHeap, own: PoolFigures, inUse: Float64Array): ClassStats[] {
  const found: ClassStats[] = [];
  for (const list of heap.lists) {
    const row = own.rows[list.index];
    if (row === undefined || row.acquired === 0) continue;
    const live = inUse[list.index];
    list.settlePeak();
    found.push({
      blockBytes: list.blockBytes,
      acquired: row.acquired,
      released: row.acquired - live,
      inUse: live,
      peak: list.peak,
      hits: row.acquired - row.misses,
      misses: row.misses,
      blocks: list.blocks,
    });
  }
  return found;
}

// Arrays in use, by class, and the bytes that were asked for. Counted here so that a release need not count.
function countHeld(heap: BlockHeap, held: Iterable<Slot>): { live: Float64Array; bytes: number } {
  const live = new Float64Array(heap.lists.length);
  let bytes = 0;
  for (const { list, array } of held) {
    live[list.index]++;
    bytes += array.byteLength;
  }
  return { live, bytes };
}

// Idle bytes in spans that hold a block in use, as a share of what is retained.
function fragmentation(heap: BlockHeap): number {
  if (heap.carvedBytes === 0) return 0;
  const live = new Map<Span, number>();
  for (const slot of heap.slots()) {
    if (slot.holder !== NOBODY) live.set(slot.span, (live.get(slot.span) ?? 0) + slot.list.blockBytes);
  }
  let stuck = 0;
  for (const [span, bytes] of live) stuck += span.pages * PAGE_BYTES - bytes;
  return stuck / heap.carvedBytes;
}
