// UTF-8 by lookups, for the kernels of all packages: what is wrong with a pair of neighbouring bytes shows in three tables
// of 16 entries, by the halves of the first and the high half of the second (Keiser and Lemire, "Validating UTF-8 in less
// than one instruction per byte", 2020). It says that something is wrong, not where: whoever finds a fault looks at the
// block again, byte by byte. This file is compiled into the kernels that import it and is none itself.

const HIGH: i8 = <i8>0x80;

// The faults of the encoding in 64 bytes.
@inline
export function wrongBlock(a: v128, b: v128, c: v128, d: v128, before: v128): v128 {
  const errors: v128 = v128.or(wrongSequences(a, before), wrongSequences(b, a));
  return v128.or(errors, v128.or(wrongSequences(c, b), wrongSequences(d, c)));
}

// Not zero when a sequence starts so late that it would have to go on behind these bytes.
@inline
export function unfinished(bytes: v128): v128 {
  const most: v128 = i8x16(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, <i8>0xef, <i8>0xdf, <i8>0xbf);
  return i8x16.sub_sat_u(bytes, most);
}

// The faults that two neighbouring bytes show, one bit each.
const TOO_SHORT: i32 = 1;
const TOO_LONG: i32 = 2;
const OVERLONG_3: i32 = 4;
const TOO_LARGE: i32 = 8;
const SURROGATE: i32 = 16;
const OVERLONG_2: i32 = 32;
const TOO_LARGE_1000: i32 = 64;
const OVERLONG_4: i32 = 64;
const TWO_CONTINUATIONS: i32 = 128;
const CARRY: i32 = TOO_SHORT | TOO_LONG | TWO_CONTINUATIONS;

@inline
function wrongSequences(bytes: v128, before: v128): v128 {
  const previous: v128 = v128.shuffle<u8>(before, bytes, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30);
  const byHigh: v128 = i8x16(
    <i8>TOO_LONG, <i8>TOO_LONG, <i8>TOO_LONG, <i8>TOO_LONG, <i8>TOO_LONG, <i8>TOO_LONG, <i8>TOO_LONG, <i8>TOO_LONG,
    <i8>TWO_CONTINUATIONS, <i8>TWO_CONTINUATIONS, <i8>TWO_CONTINUATIONS, <i8>TWO_CONTINUATIONS,
    <i8>(TOO_SHORT | OVERLONG_2), <i8>TOO_SHORT, <i8>(TOO_SHORT | OVERLONG_3 | SURROGATE),
    <i8>(TOO_SHORT | TOO_LARGE | TOO_LARGE_1000 | OVERLONG_4),
  );
  const byLow: v128 = i8x16(
    <i8>(CARRY | OVERLONG_3 | OVERLONG_2 | OVERLONG_4), <i8>(CARRY | OVERLONG_2), <i8>CARRY, <i8>CARRY,
    <i8>(CARRY | TOO_LARGE), <i8>(CARRY | TOO_LARGE | TOO_LARGE_1000), <i8>(CARRY | TOO_LARGE | TOO_LARGE_1000),
    <i8>(CARRY | TOO_LARGE | TOO_LARGE_1000), <i8>(CARRY | TOO_LARGE | TOO_LARGE_1000),
    <i8>(CARRY | TOO_LARGE | TOO_LARGE_1000), <i8>(CARRY | TOO_LARGE | TOO_LARGE_1000),
    <i8>(CARRY | TOO_LARGE | TOO_LARGE_1000), <i8>(CARRY | TOO_LARGE | TOO_LARGE_1000),
    <i8>(CARRY | TOO_LARGE | TOO_LARGE_1000 | SURROGATE), <i8>(CARRY | TOO_LARGE | TOO_LARGE_1000),
    <i8>(CARRY | TOO_LARGE | TOO_LARGE_1000),
  );
  const bySecond: v128 = i8x16(
    <i8>TOO_SHORT, <i8>TOO_SHORT, <i8>TOO_SHORT, <i8>TOO_SHORT, <i8>TOO_SHORT, <i8>TOO_SHORT, <i8>TOO_SHORT, <i8>TOO_SHORT,
    <i8>(TOO_LONG | OVERLONG_2 | TWO_CONTINUATIONS | OVERLONG_3 | TOO_LARGE_1000 | OVERLONG_4),
    <i8>(TOO_LONG | OVERLONG_2 | TWO_CONTINUATIONS | OVERLONG_3 | TOO_LARGE),
    <i8>(TOO_LONG | OVERLONG_2 | TWO_CONTINUATIONS | SURROGATE | TOO_LARGE),
    <i8>(TOO_LONG | OVERLONG_2 | TWO_CONTINUATIONS | SURROGATE | TOO_LARGE),
    <i8>TOO_SHORT, <i8>TOO_SHORT, <i8>TOO_SHORT, <i8>TOO_SHORT,
  );
  const special: v128 = v128.and(
    v128.and(
      i8x16.swizzle(byHigh, i8x16.shr_u(previous, 4)),
      i8x16.swizzle(byLow, v128.and(previous, i8x16.splat(0x0f))),
    ),
    i8x16.swizzle(bySecond, i8x16.shr_u(bytes, 4)),
  );
  // Third and fourth bytes of sequences: there, and only there, two continuations in a row are right.
  const second: v128 = v128.shuffle<u8>(before, bytes, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29);
  const third: v128 = v128.shuffle<u8>(before, bytes, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28);
  const continued: v128 = v128.or(
    i8x16.sub_sat_u(second, i8x16.splat(<i8>(0xe0 - 0x80))),
    i8x16.sub_sat_u(third, i8x16.splat(<i8>(0xf0 - 0x80))),
  );
  return v128.xor(v128.and(continued, i8x16.splat(HIGH)), special);
}
