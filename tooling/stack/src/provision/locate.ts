import { accessSync, constants, existsSync, statSync } from "node:fs";
import path from "node:path";
import type { Way } from "./tool.ts";

/** The program named by an environment variable. A variable that points nowhere is an error, not a reason to take another one. */
export function byVariable(kind: string, variable: string): Way {
  return {
    kind,
    async locate(env) {
      const named = env[variable];
      if (named === undefined || named === "") return undefined;
      if (!isProgram(named)) throw new Error(`${variable} names ${named}, which is not an executable file`);
      return path.resolve(named);
    },
  };
}

/** The first of these programs on PATH. */
export function onPath(kind: string, ...programs: readonly string[]): Way {
  return {
    kind,
    async locate(env) {
      const folders = (env.PATH ?? "").split(path.delimiter).filter((folder) => folder !== "");
      return programs.flatMap((program) => folders.map((folder) => path.join(folder, program))).find(isProgram);
    },
  };
}

/** The file when it is there. */
export function ifExists(file: string): string | undefined {
  return existsSync(file) ? file : undefined;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
