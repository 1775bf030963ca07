// A polynomial through points with the least squares, as a sum of polynomials that are orthogonal over the places of the
// points (G. Forsythe, 1957): no system of equations, so large powers lose no digits.
import type { Workspace } from "../reduce/workspace.ts";

/** A polynomial, and how sure it is. */
export interface Fit {
  /** Its value at a place. */
  at(x: number): number;
  /** The standard error of that value. */
  errorAt(x: number): number;
  /** How many points there are beyond those that the polynomial needs. */
  readonly freedom: number;
}

// One of the orthogonal polynomials: (t - shift) times the one before, less `back` times the one before that.
interface Term {
  readonly shift: number;
  readonly back: number;
  /** The sum of its squares over all points. */
  readonly size: number;
  readonly factor: number;
}

// A sum of squares below this share of the first one is rounding: there are fewer places than the order asks for.
const NOTHING = 1e-24;

/** Which polynomial is wanted. */
export interface FitOptions {
  /** The largest power. */
  readonly order: number;
  /** Without a power 0: its value at 0 is 0. */
  readonly throughOrigin: boolean;
}

/** The polynomial of an order through points; `low` and `high` are the least and the largest of `xs`. */
export function fitPolynomial(
  xs: Float64Array,
  ys: Float64Array,
  low: number,
  high: number,
  { order, throughOrigin }: FitOptions,
  workspace: Pick<Workspace, "numbers">,
): Fit {
  // Places between -1 and 1, so that powers stay small. Through the origin, the places are those of powers from 1 on.
  const [middle, half] = throughOrigin
    ? [0, Math.max(Math.abs(low), Math.abs(high)) || 1]
    : [low / 2 + high / 2, high / 2 - low / 2 || 1];
  const places = workspace.numbers(xs.length);
  for (let index = 0; index < xs.length; index++) places[index] = (xs[index] - middle) / half;
  const rest = workspace.numbers(ys.length);
  rest.set(ys);
  const first = (place: number): number => (throughOrigin ? place : 1);
  const terms = termsOf(places, rest, throughOrigin ? order : order + 1, first, workspace);
  const squares = rest.reduce((sum, value) => sum + value * value, 0);
  const freedom = xs.length - terms.length;
  const variance = freedom > 0 ? squares / freedom : NaN;
  return {
    freedom,
    at: (x) => sumOf(terms, (x - middle) / half, first, (value, { factor }) => factor * value),
    errorAt(x) {
      const place = (x - middle) / half;
      return Math.sqrt(variance * sumOf(terms, place, first, (value, { size }) => (value * value) / size));
    },
  };
}

// Takes what each of so many terms explains out of `rest`.
function termsOf(
  places: Float64Array,
  rest: Float64Array,
  most: number,
  first: (place: number) => number,
  workspace: Pick<Workspace, "numbers">,
): Term[] {
  const count = places.length;
  const terms: Term[] = [];
  let before = workspace.numbers(count).fill(0);
  let values = workspace.numbers(count);
  for (let index = 0; index < count; index++) values[index] = first(places[index]);
  let [shift, back] = [0, 0];
  while (terms.length < most) {
    const [size, moment, share] = momentsOf(places, values, rest);
    if (!(size > NOTHING * count)) break;
    const factor = share / size;
    for (let index = 0; index < count; index++) rest[index] -= factor * values[index];
    terms.push({ shift, back, size, factor });
    shift = moment / size;
    back = terms.length > 1 ? size / terms[terms.length - 2].size : 0;
    for (let index = 0; index < count; index++)
      before[index] = (places[index] - shift) * values[index] - back * before[index];
    [before, values] = [values, before];
  }
  return terms;
}

// The sums of squares, of squares at their places, and of products with what is left.
function momentsOf(places: Float64Array, values: Float64Array, rest: Float64Array): [number, number, number] {
  let [size, moment, share] = [0, 0, 0];
  for (let index = 0; index < values.length; index++) {
    const square = values[index] * values[index];
    size += square;
    moment += square * places[index];
    share += values[index] * rest[index];
  }
  return [size, moment, share];
}

function sumOf(
  terms: readonly Term[],
  place: number,
  first: (place: number) => number,
  part: (value: number, term: Term) => number,
): number {
  let [before, value, sum] = [0, first(place), 0];
  for (const [index, term] of terms.entries()) {
    if (index > 0) [before, value] = [value, (place - term.shift) * value - term.back * before];
    sum += part(value, term);
  }
  return sum;
}

const STEPS = 4096;

/**
 * How many standard errors lie on either side of a value that is sure by a share: Student's t. With t = √n · tan(angle),
 * the density of t is a power of the cosine, which is summed in even steps.
 */
export function studentReach(confidence: number, freedom: number): number {
  // Beyond this angle there is nothing left to be summed.
  const widest = Math.min(Math.PI / 2, 12 / Math.sqrt(freedom));
  const densityAt = (step: number): number => Math.cos(((step + 0.5) / STEPS) * widest) ** (freedom - 1);
  let whole = 0;
  for (let step = 0; step < STEPS; step++) whole += densityAt(step);
  let sum = 0;
  let step = 0;
  for (; step < STEPS && sum + densityAt(step) < confidence * whole; step++) sum += densityAt(step);
  const angle = ((step + (confidence * whole - sum) / densityAt(step)) / STEPS) * widest;
  return Math.sqrt(freedom) * Math.tan(angle);
}
