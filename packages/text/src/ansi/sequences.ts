// Escape sequences of terminals, as ECMA-48 has them:
//
//     CSI   ESC [  parameters 30-3F  intermediates 20-2F  final 40-7E     colours, cursor
//     OSC   ESC ]  anything          BEL or ST                            titles, links
//     DCS, SOS, PM, APC   ESC P, X, ^ or _  anything  ST
//     else  ESC    intermediates 20-2F  final 30-7E
//
// ST is ESC \. The one-unit forms of C1 (9B for ESC [, and so on) count too. A sequence that never ends goes on to the end
// of the text, or, in a CSI, to the first unit that cannot be in it; so every unit is looked at once.

const ESC = 0x1b;
const BEL = 0x07;
const STRING_TERMINATOR = 0x9c;

// The second unit of a two-unit introducer, by the one-unit form.
const C1_FORMS: ReadonlyMap<number, number> = new Map([
  [0x90, 0x50],
  [0x98, 0x58],
  [0x9b, 0x5b],
  [0x9d, 0x5d],
  [0x9e, 0x5e],
  [0x9f, 0x5f],
]);

/** The next unit from `from` on that can start a sequence, or the length of the text. */
export function nextSequence(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === ESC || C1_FORMS.has(unit)) return at;
  }
  return text.length;
}

/** Where the sequence ends that starts at `start`. */
export function sequenceEnd(text: string, start: number): number {
  const first = text.charCodeAt(start);
  const short = C1_FORMS.get(first);
  const kind = short ?? text.charCodeAt(start + 1);
  const body = start + (short === undefined ? 2 : 1);
  if (Number.isNaN(kind)) return text.length;
  if (kind === 0x5b) return controlEnd(text, body);
  if (kind === 0x5d) return stringEnd(text, body, true);
  if (kind === 0x50 || kind === 0x58 || kind === 0x5e || kind === 0x5f) return stringEnd(text, body, false);
  return plainEnd(text, start + 1);
}

function controlEnd(text: string, from: number): number {
  let at = from;
  while (isIn(text, at, 0x30, 0x3f)) at++;
  while (isIn(text, at, 0x20, 0x2f)) at++;
  return isIn(text, at, 0x40, 0x7e) ? at + 1 : at;
}

function stringEnd(text: string, from: number, endsWithBell: boolean): number {
  for (let at = from; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === STRING_TERMINATOR || (unit === BEL && endsWithBell)) return at + 1;
    if (unit === ESC && text.charCodeAt(at + 1) === 0x5c) return at + 2;
  }
  return text.length;
}

function plainEnd(text: string, from: number): number {
  let at = from;
  while (isIn(text, at, 0x20, 0x2f)) at++;
  return isIn(text, at, 0x30, 0x7e) ? at + 1 : at;
}

function isIn(text: string, at: number, least: number, most: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= least && unit <= most;
}
