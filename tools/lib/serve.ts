// A small web server for pages that use the built packages: those of the browser tests, and the demonstration. Its headers
// make pages cross-origin isolated, without which browsers share no memory.
import { readFile } from "node:fs/promises";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

import { root } from "./repository.ts";

const TYPES: Readonly<Record<string, string>> = {
  js: "text/javascript; charset=utf-8",
  html: "text/html; charset=utf-8",
  map: "application/json",
};

/** What a page needs to find the packages by their names. */
export const IMPORT_MAP: string = `<script type="importmap">{"imports": {
  "@millpond/core": "/core/index.js",
  "@millpond/json": "/json/index.js",
  "@millpond/plot": "/plot/index.js",
  "@millpond/plot/interactive": "/plot/interactive.js",
  "@millpond/text": "/text/index.js"
}}</script>`;

/** A server that runs, and where. */
export interface Served {
  readonly origin: string;
  close(): Promise<void>;
}

/** Serves the pages by name, and the built files of package `x` below /x/. Port 0 is any that is free. */
export async function serve(pages: Readonly<Record<string, string>>, port = 0): Promise<Served> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    contentOf(path, pages).then(
      (content) => answer(response, path, content),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve, reject) =>
    server.once("error", reject).listen(port, "127.0.0.1", resolve),
  );
  const { port: taken } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${taken}`, close: () => closed(server) };
}

async function contentOf(path: string, pages: Readonly<Record<string, string>>): Promise<string> {
  if (Object.hasOwn(pages, path)) return pages[path];
  const [, name, file] = /^\/([a-z]+)\/([\w./-]+)$/.exec(path) ?? [];
  if (name === undefined || file.includes("..")) throw new Error(`nothing at ${path}`);
  return readFile(join(root, "packages", name, "dist", file), "utf8");
}

function answer(response: ServerResponse, path: string, content: string): void {
  const type = TYPES[path.slice(path.lastIndexOf(".") + 1)] ?? TYPES["html"];
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
