// Numbers as documents have them.

/** A length in pixels with up to three decimals. */
export function number(value: number): string {
  const rounded = Math.round(value * 1000) / 1000;
  // Not -0, and no exponents: the coordinates that get here are clipped.
  return String(rounded === 0 ? 0 : rounded);
}
