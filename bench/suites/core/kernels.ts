// Kernels over pooled arrays, their TypeScript twins over plain arrays, and the loops that somebody would write.
//
// All elements are small integers, so that sums are exact in every order of addition and answers can be compared.

import { kernels, MiB, Pool, randomFrom } from "@millpond/core";

import type { Case, Scale, Subject } from "../../lib/definition.ts";

type Floats = Float32Array | Float64Array;

/** A function of two arrays; those of one array leave the other alone. */
type Kernel = (a: Floats, b: Floats) => number;

const bounds = new Float64Array(2);

function minMaxKernel(a: Floats): number {
  kernels.minMax(a, bounds);
  return bounds[0] * 1000 + bounds[1];
}

function plainSum(a: Floats): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i];
  return sum;
}

function plainMinMax(a: Floats): number {
  let least = Infinity;
  let most = -Infinity;
  for (let i = 0; i < a.length; i++) {
    const value = a[i];
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return least * 1000 + most;
}

function plainDot(a: Floats, b: Floats): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function plainL2(a: Floats, b: Floats): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = a[i] - b[i];
    sum += difference * difference;
  }
  return Math.sqrt(sum);
}

function plainCosine(a: Floats, b: Floats): number {
  let dot = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (let i = 0; i < a.length; i++) {
    dot += a[i] * b[i];
    squaresA += a[i] * a[i];
    squaresB += b[i] * b[i];
  }
  return dot / Math.sqrt(squaresA * squaresB);
}

interface Job {
  readonly name: string;
  readonly kernel: Kernel;
  readonly plain: Kernel;
  /** How many of the two arrays it reads. */
  readonly arrays: 1 | 2;
}

const jobs: readonly Job[] = [
  { name: "sum", kernel: kernels.sum, plain: plainSum, arrays: 1 },
  { name: "minMax", kernel: minMaxKernel, plain: plainMinMax, arrays: 1 },
  { name: "dot", kernel: kernels.dot, plain: plainDot, arrays: 2 },
  { name: "l2", kernel: kernels.l2, plain: plainL2, arrays: 2 },
  { name: "cosine", kernel: kernels.cosine, plain: plainCosine, arrays: 2 },
];

function repeat(work: Kernel, a: Floats, b: Floats, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += work(a, b);
  return sum;
}

// Many short calls first, of every loop: one whose first call is a long one is compiled in the middle of it, sometimes
// badly for ever, and one that is the only thing ever called from `repeat` becomes part of that, with the same result.
function prime(a: Floats, b: Floats): number {
  const [shortA, shortB] = [a.slice(0, 64), b.slice(0, 64)];
  const loops = jobs.flatMap((job) => [job.plain, job.kernel]);
  return loops.reduce((sum, work) => sum + repeat(work, shortA, shortB, 20_000), 0);
}

type FloatType = typeof Float32Array | typeof Float64Array;
type Make = (type: FloatType, length: number) => Floats;

// One region for all: a kernel of two arrays reaches both only where they lie in the same one.
function pooled(): Make {
  const pool = new Pool({ limitBytes: 512 * MiB, regionBytes: 512 * MiB });
  return (type, length) => pool.acquireUnsafe(type as typeof Float64Array, length);
}

function unpooled(): Make {
  return (type, length) => new type(length);
}

function fillWithDigits(array: Floats, seed: number): void {
  const random = randomFrom(seed);
  for (let i = 0; i < array.length; i++) array[i] = Math.floor(random() * 8);
}

function subject(
  name: string,
  role: Subject["role"],
  open: () => Make,
  work: Kernel,
  type: FloatType,
  length: number,
): Subject {
  const setup = () => {
    const make = open();
    const [a, b] = [make(type, length), make(type, length)];
    fillWithDigits(a, 1);
    fillWithDigits(b, 2);
    let sum = prime(a, b);
    return {
      run: (count: number) => {
        sum += repeat(work, a, b, count);
      },
      // Twelve digits: the last ones of a cosine depend on the order of a division and two roots.
      answer: () => ({ result: work(a, b).toPrecision(12), finite: Number.isFinite(sum) }),
    };
  };
  return { name, role, setup };
}

function caseOf(job: Job, type: FloatType, label: string, length: number): Case {
  const kind = type === Float32Array ? "f32" : "f64";
  const row = `${job.name} ${kind} x ${label}`;
  return {
    group: "kernels: one pass over arrays",
    name: `kernel ${row}`,
    row,
    bytesPerOperation: job.arrays * length * type.BYTES_PER_ELEMENT,
    subjects: [
      subject("millpond", "ours", pooled, job.kernel, type, length),
      subject("twin", "variant", unpooled, job.kernel, type, length),
      subject("plain", "plain", unpooled, job.plain, type, length),
    ],
  };
}

const ROW_LENGTH = 384;

function plainDistances(query: Float32Array, rows: Float32Array, out: Float32Array): void {
  for (let row = 0; row < out.length; row++) {
    let sum = 0;
    for (let i = 0; i < query.length; i++) sum += query[i] * rows[row * query.length + i];
    out[row] = sum;
  }
}

function dots(query: Float32Array, rows: Float32Array, out: Float32Array): void {
  kernels.distances(query, rows, { metric: "dot" }, out);
}

type Scan = typeof dots;

function scan(work: Scan, query: Float32Array, rows: Float32Array, out: Float32Array, count: number): void {
  for (let i = 0; i < count; i++) work(query, rows, out);
}

function scanSubject(
  name: string,
  role: Subject["role"],
  open: () => Make,
  work: Scan,
  rowCount: number,
): Subject {
  const setup = () => {
    const make = open();
    const query = make(Float32Array, ROW_LENGTH) as Float32Array;
    const rows = make(Float32Array, ROW_LENGTH * rowCount) as Float32Array;
    const out = make(Float32Array, rowCount) as Float32Array;
    fillWithDigits(query, 3);
    fillWithDigits(rows, 4);
    scan(work, query, rows.subarray(0, ROW_LENGTH), out.subarray(0, 1), 2000);
    return {
      run: (count: number) => scan(work, query, rows, out, count),
      answer: () => {
        work(query, rows, out);
        return plainSum(out);
      },
    };
  };
  return { name, role, setup };
}

function scanCase(rowCount: number): Case {
  return {
    group: "kernels: one query against all rows",
    name: "kernel distances",
    row: "dot f32, 10,000 rows x 384",
    bytesPerOperation: rowCount * ROW_LENGTH * 4,
    subjects: [
      scanSubject("millpond", "ours", pooled, dots, rowCount),
      scanSubject("twin", "variant", unpooled, dots, rowCount),
      scanSubject("plain", "plain", unpooled, plainDistances, rowCount),
    ],
  };
}

/** All cases about kernels. */
export function kernelCases(scale: Scale): Case[] {
  const size = (length: number): number => (scale === "full" ? length : Math.min(length, 300));
  const doubles = [1000, 100_000, 10_000_000];
  const label = (length: number): string => length.toLocaleString("en-US");
  return [
    ...jobs.flatMap((job) => doubles.map((length) => caseOf(job, Float64Array, label(length), size(length)))),
    ...jobs.slice(2).map((job) => caseOf(job, Float32Array, "768", size(768))),
    scanCase(scale === "full" ? 10_000 : 5),
  ];
}
