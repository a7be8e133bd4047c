export const roles = ["workflows", "dispatch", "background", "all"] as const;
export type WorkerRole = (typeof roles)[number];
export type Duty = Exclude<WorkerRole, "all">;

/** `all` is for a small installation; apart, a burst of sending cannot delay a workflow. */
export const dutiesOf = (role: WorkerRole): readonly Duty[] => (role === "all" ? ["workflows", "dispatch", "background"] : [role]);

/** Reads `--role workflows` or `--role=workflows`; null when it names no role. */
export function roleOf(args: readonly string[]): WorkerRole | null {
  const index = args.findIndex((arg) => arg === "--role" || arg.startsWith("--role="));
  const name = args[index]?.includes("=") ? args[index]?.slice("--role=".length) : args[index + 1];
  return roles.find((role) => index >= 0 && role === name) ?? null;
}
