// Figures and tables as text.

/** A value with its unit, three digits long: nanoseconds become microseconds where they should. */
export function formatValue(value: number, unit: string): string {
  if (unit !== "ns/op") return `${digits(value)} ${unit}`;
  if (value >= 1e9) return `${digits(value / 1e9)} s`;
  if (value >= 1e6) return `${digits(value / 1e6)} ms`;
  if (value >= 1e3) return `${digits(value / 1e3)} us`;
  return `${digits(value)} ns`;
}

/** A ratio such as "12.3x". */
export function formatRatio(ratio: number): string {
  return `${digits(ratio)}x`;
}

/** Three digits that mean something: 0.123, 1.23, 12.3, 123, 1,234. */
export function digits(value: number): string {
  if (!Number.isFinite(value)) return "-";
  if (value === 0) return "0";
  const size = Math.abs(value);
  const decimals = Math.max(0, Math.min(3, 2 - Math.floor(Math.log10(size))));
  return value.toLocaleString("en-US", {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
}

/** Rows of cells as aligned lines; the first row is the head. First column to the left, the others to the right. */
export function alignedTable(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (row: readonly string[]): string =>
    row
      .map((text, column) => (column === 0 ? text.padEnd(widths[0]) : text.padStart(widths[column])))
      .join("  ");
  const rule = widths.map((width) => "-".repeat(width)).join("  ");
  const [head, ...body] = rows.map((row) => line(row).trimEnd());
  return [head, rule, ...body].join("\n");
}
