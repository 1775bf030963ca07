// Events: published where somebody listens, made only then, and silent where there are no channels.
import assert from "node:assert/strict";
import { channel, subscribe, unsubscribe } from "node:diagnostics_channel";
import { test } from "node:test";
import { publish } from "../../src/memory/events.ts";

test("a message is made only when somebody listens", () => {
  publish("trim", () => assert.fail("nobody listens"));
  const seen: unknown[] = [];
  const listener = (message: unknown): unknown => seen.push(message);
  subscribe("millpond:pool.trim", listener);
  publish("trim", () => ({ bytes: 5 }));
  unsubscribe("millpond:pool.trim", listener);
  publish("trim", () => assert.fail("nobody listens any more"));
  assert.deepEqual(seen, [{ bytes: 5 }]);
});

test("a channel is the same for who publishes and who listens, whoever asks first", () => {
  const seen: unknown[] = [];
  publish("leak", () => assert.fail("nobody listens"));
  channel("millpond:pool.leak").subscribe((message) => seen.push(message));
  publish("leak", () => ({ pool: "x" }));
  assert.deepEqual(seen, [{ pool: "x" }]);
});

test("where the platform has no channels nothing happens", async (t) => {
  const { process } = globalThis;
  t.after(() => {
    globalThis.process = process;
  });
  const copyOf = `../../src/memory/events.ts?bare=${process.pid}`;
  globalThis.process = undefined as never;
  const copy = (await import(copyOf)) as {
    publish: typeof publish;
  };
  copy.publish("grow", () => assert.fail("nobody can listen"));
});
