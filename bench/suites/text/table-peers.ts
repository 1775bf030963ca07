// What other packages do with the tables of the suite. Each function reads the file at a path, header aside.

import { createReadStream, readFileSync } from "node:fs";
import { createInterface } from "node:readline";

/** Fields counted, and one column added up. */
export interface Sum {
  readonly fields: number;
  /** Rounded: the order of additions is not the same everywhere. */
  readonly sum: number;
}

/** All rows as lists of strings, counted and summed up so that answers can be compared. */
export interface Kept {
  readonly rows: number;
  readonly characters: number;
}

/** The column that is added up. */
export const SUMMED = 4;

/** `text.split("\n")`, then `line.split(",")`: no quotes. */
export function splitSum(path: string): Sum {
  let fields = 0;
  let sum = 0;
  for (const line of readFileSync(path, "latin1").split("\n").slice(1)) {
    if (line === "") continue;
    const row = line.split(",");
    fields += row.length;
    sum += Number(row[SUMMED]);
  }
  return { fields, sum: Math.round(sum) };
}

/** Node's readline, then `line.split(",")`: no quotes. */
export async function readlineSum(path: string): Promise<Sum> {
  let fields = -10;
  let sum = 0;
  const lines = createInterface({ input: createReadStream(path) });
  lines.on("line", (line) => {
    const row = line.split(",");
    fields += row.length;
    if (fields > 0) sum += Number(row[SUMMED]);
  });
  await new Promise((resolve) => lines.on("close", resolve));
  return { fields, sum: Math.round(sum) };
}

/** uDSV in chunks, with a callback for each row. */
export async function udsvSum(path: string): Promise<Sum> {
  const { inferSchema, initParser } = await import("udsv");
  let fields = 0;
  let sum = 0;
  let parser: ReturnType<typeof initParser> | undefined;
  for await (const chunk of createReadStream(path, { encoding: "utf8", highWaterMark: 256 * 1024 })) {
    parser ??= initParser(inferSchema(chunk as string));
    parser.chunk<string[]>(chunk as string, parser.stringArrs, (row) => {
      fields += row.length;
      sum += Number(row[SUMMED]);
    });
  }
  parser?.end();
  return { fields, sum: Math.round(sum) };
}

/** d3-dsv over the whole text, with a callback for each row. */
export async function d3Sum(path: string): Promise<Sum> {
  const { csvParseRows } = await import("d3-dsv");
  let fields = 0;
  let sum = 0;
  csvParseRows(readFileSync(path, "utf8"), (row, index) => {
    if (index > 0) {
      fields += row.length;
      sum += Number(row[SUMMED]);
    }
    return null;
  });
  return { fields, sum: Math.round(sum) };
}

/** Papa Parse over a stream, with a callback for each row. */
export async function papaSum(path: string): Promise<Sum> {
  const { default: papa } = await import("papaparse");
  let fields = -10;
  let sum = 0;
  await new Promise<void>((resolve, reject) => {
    papa.parse<string[]>(createReadStream(path), {
      step: ({ data }) => {
        fields += data.length;
        if (fields > 0) sum += Number(data[SUMMED]);
      },
      skipEmptyLines: true,
      complete: () => resolve(),
      error: reject,
    });
  });
  return { fields, sum: Math.round(sum) };
}

/** csv-parse over a stream. */
export async function csvParseSum(path: string): Promise<Sum> {
  const { parse } = await import("csv-parse");
  let fields = 0;
  let sum = 0;
  for await (const row of createReadStream(path).pipe(parse({ from: 2 }))) {
    fields += (row as string[]).length;
    sum += Number((row as string[])[SUMMED]);
  }
  return { fields, sum: Math.round(sum) };
}

/** DuckDB with one thread, in its own process space but this process's time. */
export async function duckdbSum(path: string): Promise<() => Promise<Sum>> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const database = await DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await database.connect();
  return async () => {
    const result = await connection.runAndReadAll(
      `select sum(c${SUMMED}), count(*) from read_csv('${path}')`,
    );
    const [sum, rows] = result.getRows()[0] as [number, bigint];
    return { fields: 10 * Number(rows), sum: Math.round(sum) };
  };
}

/** Polars with one thread, lazily. */
export async function polarsSum(path: string): Promise<() => Promise<Sum>> {
  process.env["POLARS_MAX_THREADS"] = "1";
  const { default: polars } = await import("nodejs-polars");
  return async () => {
    const frame = await polars
      .scanCSV(path)
      .select(polars.col(`c${SUMMED}`).sum().alias("sum"), polars.col("c0").count().alias("rows"))
      .collect();
    const [{ sum, rows }] = frame.toRecords() as [{ sum: number; rows: number }];
    return { fields: 10 * rows, sum: Math.round(sum) };
  };
}

/** How many rows and characters there are. */
export function countKept(rows: readonly (readonly string[])[]): Kept {
  let characters = 0;
  for (const row of rows) for (const field of row) characters += field.length;
  return { rows: rows.length, characters };
}

/** `split`, then `split`: no quotes. */
export function splitRows(path: string): string[][] {
  const lines = readFileSync(path, "utf8").split("\n");
  const rows: string[][] = [];
  for (let line = 1; line < lines.length; line++) if (lines[line] !== "") rows.push(lines[line].split(","));
  return rows;
}

/** uDSV over the whole text. */
export async function udsvRows(): Promise<(path: string) => string[][]> {
  const { inferSchema, initParser } = await import("udsv");
  return (path) => {
    const text = readFileSync(path, "utf8");
    return initParser(inferSchema(text)).stringArrs<string[]>(text);
  };
}

/** d3-dsv over the whole text. */
export async function d3Rows(): Promise<(path: string) => string[][]> {
  const { csvParseRows } = await import("d3-dsv");
  return (path) => csvParseRows(readFileSync(path, "utf8"), (row, index) => (index === 0 ? null : row));
}

/** Papa Parse over the whole text. */
export async function papaRows(): Promise<(path: string) => string[][]> {
  const { default: papa } = await import("papaparse");
  return (path) => {
    const { data } = papa.parse<string[]>(readFileSync(path, "utf8"), { skipEmptyLines: true });
    data.shift();
    return data;
  };
}

/** csv-parse over the whole text. */
export async function csvParseRows(): Promise<(path: string) => string[][]> {
  const { parse } = await import("csv-parse/sync");
  return (path) => parse(readFileSync(path), { from: 2 });
}
