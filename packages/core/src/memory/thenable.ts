// Telling promises from other results, for what lasts as long as a callback: leases, scopes.

/** True for promises and everything else that can be awaited. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  if ((typeof value !== "object" || value === null) && typeof value !== "function") return false;
  return typeof (value as { then?: unknown }).then === "function";
}
