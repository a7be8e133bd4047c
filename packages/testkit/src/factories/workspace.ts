import { randomBytes, randomUUID } from "node:crypto";
import type { Actor, Role, SenderId, TemplateId, UserId, WorkspaceId } from "@herald/kernel";
import type { FrozenTemplate } from "@herald/provider";
import type pg from "pg";
import { sealToken } from "./access-token.ts";

export type TestSender = {
  readonly senderId: SenderId;
  readonly sourceId: string;
  readonly providerNumberId: string;
  readonly accessToken: string;
};
export type TestTemplate = { readonly templateId: TemplateId; readonly frozen: FrozenTemplate };
export type TestActor = Extract<Actor, { kind: "user" }>;

const unique = (): string => randomBytes(6).toString("hex");

/** @param options.frequencyCap a Postgres interval; null switches the cap off (default, so that campaigns of a suite do not meet) */
export async function aWorkspace(owner: pg.Pool, options: { readonly frequencyCap?: string | null } = {}): Promise<WorkspaceId> {
  const { rows } = await owner.query<{ id: WorkspaceId }>(
    "insert into workspaces (name, default_country, frequency_cap, max_recipients) values ($1, 'US', $2, 50000) returning id",
    [`Workspace ${unique()}`, options.frequencyCap ?? null],
  );
  return firstOf(rows).id;
}

export async function aMember(owner: pg.Pool, workspaceId: WorkspaceId, role: Role = "owner"): Promise<TestActor> {
  const userId = randomUUID() as UserId;
  await owner.query("insert into workspace_members (workspace_id, user_id, role) values ($1, $2, $3)", [workspaceId, userId, role]);
  return { kind: "user", userId, role };
}

/** A connected number of a source of its own. */
export async function aSender(
  owner: pg.Pool,
  workspaceId: WorkspaceId,
  options: { readonly capPerSecond?: number } = {},
): Promise<TestSender> {
  const sourceId = randomUUID();
  const accessToken = `token-${unique()}`;
  const providerNumberId = unique();
  await owner.query(
    "insert into sources (id, workspace_id, provider, mode, waba_id, name, access_token_sealed) values ($1, $2, 'meta', 'cloud_api', $3, 'Test account', $4)",
    [sourceId, workspaceId, unique(), sealToken(accessToken, sourceId)],
  );
  const { rows } = await owner.query<{ id: SenderId }>(
    "insert into phone_numbers (workspace_id, source_id, provider_number_id, display_number, cap_per_second) values ($1, $2, $3, '+1 650 555 0100', $4) returning id",
    [workspaceId, sourceId, providerNumberId, options.capPerSecond ?? 80],
  );
  return { senderId: firstOf(rows).id, sourceId, providerNumberId, accessToken };
}

/** An approved template with one placeholder in its body. */
export async function aTemplate(
  owner: pg.Pool,
  workspaceId: WorkspaceId,
  sourceId: string,
  options: { readonly category?: FrozenTemplate["category"] } = {},
): Promise<TestTemplate> {
  const frozen: FrozenTemplate = {
    name: `offer_${unique()}`,
    language: "en_US",
    category: options.category ?? "MARKETING",
    parameterFormat: "positional",
    componentsHash: unique(),
    headerKind: "none",
  };
  const { rows } = await owner.query<{ id: TemplateId }>(
    `insert into templates (workspace_id, source_id, provider_template_id, name, language, category, status, components, components_hash)
     values ($1, $2, $3, $4, $5, $6, 'APPROVED', $7, $8) returning id`,
    [
      workspaceId,
      sourceId,
      unique(),
      frozen.name,
      frozen.language,
      frozen.category,
      JSON.stringify([{ type: "BODY", text: "Hello {{1}}" }]),
      frozen.componentsHash,
    ],
  );
  return { templateId: firstOf(rows).id, frozen };
}

function firstOf<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw new Error("an insert answered no row");
  return row;
}
