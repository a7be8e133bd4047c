import { createSealer, deriveKey } from "@herald/sealing";
import type { Client } from "pg";
import { demoMembers, demoPassword, demoTemplates, shop } from "./shop.ts";

/** The bearer token the simulator accepts for the shop's account. */
export const demoAccessToken = "EAAdemo-lucky-shrub-token";

/** Writes the shop as its owner connected it, once; a second call changes nothing. Uses the owner's connection: this is not a verb of the product. */
export async function seedShop(owner: Client, secretKey: Uint8Array): Promise<void> {
  await owner.query("begin");
  await owner.query(
    // no frequency cap: the demo may be started as often as you like
    "insert into workspaces (id, name, default_country, frequency_cap) values ($1, $2, $3, null) on conflict do nothing",
    [shop.workspaceId, shop.name, shop.defaultCountry],
  );
  for (const member of demoMembers) await seedMember(owner, member);
  await owner.query(
    "insert into portfolios (id, workspace_id, provider, provider_portfolio_id) values ($1, $2, 'meta', $3) on conflict do nothing",
    [shop.portfolio.id, shop.workspaceId, shop.portfolio.providerId],
  );
  await owner.query(
    `insert into sources (id, workspace_id, portfolio_id, provider, mode, waba_id, name, access_token_sealed)
     values ($1, $2, $3, 'meta', 'cloud_api', $4, $5, $6) on conflict do nothing`,
    [shop.source.id, shop.workspaceId, shop.portfolio.id, shop.source.wabaId, shop.source.name, sealToken(secretKey)],
  );
  await owner.query(
    `insert into phone_numbers (id, workspace_id, source_id, provider_number_id, display_number, verified_name, quality)
     values ($1, $2, $3, $4, $5, $6, 'GREEN') on conflict do nothing`,
    [shop.sender.id, shop.workspaceId, shop.source.id, shop.sender.providerNumberId, shop.sender.displayNumber, shop.sender.verifiedName],
  );
  for (const template of demoTemplates) {
    await owner.query(
      `insert into templates (id, workspace_id, source_id, provider_template_id, name, language, category, status, parameter_format, components, components_hash)
       values ($1, $2, $3, $4, $5, $6, $7, 'APPROVED', $8, $9, herald.components_hash($9)) on conflict do nothing`,
      [
        template.templateId,
        shop.workspaceId,
        shop.source.id,
        template.providerTemplateId,
        template.name,
        template.language,
        template.category,
        template.parameterFormat,
        JSON.stringify(template.components),
      ],
    );
  }
  await owner.query("commit");
}

/** A sign-in as Supabase Auth keeps it; the password is hashed by pgcrypto. */
async function seedMember(owner: Client, member: (typeof demoMembers)[number]): Promise<void> {
  await owner.query(
    `insert into auth.users (id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data, raw_user_meta_data)
     values ($1, 'authenticated', 'authenticated', $2, crypt($3, gen_salt('bf', 10)), now(), '{"provider":"email","providers":["email"]}', '{}') on conflict do nothing`,
    [member.userId, member.email, demoPassword],
  );
  const { rows } = await owner.query("select 1 from auth.identities where user_id = $1", [member.userId]);
  if (rows.length === 0) {
    await owner.query(
      "insert into auth.identities (id, user_id, provider_id, provider, identity_data) values (gen_random_uuid(), $1::uuid, $1::uuid::text, 'email', $2)",
      [member.userId, JSON.stringify({ sub: member.userId, email: member.email })],
    );
  }
  await owner.query("insert into workspace_members (workspace_id, user_id, role) values ($1, $2, $3) on conflict do nothing", [
    shop.workspaceId,
    member.userId,
    member.role,
  ]);
}

function sealToken(secretKey: Uint8Array): Uint8Array {
  const sealer = createSealer({ currentKeyId: "k1", keysById: { k1: deriveKey(secretKey, "access-token") } });
  return sealer.seal(new TextEncoder().encode(demoAccessToken), `access-token:${shop.source.id}`);
}
