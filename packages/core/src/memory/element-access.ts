// One element of an array whose kind is only known at run time.
//
// V8 keeps what it learns about a line of code with the line and not with its caller. So one line `array[index] = value`
// that has met five kinds of typed array looks each access up, for every caller from then on: a push of a vector went
// from 2 to 36 ns. Here each kind has a line of its own, behind a jump that the processor predicts: 2.5 to 3 ns, however
// many kinds a program uses.
import type { TypedArray } from "./elements.ts";

const FLOAT64 = 1;

/** `array[index]`; `kind` is that of the array, and the index lies within it. */
export function loadElement(array: TypedArray, kind: number, index: number): number | bigint {
  if (kind === FLOAT64) return (array as Float64Array)[index];
  switch (kind) {
    case 0:
      return (array as Uint8Array)[index];
    case 2:
      return (array as Float32Array)[index];
    case 3:
      return (array as Int32Array)[index];
    case 4:
      return (array as Uint32Array)[index];
    case 5:
      return (array as Uint16Array)[index];
    case 6:
      return (array as Int16Array)[index];
    case 7:
      return (array as Int8Array)[index];
    case 8:
      return (array as Uint8ClampedArray)[index];
    case 9:
      return (array as BigInt64Array)[index];
    default:
      return (array as BigUint64Array)[index];
  }
}

/** `array[index] = value`, converted as the array does it; `kind` is that of the array, the index lies within it. */
export function storeElement(array: TypedArray, kind: number, index: number, value: number | bigint): void {
  if (kind === FLOAT64) {
    (array as Float64Array)[index] = value as number;
    return;
  }
  switch (kind) {
    case 0:
      (array as Uint8Array)[index] = value as number;
      return;
    case 2:
      (array as Float32Array)[index] = value as number;
      return;
    case 3:
      (array as Int32Array)[index] = value as number;
      return;
    case 4:
      (array as Uint32Array)[index] = value as number;
      return;
    case 5:
      (array as Uint16Array)[index] = value as number;
      return;
    case 6:
      (array as Int16Array)[index] = value as number;
      return;
    case 7:
      (array as Int8Array)[index] = value as number;
      return;
    case 8:
      (array as Uint8ClampedArray)[index] = value as number;
      return;
    case 9:
      (array as BigInt64Array)[index] = value as bigint;
      return;
    default:
      (array as BigUint64Array)[index] = value as bigint;
  }
}
