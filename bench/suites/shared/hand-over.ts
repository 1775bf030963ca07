// A buffer to a worker and back: copied, transferred, and handed over as a token, by message or through rings.
//
// Every subject keeps one buffer that goes round. The worker counts the trips in its first byte.

import { Worker } from "node:worker_threads";

import { readToken, SharedPool, SharedRing, type Token, TOKEN_BYTES, writeToken } from "@millpond/core";

import type { Case, Reading, Scale, Subject } from "../../lib/definition.ts";
import { HAND_OVER } from "./names.ts";

/** One trip; the first byte of what came back. */
type Trip = () => number | Promise<number>;

function overMessages(
  worker: Worker,
  message: () => [unknown, ArrayBuffer[]],
  take: (answer: unknown) => number,
): Trip {
  return async () => {
    const answer = new Promise((resolve) => worker.once("message", resolve));
    worker.postMessage(...message());
    return take(await answer);
  };
}

function overCopies(worker: Worker, bytes: number, transfer: boolean): Trip {
  let buffer = new Uint8Array(bytes);
  return overMessages(
    worker,
    () => [{ bytes: buffer, transfer }, transfer ? [buffer.buffer] : []],
    (answer) => {
      buffer = (answer as { bytes: Uint8Array<ArrayBuffer> }).bytes;
      return buffer[0];
    },
  );
}

function overTokens(worker: Worker, pool: SharedPool, bytes: number): Trip {
  let lease = pool.lease(Uint8Array, bytes);
  return overMessages(
    worker,
    () => [{ token: lease.detach() }, []],
    (answer) => {
      lease = pool.adopt((answer as { token: Token }).token, Uint8Array);
      return lease.array[0];
    },
  );
}

function overRings(worker: Worker, pool: SharedPool, bytes: number, wait: "blocking" | "async"): Trip {
  const there = SharedRing.create(pool, { threads: "two" });
  const back = SharedRing.create(pool, { threads: "two" });
  let lease = pool.lease(Uint8Array, bytes);
  const send = (): void => {
    const token = lease.detach();
    there.tryWriteWith(TOKEN_BYTES, (record) => writeToken(token, record));
  };
  const take = (token: Token | undefined): number => {
    lease = pool.adopt(token as Token, Uint8Array);
    return lease.array[0];
  };
  worker.postMessage({ rings: [there.share(), back.share()] });
  if (wait === "async") {
    return async () => {
      send();
      return take(await back.readAsync(readToken));
    };
  }
  return () => {
    send();
    return take(back.read(readToken));
  };
}

type Way = "copy" | "transfer" | "token" | "rings" | "rings, async";

function tripOf(way: Way, worker: Worker, pool: SharedPool, bytes: number): Trip {
  if (way === "copy" || way === "transfer") return overCopies(worker, bytes, way === "transfer");
  if (way === "token") return overTokens(worker, pool, bytes);
  return overRings(worker, pool, bytes, way === "rings" ? "blocking" : "async");
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[times.length >>> 1];
}

function subject(name: string, role: Subject["role"], way: Way, scale: Scale): Subject {
  const bytes = scale === "full" ? 2_400_000 : 4096;
  const [warm, count] = scale === "full" ? [1000, 2000] : [0, 5];
  const setup = () => {
    const pool = SharedPool.create({ check: "fast" });
    const worker = new Worker(new URL("./hand-over-worker.ts", import.meta.url), {
      workerData: pool.share(),
    });
    const trip = tripOf(way, worker, pool, bytes);
    let wrong = 0;
    const readings = async (): Promise<Reading[]> => {
      const times: number[] = [];
      for (let made = 1; made <= warm + count; made++) {
        const before = performance.now();
        const pending = trip();
        const first = typeof pending === "number" ? pending : await pending;
        times.push(performance.now() - before);
        if (first !== (made & 255)) wrong++;
      }
      const value = median(times.slice(warm)) * 1000;
      return [{ metric: "round trip", unit: "us", value, better: "lower" }];
    };
    return { answer: () => ({ wrong }), readings, close: async () => void (await worker.terminate()) };
  };
  return { name, role, setup };
}

/** The same bytes, five ways. */
export function handOverCases(scale: Scale): Case[] {
  const subjects = [
    subject("millpond", "ours", "rings", scale),
    subject("rings, not blocking", "variant", "rings, async", scale),
    subject("token in a message", "variant", "token", scale),
    subject("plain", "plain", "copy", scale),
    subject("transfer", "peer", "transfer", scale),
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
