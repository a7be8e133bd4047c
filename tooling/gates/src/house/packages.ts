/** One workspace package, as its package.json declares it. */
export interface WorkspacePackage {
  readonly name: string;
  /** Relative to the root, without a trailing slash; "" for the root package. */
  readonly folder: string;
  /** Subpath ("." or "./testing") → file relative to the root. */
  readonly exports: ReadonlyMap<string, string>;
  /** Name → specifier, as written. */
  readonly dependencies: ReadonlyMap<string, string>;
  readonly devDependencies: ReadonlyMap<string, string>;
  readonly scripts: ReadonlyMap<string, string>;
}

interface Manifest {
  name?: string;
  exports?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  scripts?: Record<string, string>;
}

const MANIFEST = /^(?:(.+)\/)?package\.json$/;

/** Every package.json of the tree, the root's first. */
export function readPackages(files: readonly string[], read: (path: string) => string): WorkspacePackage[] {
  const packages: WorkspacePackage[] = [];
  for (const path of files) {
    const match = MANIFEST.exec(path);
    if (!match) continue;
    const folder = match[1] ?? "";
    const manifest = JSON.parse(read(path)) as Manifest;
    packages.push({
      name: manifest.name ?? path,
      folder,
      exports: new Map(
        Object.entries(manifest.exports ?? {}).map(([subpath, file]) => [subpath, `${folder}/${file.replace(/^\.\//, "")}`]),
      ),
      dependencies: new Map(Object.entries(manifest.dependencies ?? {})),
      devDependencies: new Map(Object.entries(manifest.devDependencies ?? {})),
      scripts: new Map(Object.entries(manifest.scripts ?? {})),
    });
  }
  return packages.toSorted((a, b) => a.folder.localeCompare(b.folder));
}

/** The innermost package that holds a file. */
export function packageOf(packages: readonly WorkspacePackage[], path: string): WorkspacePackage | undefined {
  return packages
    .filter((candidate) => candidate.folder !== "" && path.startsWith(`${candidate.folder}/`))
    .toSorted((a, b) => b.folder.length - a.folder.length)[0];
}
