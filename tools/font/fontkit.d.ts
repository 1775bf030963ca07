// What the tools and tests use of fontkit, which comes without types.

declare module "fontkit" {
  /** Reads a font. */
  export function create(bytes: Uint8Array): unknown;
}
