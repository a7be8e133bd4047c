import { createRequire } from "node:module";

/**
 * Path of a file in a package that another package (given by the path of its entry) depends on, such as the binaries for one
 * platform. `undefined` when it is not installed: package managers leave optional packages of other platforms out.
 */
export function resolveFrom(packageEntry: string, file: string): string | undefined {
  try {
    return createRequire(packageEntry).resolve(file);
  } catch {
    return undefined;
  }
}
