import { installIntoCache } from "./cache.ts";
import { run } from "./run.ts";
import type { InstallContext } from "./tool.ts";

export interface PinnedCrate {
  readonly name: string;
  readonly version: string;
  /** Name of the program it builds. */
  readonly program: string;
}

const buildTimeoutMs = 15 * 60_000;
const saysEveryMs = 15_000;

/** The folder's name in the cache; the program is in its `bin`. */
export function crateFolder(crate: PinnedCrate): string {
  return `${crate.name}-${crate.version}`;
}

/** Builds a pinned crate with the versions of its own lock file, once per machine. Says every few seconds how far it is. */
export async function installCrate(crate: PinnedCrate, context: InstallContext): Promise<void> {
  await run("cargo", ["--version"], { timeoutMs: 20_000 });
  await installIntoCache(crateFolder(crate), context, async (draft) => {
    const startedMs = performance.now();
    let compiled = 0;
    const ticker = setInterval(
      () => context.report(`building ${crate.name}: ${compiled} crates, ${Math.round((performance.now() - startedMs) / 1_000)} s`),
      saysEveryMs,
    );
    try {
      // --ignore-rust-version: it declares a newer compiler than it needs (1.98; 1.95 builds it).
      const args = ["install", crate.name, "--version", crate.version, "--locked", "--ignore-rust-version", "--root", draft];
      await run("cargo", args, {
        timeoutMs: buildTimeoutMs,
        signal: context.signal,
        onLine: (line) => {
          if (/^\s*Compiling /.test(line)) compiled++;
        },
      });
    } finally {
      clearInterval(ticker);
    }
  });
}
