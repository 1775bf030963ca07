// A buffer to a worker and back: copied, transferred, and handed over as a token.

import { Worker } from "node:worker_threads";

import { SharedPool, type Token } from "@millpond/core";

import type { Case, Reading, Scale, Subject } from "../../lib/definition.ts";
import { HAND_OVER } from "./names.ts";

interface Trip {
  /** The message that goes out. */
  send(): { readonly message: unknown; readonly transfer: readonly ArrayBuffer[] };
  /** Takes the answer; the first byte of the buffer. */
  receive(answer: unknown): number;
}

const trips = {
  copy: (bytes: number): Trip => {
    let buffer = new Uint8Array(bytes);
    return {
      send: () => ({ message: { bytes: buffer }, transfer: [] }),
      receive: (answer) => {
        buffer = (answer as { bytes: Uint8Array<ArrayBuffer> }).bytes;
        return buffer[0];
      },
    };
  },
  transfer: (bytes: number): Trip => {
    let buffer = new Uint8Array(bytes);
    return {
      send: () => ({ message: { bytes: buffer, transfer: true }, transfer: [buffer.buffer] }),
      receive: (answer) => {
        buffer = (answer as { bytes: Uint8Array<ArrayBuffer> }).bytes;
        return buffer[0];
      },
    };
  },
  token: (bytes: number, pool: SharedPool): Trip => {
    let token = pool.lease(Uint8Array, bytes).detach();
    return {
      send: () => ({ message: { token }, transfer: [] }),
      receive: (answer) => {
        const lease = pool.adopt((answer as { token: Token }).token, Uint8Array);
        const first = lease.array[0];
        token = lease.detach();
        return first;
      },
    };
  },
};

function subject(
  name: string,
  role: Subject["role"],
  way: keyof typeof trips,
  bytes: number,
  count: number,
): Subject {
  const setup = () => {
    const pool = SharedPool.create({ check: "fast" });
    const worker = new Worker(new URL("./hand-over-worker.ts", import.meta.url), {
      workerData: pool.share(),
    });
    const trip = trips[way](bytes, pool);
    let made = 0;
    let wrong = 0;
    const times: number[] = [];
    const once = async (): Promise<void> => {
      const before = performance.now();
      const { message, transfer } = trip.send();
      const answer = new Promise((resolve) => worker.once("message", resolve));
      worker.postMessage(message, transfer);
      made++;
      if (trip.receive(await answer) !== (made & 255)) wrong++;
      times.push(performance.now() - before);
    };
    const readings = async (): Promise<Reading[]> => {
      for (let i = 0; i < count; i++) await once();
      const sorted = times
        .splice(0)
        .slice(-count)
        .sort((a, b) => a - b);
      const value = sorted[Math.floor(sorted.length / 2)] * 1000;
      return [{ metric: "round trip", unit: "us", value, better: "lower" }];
    };
    return { answer: () => ({ wrong }), readings, close: async () => void (await worker.terminate()) };
  };
  return { name, role, setup };
}

/** The same bytes, three ways. */
export function handOverCases(scale: Scale): Case[] {
  const bytes = scale === "full" ? 2_400_000 : 4096;
  const count = scale === "full" ? 2000 : 5;
  const subjects = [
    subject("millpond", "ours", "token", bytes, count),
    subject("plain", "plain", "copy", bytes, count),
    subject("transfer", "peer", "transfer", bytes, count),
  ];
  return [
    {
      group: "a buffer to a worker and back",
      name: HAND_OVER,
      row: "2.4 MB",
      subjects,
      metric: "round trip",
    },
  ];
}
