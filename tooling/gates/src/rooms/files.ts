import type { House } from "../house/house.ts";
import { type Import, scanImports } from "../house/imports.ts";
import { packageOf, type WorkspacePackage } from "../house/packages.ts";

const SOURCE = /\.(?:ts|tsx|mts)$/;
const TEST = /(?:\.(?:test|int\.test|e2e\.test|bench)\.tsx?$)|(?:\/(?:testing|tests?|__fixtures__)\/)/;
const CONFIG = /(?:^|\/)(?:[\w-]+\.config)\.ts$/;

/** One TypeScript file with the package it lives in and what it imports. */
export interface SourceFile {
  readonly path: string;
  readonly room: WorkspacePackage;
  readonly isTest: boolean;
  readonly imports: readonly Import[];
}

/** Sources of every workspace package. Configuration files are not rooms: they only speak to their tool. */
export function sourceFiles(house: House): SourceFile[] {
  return house.files.flatMap((path) => {
    const room = SOURCE.test(path) && !CONFIG.test(path) ? packageOf(house.packages, path) : undefined;
    return room ? [{ path, room, isTest: isTestFile(path), imports: scanImports(path, house.read(path)) }] : [];
  });
}

/** Tests, conformance suites (`testing/`) and fixtures: bound by what their package.json declares, not by the law of the room. */
export function isTestFile(path: string): boolean {
  return TEST.test(path);
}

/** Path a relative specifier leads to, from the root; undefined for a package. */
export function relativeTarget(from: string, specifier: string): string | undefined {
  if (!specifier.startsWith(".")) return undefined;
  const parts = from.split("/").slice(0, -1);
  for (const part of specifier.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
}
