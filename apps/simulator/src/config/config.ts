import { err, ok, type Result } from "@herald/kernel";
import { z } from "zod";
import { hash32 } from "../random.ts";
import { app, latency, limits, number, people, portfolio, receipts, template, token, waba, webhook } from "./sections.ts";

export type { Range } from "./sections.ts";

const config = z
  .strictObject({
    seed: z.int().min(0).default(1),
    timeScale: z.number().min(0).max(100).default(1),
    latency: latency.prefault({}),
    app: app.prefault({}),
    webhook: webhook.prefault({}),
    receipts: receipts.prefault({}),
    limits: limits.prefault({}),
    people: people.prefault({}),
    portfolios: z.array(portfolio).default([]),
    tokens: z.array(token).default([]),
    wabas: z.array(waba).default([]),
    numbers: z.array(number).default([]),
    templates: z.array(template).default([]),
  })
  .superRefine((value, context) => {
    if (value.webhook.url !== null && value.app.secret === null)
      context.addIssue({ code: "custom", path: ["app", "secret"], message: "webhook.url needs app.secret: every webhook is signed" });
    const wabaIds = new Set(value.wabas.map((each) => each.wabaId));
    for (const list of ["numbers", "templates"] as const)
      for (const [index, each] of value[list].entries())
        if (!wabaIds.has(each.wabaId))
          context.addIssue({ code: "custom", path: [list, index, "wabaId"], message: `no WABA ${each.wabaId}` });
  })
  .transform((value) => ({
    ...value,
    templates: value.templates.map((each) => ({ ...each, templateId: each.templateId ?? derivedTemplateId(each) })),
  }));

export type Config = z.infer<typeof config>;
export type Waba = Config["wabas"][number];
export type BusinessNumber = Config["numbers"][number];
export type Template = Config["templates"][number];
export type Token = Config["tokens"][number];
export type Portfolio = Config["portfolios"][number];
export type ConfigIssue = { readonly path: string; readonly message: string };

const derivedTemplateId = (of: { wabaId: string; name: string; language: string }): string =>
  `5${String(hash32(of.wabaId, of.name, of.language)).padStart(15, "0")}`;

export const defaultConfig = (seed: number, timeScale: number): Config => config.parse({ seed, timeScale });

type Plain = Record<string, unknown>;
const isPlain = (value: unknown): value is Plain => typeof value === "object" && value !== null && !Array.isArray(value);

/** What makes two list entries the same thing. */
const identityByList: Readonly<Record<string, readonly string[]>> = {
  tokens: ["token"],
  portfolios: ["businessId"],
  wabas: ["wabaId"],
  numbers: ["phoneNumberId"],
  templates: ["wabaId", "name", "language"],
};

function upsert(current: readonly unknown[], entries: readonly unknown[], identity: readonly string[]): unknown[] {
  const merged = [...current];
  for (const entry of entries) {
    const at = merged.findIndex((each) => isPlain(each) && isPlain(entry) && identity.every((key) => each[key] === entry[key]));
    if (at < 0) merged.push(entry);
    else merged[at] = { ...(merged[at] as Plain), ...(entry as Plain) };
  }
  return merged;
}

/** Lays a partial document over a configuration: objects merge, lists upsert by identity, the whole is checked again. */
export function mergeConfig(current: Config, patch: unknown): Result<Config, readonly ConfigIssue[]> {
  if (!isPlain(patch)) return err([{ path: "", message: "must be a JSON object" }]);
  const merged: Plain = { ...current };
  for (const [key, value] of Object.entries(patch)) {
    const identity = identityByList[key];
    const before = merged[key];
    if (identity !== undefined && Array.isArray(before) && Array.isArray(value)) merged[key] = upsert(before, value, identity);
    else merged[key] = isPlain(before) && isPlain(value) ? { ...before, ...value } : value;
  }
  const parsed = config.safeParse(merged);
  return parsed.success ? ok(parsed.data) : err(issuesOf(parsed.error));
}

export const issuesOf = (error: z.ZodError): ConfigIssue[] =>
  error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
