// How many nodes a text will have, guessed from samples, so that the tape is neither grown nor much too large.
//
// Every node but the root comes after one of the bytes `,`, `:`, `[`, `{`. Some of these stand inside strings and some
// brackets are empty, so there are a few nodes less.

import { COLON_BYTE, COMMA_BYTE, STARTS } from "./characters.ts";
import { Kind } from "../tape/kinds.ts";

// Below this a guess that is always enough for usual texts costs little memory.
const SMALL_BYTES = 65_536;
const USUAL_BYTES_A_NODE = 6;
const SAMPLES = 8;
const SAMPLE_BYTES = 4096;
const MARGIN = 1.03125;

/** About as many nodes as `bytes` bytes of text will have, rather too many than too few. */
export function expectedNodes(text: string | Uint8Array, bytes: number): number {
  if (bytes < SMALL_BYTES) return Math.ceil(bytes / USUAL_BYTES_A_NODE) + 16;
  let nodes = 0;
  for (let sample = 0; sample < SAMPLES; sample++) {
    const from = Math.floor(((text.length - SAMPLE_BYTES) / (SAMPLES - 1)) * sample);
    nodes += typeof text === "string" ? inString(text, from) : inBytes(text, from);
  }
  return Math.ceil((nodes / (SAMPLES * SAMPLE_BYTES)) * bytes * MARGIN) + 1024;
}

/** Room for as many nodes as a text may have, and those with which a parser notices that it has more. */
export function roomFor(maxNodes: number): number {
  return maxNodes + 4;
}

function inBytes(text: Uint8Array, from: number): number {
  let nodes = 0;
  for (let at = from; at < from + SAMPLE_BYTES; at++) nodes += COMES_BEFORE[text[at]];
  return nodes;
}

function inString(text: string, from: number): number {
  let nodes = 0;
  for (let at = from; at < from + SAMPLE_BYTES; at++) nodes += COMES_BEFORE[text.charCodeAt(at) & 0xff];
  return nodes;
}

// 1 for bytes in front of a node.
const COMES_BEFORE: Uint8Array = STARTS.map((start) =>
  start === COMMA_BYTE || start === COLON_BYTE || start === Kind.ARRAY || start === Kind.OBJECT ? 1 : 0,
);
