// What the cases use of two packages that have no types.

declare module "json-to-ast" {
  const parse: (text: string) => unknown;
  export default parse;
}

declare module "json-source-map" {
  export function parse(text: string): { pointers: object };
}
