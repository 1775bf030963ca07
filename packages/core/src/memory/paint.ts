// Paint and guards of the checked modes: known bytes where nobody may write.

/** How many guard bytes stand behind an array at least. */
export const GUARD_BYTES = 64;

/** Fills released memory. An odd double, a large negative integer: whoever reads it notices. */
export const PAINT = 0xdd;
const GUARD = 0xfd;

/** Fills the bytes behind an array. */
export function paintGuard(bytes: Uint8Array): void {
  bytes.fill(GUARD);
}

/** The first guard byte that was overwritten, or -1. */
export function guardDamage(bytes: Uint8Array): number {
  return firstOther(bytes, GUARD);
}

/** The first painted byte that was overwritten, or -1. */
export function paintDamage(bytes: Uint8Array): number {
  return firstOther(bytes, PAINT);
}

function firstOther(bytes: Uint8Array, expected: number): number {
  for (let place = 0; place < bytes.length; place++) {
    if (bytes[place] !== expected) return place;
  }
  return -1;
}
