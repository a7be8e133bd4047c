import { err, type NotAllowed, notAllowed, ok, type Result } from "@herald/kernel";
import type { IdentityCtx } from "../ctx.ts";
import type { ChangeSettings, Settings, SettingsChange } from "./settings.ts";

/** The workspace's settings, to all of its members: they live by them. */
export async function readSettings(ctx: IdentityCtx): Promise<Result<Settings, NotAllowed>> {
  return ctx.allows("workspace.read") ? ok(await ctx.settings.read()) : err(notAllowed("workspace.read"));
}

/** Changes what is named and leaves the rest. What changes nothing writes nothing. */
export async function changeSettings(ctx: IdentityCtx, input: ChangeSettings): Promise<Result<Settings, NotAllowed>> {
  if (!ctx.allows("settings.manage")) return err(notAllowed("settings.manage"));
  const before = await ctx.settings.hold();
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  const after: Settings = { ...before, ...given };
  const change = changeOf(before, after);
  if (Object.keys(change).length > 0) await ctx.settings.write(after, change);
  return ok(after);
}

function changeOf(before: Settings, after: Settings): SettingsChange {
  const keys = Object.keys(before) as (keyof Settings)[];
  return Object.fromEntries(
    keys.filter((key) => before[key] !== after[key]).map((key) => [key, { before: before[key], after: after[key] }]),
  );
}
