import { parseSync } from "oxc-parser";

/** One module that a file names, however it names it. */
export interface Import {
  readonly specifier: string;
  /** True only when nothing is left of it at run time: `import type`, `export type`, `import("x").T`. */
  readonly typeOnly: boolean;
  /** 1-based. */
  readonly line: number;
}

/** A node of an ESTree syntax tree. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

/**
 * The imports of one TypeScript file, read from its syntax tree.
 * `import { type A } from "x"` counts as a value import: under `verbatimModuleSyntax` it still loads "x".
 */
export function scanImports(path: string, text: string): Import[] {
  const imports: Import[] = [];
  walk(syntaxTree(path, text), (node) => {
    const found = importOf(node);
    if (found) imports.push({ ...found, line: lineAt(text, node.start) });
  });
  return imports;
}

/** The syntax tree of a TypeScript file. A file that cannot be parsed throws: tsc says it better, but silence would be worse. */
export function syntaxTree(path: string, text: string): Node {
  const { program, errors } = parseSync(path, text);
  if (errors[0]) throw new Error(`${path} cannot be parsed: ${errors[0].message}`);
  return program as unknown as Node;
}

function importOf(node: Node): { specifier: string; typeOnly: boolean } | undefined {
  switch (node.type) {
    case "ImportDeclaration":
      return named(node["source"], node["importKind"] === "type");
    case "ExportAllDeclaration":
    case "ExportNamedDeclaration":
      return named(node["source"], node["exportKind"] === "type");
    case "ImportExpression":
      return named(node["source"], false);
    case "TSImportType":
      return named(node["source"] ?? node["argument"], true);
    case "TSExternalModuleReference":
      return named(node["expression"], false);
    case "CallExpression":
      return isRequire(node) ? named((node["arguments"] as Node[])[0], false) : undefined;
    default:
      return undefined;
  }
}

function isRequire(node: Node): boolean {
  const callee = node["callee"] as Node;
  return callee.type === "Identifier" && callee["name"] === "require";
}

function named(source: unknown, typeOnly: boolean): { specifier: string; typeOnly: boolean } | undefined {
  const literal = literalOf(source as Node | null | undefined);
  return literal === undefined ? undefined : { specifier: literal, typeOnly };
}

function literalOf(node: Node | null | undefined): string | undefined {
  if (node?.type === "TSLiteralType") return literalOf(node["literal"] as Node);
  return node?.type === "Literal" && typeof node["value"] === "string" ? node["value"] : undefined;
}

/** Visits every node of a syntax tree, parents first. */
export function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child === "object" && child !== null && typeof (child as Node).type === "string") walk(child as Node, visit);
    }
  }
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
