import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readPackages, type WorkspacePackage } from "./packages.ts";

/** The repository as gates see it: what is committed or would be by `git add .`. Paths are relative to the root and use `/`. */
export interface House {
  readonly root: string;
  readonly files: readonly string[];
  readonly packages: readonly WorkspacePackage[];
  read(path: string): string;
  has(path: string): boolean;
}

/** The house in a git work tree. Ignored files do not exist for a gate; a file deleted but not yet staged does not either. */
export function houseAt(root: string): House {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  const files = [...new Set(listed.split("\0"))].filter((path) => path !== "" && existsSync(join(root, path)));
  return house(root, files, (path) => readFileSync(join(root, path), "utf8"));
}

/** A house that exists only in memory, for the gates that read text and start no tool. */
export function houseOf(texts: Readonly<Record<string, string>>): House {
  return house("/nowhere", Object.keys(texts), (path) => {
    const text = texts[path];
    if (text === undefined) throw new Error(`no such file in this house: ${path}`);
    return text;
  });
}

function house(root: string, unsorted: readonly string[], read: (path: string) => string): House {
  const files = unsorted.toSorted();
  const known = new Set(files);
  const cache = new Map<string, string>();
  const cachedRead = (path: string): string => {
    const text = cache.get(path) ?? read(path);
    cache.set(path, text);
    return text;
  };
  return { root, files, packages: readPackages(files, cachedRead), read: cachedRead, has: (path) => known.has(path) };
}
