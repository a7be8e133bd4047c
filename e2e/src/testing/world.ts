import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { demoMembers, demoPassword, type Product, type RunningProduct, runProduct, seed, signIn } from "@herald/demo";
import { bootStack, type Stack } from "@herald/stack";

/** A stack of its own with the product running on it: these tests kill servers, so nothing may share them. */
export type World = {
  readonly stack: Stack;
  readonly product: RunningProduct;
  /** A member: manages campaigns and sends. */
  readonly operator: Product;
  /** May also let a stopped number or workspace send again. */
  readonly admin: Product;
  readonly end: () => Promise<void>;
};

/** Short patience, so that a test of recovery takes seconds and not minutes; every value is one an operator could set. */
const impatient = {
  HERALD_HEARTBEAT_TIMEOUT_MS: "3000",
  HERALD_SLICE_RETRY_MS: "500",
  HERALD_RECOVERY_WAIT_MS: "1000",
  HERALD_SETTLE_UNKNOWN_MS: "30000",
} as const;

export async function openWorld(patience: Readonly<Record<string, string>> = {}): Promise<World> {
  const stateDir = await mkdtemp(path.join(tmpdir(), "herald-e2e-"));
  const stack = await bootStack({ stateDir, fresh: true, onProgress: () => undefined });
  try {
    await seed(stack.settings);
    const product = await runProduct({
      stateDir,
      settings: stack.settings,
      onProgress: () => undefined,
      timeScale: 0.05,
      workerEnv: { ...impatient, ...patience },
    });
    const end = async (): Promise<void> => {
      await product.stop();
      await stack.stop();
      await rm(stateDir, { recursive: true, force: true });
    };
    return { stack, product, operator: await signInAs(product, "member"), admin: await signInAs(product, "admin"), end };
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

function signInAs(product: RunningProduct, role: "owner" | "admin" | "member" | "viewer"): Promise<Product> {
  const member = demoMembers.find((one) => one.role === role);
  if (!member) throw new Error(`the story has no ${role}`);
  return signIn(product.webUrl, member.email, demoPassword);
}

/** Waits for a condition; names it when it does not come. */
export async function eventually(what: string, deadlineMs: number, holds: () => Promise<boolean>): Promise<void> {
  const endMs = performance.now() + deadlineMs;
  while (!(await holds().catch(() => false))) {
    if (performance.now() > endMs) throw new Error(`${what} did not happen within ${deadlineMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
