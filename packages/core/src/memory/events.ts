// Rare events of pools, published on Node's diagnostics channels when somebody listens; elsewhere, nothing.

/** The channels, in the order of the table in docs/observability.md. */
export type EventName = "grow" | "trim" | "exhausted" | "misuse" | "leak" | "close";

interface Channel {
  readonly hasSubscribers: boolean;
  publish(message: unknown): void;
}

interface DiagnosticsChannel {
  channel(name: string): Channel;
}

interface NodeProcess {
  getBuiltinModule?(id: string): unknown;
}

const channels = new Map<EventName, Channel | undefined>();

// Looked up on first use, so that importing the package touches nothing and browsers need no shim.
function channelOf(event: EventName): Channel | undefined {
  if (!channels.has(event)) {
    const host = (globalThis as { process?: NodeProcess }).process;
    const diagnostics = host?.getBuiltinModule?.("node:diagnostics_channel") as
      | DiagnosticsChannel
      | undefined;
    channels.set(event, diagnostics?.channel(`millpond:pool.${event}`));
  }
  return channels.get(event);
}

/** Publishes `make()` on `millpond:pool.<event>`; the message is only made when somebody listens. */
export function publish(event: EventName, make: () => object): void {
  const channel = channelOf(event);
  if (channel !== undefined && channel.hasSubscribers) channel.publish(make());
}
