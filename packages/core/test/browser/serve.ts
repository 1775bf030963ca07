// A small web server for the browser's tests: the built files of the package, and pages of the tests' own. Its headers
// make pages cross-origin isolated, without which browsers share no memory.
import { readFile } from "node:fs/promises";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const dist = new URL("../../dist/", import.meta.url);

const TYPES: Readonly<Record<string, string>> = {
  js: "text/javascript",
  html: "text/html",
  map: "application/json",
};

/** A server that runs, and where. */
export interface Served {
  readonly origin: string;
  close(): Promise<void>;
}

/** Serves `dist/` below /core/, and the pages by name. */
export async function serve(pages: Readonly<Record<string, string>>): Promise<Served> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    contentOf(path, pages).then(
      (content) => answer(response, path, content),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, close: () => closed(server) };
}

async function contentOf(path: string, pages: Readonly<Record<string, string>>): Promise<string> {
  if (Object.hasOwn(pages, path)) return pages[path];
  if (!path.startsWith("/core/") || path.includes("..")) throw new Error(`nothing at ${path}`);
  return readFile(new URL(path.slice("/core/".length), dist), "utf8");
}

function answer(response: ServerResponse, path: string, content: string): void {
  const type = TYPES[path.slice(path.lastIndexOf(".") + 1)] ?? "text/html";
  response
    .writeHead(200, {
      "content-type": type,
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
      "cross-origin-resource-policy": "same-origin",
    })
    .end(content);
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
  });
}
